import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { StoreUnavailable } from '../../event-store/port.ts'
import type { EventStore } from '../../event-store/port.ts'
import { collect, freshStream, numbered, send, testAppend } from '../support/test-events.ts'
import type { TestAppend } from '../support/test-events.ts'
import { until } from '../support/wait.ts'
import { follow } from './subscribe.contract.ts'
import type { StoreUnderTest } from './store-under-test.ts'

export const lostServerContract = (start: () => Promise<StoreUnderTest>): void => {
  let under: StoreUnderTest
  let direct: EventStore
  let wired: EventStore
  beforeAll(async () => {
    under = await start()
    direct = await under.open()
    wired = await under.openOverWire()
  })
  afterEach(() => {
    under.wire.mend()
  })
  afterAll(async () => {
    await wired.close()
    await direct.close()
    await under.dispose()
  })
  const length = async (a: TestAppend) => (await collect(direct.readStream(a.stream))).length

  /** Asks again until the store answers. */
  const insistOn = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error
      }
    }
  }
  /** Sends the same bytes until the store answers. */
  const insist = (store: EventStore, a: TestAppend) => insistOn(() => send(store, a))

  it('says so by name while the server is away, and is served again when it is back', async () => {
    await insist(wired, testAppend(freshStream()))
    under.wire.cut()
    const a = testAppend(freshStream())
    await expect(send(wired, a)).rejects.toBeInstanceOf(StoreUnavailable)
    await expect(wired.head()).rejects.toBeInstanceOf(StoreUnavailable)
    await expect(collect(wired.readStream(a.stream))).rejects.toBeInstanceOf(StoreUnavailable)
    under.wire.mend()
    await insist(wired, a)
    expect(await length(a)).toBe(1)
  })

  it('PROTOCOL 4: adds nothing to a blind retry after the answer was lost', async () => {
    await insist(wired, testAppend(freshStream()))
    const a = testAppend(freshStream(), 'noStream', { data: numbered(3) })
    under.wire.mute()
    const unanswered = send(wired, a)
    const outcome = expect(unanswered).rejects.toBeInstanceOf(StoreUnavailable)
    await until('it is stored all the same', async () => (await length(a)) === 3)
    under.wire.cut()
    await outcome
    under.wire.mend()
    const again = await insist(wired, a)
    expect(again.revision).toBe(2)
    expect((await direct.eventAt(again.position))?.id).toBe(a.events[2]!.id)
    expect(await length(a)).toBe(3)
  })

  it('loses and doubles nothing of what 16 writers insist on while connections are thrown out', async () => {
    const appends = Array.from({ length: 16 * 15 }, () =>
      testAppend(freshStream(), 'noStream', { data: numbered(2) }),
    )
    const left = [...appends]
    const write = async () => {
      for (let a = left.pop(); a; a = left.pop()) await insist(wired, a)
    }
    const breaking = async () => {
      for (let blow = 1; blow <= 12; blow++) {
        await until('some more are written', () => left.length <= appends.length - blow * 18)
        await under.throwOut()
      }
    }
    await Promise.all([breaking(), ...Array.from({ length: 16 }, write)])
    const lengths = await Promise.all(appends.map(a => insistOn(() => length(a))))
    expect(new Set(lengths)).toEqual(new Set([2]))
  })

  it('goes on with a subscription where it was, with nothing lost or doubled', async () => {
    const after = (await insistOn(() => direct.head()))!.position
    const reader = follow(wired, { after })
    await until('caught up', reader.live)
    const sent: string[] = []
    for (let round = 0; round < 3; round++) {
      const before = testAppend(freshStream())
      await send(direct, before)
      await until('it arrives', () => reader.events.length === sent.length + 1)
      under.wire.cut()
      const while1 = testAppend(freshStream(), 'noStream', { data: numbered(2) })
      await send(direct, while1)
      under.wire.mend()
      sent.push(...before.events.map(e => e.id), ...while1.events.map(e => e.id))
      await until('what was missed arrives', () => reader.events.length === sent.length)
    }
    expect(reader.events.map(e => e.id)).toEqual(sent)
    await reader.stop()
  })

  it('stores what was asked before it was closed, and refuses what is asked after', async () => {
    const own = await under.open()
    const appends = Array.from({ length: 10 }, () => testAppend(freshStream()))
    const pending = appends.map(a => send(own, a))
    await own.close()
    await Promise.all(pending)
    expect(await length(appends[9]!)).toBe(1)
    await expect(send(own, testAppend(freshStream()))).rejects.toBeInstanceOf(StoreUnavailable)
  })
}
