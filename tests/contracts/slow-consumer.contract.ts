import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshStream, numbered, send, testAppend } from '../support/test-events.ts'
import { consumeElsewhere } from './slow-consumer.ts'
import type { StoreUnderTest } from './store-under-test.ts'

const EVENTS = 1_000_000
const AT_ONCE = 1_000
const MEGABYTES_MAX = 64

type Under = Pick<StoreUnderTest, 'open' | 'elsewhere' | 'dispose'>

/** The part of the contract that takes minutes. */
export const slowConsumerContract = (name: string, start: () => Promise<Under>): void => {
  describe(`the log on ${name}, a million events long`, () => {
    let under: Under
    beforeAll(async () => {
      under = await start()
      const store = await under.open()
      const data = numbered(AT_ONCE)
      for (let i = 0; i < EVENTS; i += AT_ONCE)
        await send(store, testAppend(freshStream(), 'noStream', { data }))
      await store.close()
    }, 600_000)
    afterAll(() => under.dispose())

    it(`gives a slow consumer every event within ${MEGABYTES_MAX} MB above idle`, async () => {
      const consumed = await consumeElsewhere(under.elsewhere)
      expect(consumed.events).toBe(EVENTS)
      expect(consumed.megabytesMax).toBeLessThanOrEqual(MEGABYTES_MAX)
    })
  })
}
