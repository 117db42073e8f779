import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freshStream, send, testAppend } from '../support/test-events.ts'
import type { StoreModule } from './store-under-test.ts'

interface Order {
  readonly module: string
  readonly descriptor: string
  readonly writers: number
  readonly appendsEach: number
}

/**
 * Writers in a process of their own, each on a stream of its own.
 * @returns when the process has appended all and gone
 */
export const appendElsewhere = (order: Order): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(order)], { stdio: 'inherit' })
    child.once('error', reject)
    child.once('exit', code => {
      if (code === 0) resolve()
      else reject(new Error(`the appending process left with ${String(code)}`))
    })
  })

const work = async ({ module, descriptor, writers, appendsEach }: Order): Promise<void> => {
  const { openStore } = (await import(module)) as StoreModule
  const store = await openStore(descriptor)
  const write = async () => {
    let append = testAppend(freshStream('elsewhere'))
    for (let i = 0; i < appendsEach; i++) {
      await send(store, append)
      append = testAppend(append.stream, append.next)
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  await store.close()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await work(JSON.parse(process.argv[2] ?? '') as Order)
