import { describe, expect, it } from 'vitest'
import { cookieOf, testApi } from './test-api.ts'

describe('a request', () => {
  it('counts against a limit for each person, whatever the session; a token counts with its address', async () => {
    const limited = await testApi({ personRequestsPerMinuteMax: 2 })
    const sessions = [await limited.signIn(), await limited.signIn()].map(cookieOf)
    const ask = (session?: string) =>
      limited.app.inject({
        url: '/api/me',
        ...(session === undefined
          ? { headers: limited.as('accountant') }
          : { cookies: { grandlivre: session } }),
      })
    const answers = []
    for (const session of [sessions[0], sessions[1], sessions[0]]) answers.push(await ask(session))
    expect(answers.map(a => a.statusCode)).toEqual([200, 200, 429])
    expect(answers[2]?.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    expect(answers[2]?.headers['retry-after']).toMatch(/^\d+$/)
    expect((await ask()).statusCode).toBe(200)
    await limited.app.close()
  })

  it('counts against a limit for each address', async () => {
    const limited = await testApi({ requestsPerMinuteMax: 3 })
    const answers = []
    for (let i = 0; i < 4; i++)
      answers.push(await limited.app.inject({ url: '/api/me', headers: limited.as('auditor') }))
    expect(answers.map(a => a.statusCode)).toEqual([200, 200, 200, 429])
    expect(answers[3]?.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    expect(answers[3]?.headers['retry-after']).toMatch(/^\d+$/)
    await limited.app.close()
  })

  it('of a caller who has gone is neither counted nor answered, and is no fault', async () => {
    const limited = await testApi()
    const address = await limited.app.listen({ port: 0, host: '127.0.0.1' })
    limited.app.server.once('connection', socket =>
      Object.defineProperty(socket, 'remoteAddress', { value: undefined }),
    )
    const health = `${address}/health`
    await expect(fetch(health)).rejects.toThrow()
    expect((await fetch(health)).status).toBe(200)
    await limited.app.close()
  })
})
