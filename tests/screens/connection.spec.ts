import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { whenConnected } from '../../screens/api/connection.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}')))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const unavailable = (body: string) => () => new Response(body, { status: 503 })
const problem = (code: string, stopped: readonly string[] = []) =>
  unavailable(JSON.stringify({ code, data: { behind: ['orders'], stopped } }))

/** How often it is asked, when these are the answers, the last again and again. */
const asked = async (...answers: readonly (() => Response)[]) => {
  let times = 0
  const request = () => Promise.resolve((answers[times++] ?? answers.at(-1) ?? unavailable(''))())
  const answered = whenConnected(request)
  await vi.runAllTimersAsync()
  return { status: (await answered).status, times }
}

const fine = () => new Response('{}')

it('asks again while a proxy answers for a program that is away', async () => {
  const proxy = unavailable('<html>Service unavailable</html>')
  expect(await asked(proxy, proxy, fine)).toEqual({ status: 200, times: 3 })
})

it('takes what the program refuses for its answer, at once', async () => {
  expect(await asked(problem('STREAM_DAMAGED'))).toEqual({ status: 503, times: 1 })
  expect(await asked(problem('UNAVAILABLE'))).toEqual({ status: 503, times: 1 })
})

it('waits for a read model that comes, not for ever, and not for one that has stopped', async () => {
  const comes = problem('NOT_YET_VISIBLE')
  expect(await asked(comes, comes, fine)).toEqual({ status: 200, times: 3 })
  expect(await asked(comes)).toEqual({ status: 503, times: 5 })
  expect(await asked(problem('NOT_YET_VISIBLE', ['orders']))).toEqual({ status: 503, times: 1 })
})
