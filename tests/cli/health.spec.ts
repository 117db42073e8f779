import { afterEach, describe, expect, it } from 'vitest'
import { serveHealth } from '../../cli/health.ts'

/** What a process without the API says of itself, to whoever restarts it or waits for it. */

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const yes = () => Promise.resolve(true)
const serve = async (checks: Readonly<Record<string, () => Promise<boolean>>>, port = 0) => {
  const { address, close } = await serveHealth({ ...FINE, ...checks }, port)
  closing.push(close)
  const ask = async (path: string) => {
    const response = await fetch(`${address}${path}`)
    return { status: response.status, body: await response.json() }
  }
  return { address, ask }
}
const FINE = { database: yes, log: yes, projections: yes, registrars: yes, reactions: yes }

describe('a worker', () => {
  it('that works is alive and ready', async () => {
    const { ask } = await serve({})
    expect(await ask('/health')).toEqual({ status: 200, body: { status: 'alive' } })
    expect(await ask('/ready')).toEqual({ status: 200, body: { status: 'ready', failing: [] } })
  })

  it('that cannot do its work is alive and not ready, and names what fails', async () => {
    const { ask } = await serve({
      log: () => Promise.reject(new Error('no answer from 10.0.0.7')),
      registrars: () => Promise.resolve(false),
    })
    expect(await ask('/health')).toMatchObject({ status: 200 })
    expect(await ask('/ready')).toEqual({
      status: 503,
      body: { status: 'notReady', failing: ['log', 'registrars'] },
    })
  })

  it('says nothing else, and its port is opened once', async () => {
    const { address, ask } = await serve({})
    expect(await ask('/metrics')).toMatchObject({ status: 404 })
    await expect(serve({}, Number(new URL(address).port))).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      sentence: { en: expect.stringContaining('--health-port') as string },
    })
  })
})
