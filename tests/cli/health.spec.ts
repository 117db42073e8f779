import { afterEach, describe, expect, it } from 'vitest'
import { serveHealth } from '../../cli/health.ts'

/** What a process without the API says of itself, to whoever restarts it or waits for it. */

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const yes = () => Promise.resolve(true)
const serve = async (
  checks: Readonly<Record<string, () => Promise<boolean>>>,
  { port = 0, logDangers = [] as readonly string[] } = {},
) => {
  const condition = { checks: { ...FINE, ...checks }, logDangers: () => logDangers }
  const { address, close } = await serveHealth(condition, port)
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
    expect(await ask('/ready')).toEqual({
      status: 200,
      body: { status: 'ready', failing: [], logDangers: [] },
    })
  })

  it('that cannot do its work is alive and not ready, and names what fails', async () => {
    const { ask } = await serve({
      log: () => Promise.reject(new Error('no answer from 10.0.0.7')),
      registrars: () => Promise.resolve(false),
    })
    expect(await ask('/health')).toMatchObject({ status: 200 })
    expect(await ask('/ready')).toEqual({
      status: 503,
      body: { status: 'notReady', failing: ['log', 'registrars'], logDangers: [] },
    })
  })

  it('whose log is in danger is ready where it can be used, and names each danger once', async () => {
    const { ask } = await serve({}, { logDangers: ['STREAM_LIMITED', 'STREAM_DELETED', 'STREAM_LIMITED'] })
    expect(await ask('/ready')).toEqual({
      status: 200,
      body: { status: 'ready', failing: [], logDangers: ['STREAM_DELETED', 'STREAM_LIMITED'] },
    })
  })

  it('says nothing else, and its port is opened once', async () => {
    const { address, ask } = await serve({})
    expect(await ask('/metrics')).toMatchObject({ status: 404 })
    await expect(serve({}, { port: Number(new URL(address).port) })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      sentence: { en: expect.stringContaining('--health-port') as string },
    })
  })
})
