import { describe } from 'vitest'
import { appendContract } from './append.contract.ts'
import { concurrencyContract } from './concurrency.contract.ts'
import { lostServerContract } from './lost-server.contract.ts'
import { readContract } from './read.contract.ts'
import type { StoreUnderTest } from './store-under-test.ts'
import { subscribeContract } from './subscribe.contract.ts'

/** What every adapter of the log must do, without exceptions: the definition of the port's words. */
export const eventStoreContract = (name: string, start: () => Promise<StoreUnderTest>): void => {
  describe(`the log on ${name}`, () => {
    describe('append', () => {
      appendContract(start)
    })
    describe('read', () => {
      readContract(start)
    })
    describe('subscribe', () => {
      subscribeContract(start)
    })
    describe('many at once', () => {
      concurrencyContract(start)
    })
    describe('a server lost and back', () => {
      lostServerContract(start)
    })
  })
}
