import { expect, it } from 'vitest'
import { gather } from '../../screens/lists/gather.ts'
import type { Changed } from '../../screens/lists/gather.ts'

/** Reads that end when they are told to, the first of them first. */
const held = () => {
  const reads: Changed[] = []
  const ends: (() => void)[] = []
  const signals: AbortSignal[] = []
  const gathering = gather((changed, signal) => {
    reads.push(changed)
    signals.push(signal)
    return new Promise(resolve => ends.push(resolve))
  })
  return { reads, signals, gathering, end: () => ends.shift()?.() }
}

it('the first change is read at once, and overtaken by what comes meanwhile', async () => {
  const { reads, signals, gathering } = held()
  gathering.add(['a'])
  expect(reads).toEqual([['a']])
  gathering.add(['b', 'a'])
  await expect.poll(() => reads).toEqual([['a'], ['a', 'b']])
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
})

it('what comes later is one read, once all was read', async () => {
  const { reads, gathering, end } = held()
  gathering.add(['a'])
  gathering.add(['b'])
  await expect.poll(() => reads).toHaveLength(2)
  gathering.add(['c'])
  gathering.add(['d', 'c'])
  expect(reads).toHaveLength(2)
  end()
  end()
  await expect.poll(() => reads.slice(2)).toEqual([['c', 'd']])
  gathering.add(['e'])
  gathering.add(undefined)
  await expect.poll(() => reads.slice(3)).toEqual([undefined])
})

it('goes on after a read that failed', async () => {
  const reads: Changed[] = []
  const gathering = gather(changed => {
    reads.push(changed)
    return Promise.reject(new Error('gone'))
  })
  gathering.add(['a'])
  await expect.poll(() => reads).toHaveLength(1)
  gathering.add(['b'])
  await expect.poll(() => reads.at(-1)).toContain('b')
})

it('forgets what waits when it is stopped', async () => {
  const { reads, gathering, end } = held()
  gathering.add(['a'])
  gathering.add(['b'])
  await expect.poll(() => reads).toHaveLength(2)
  gathering.add(['c'])
  gathering.stop()
  end()
  end()
  gathering.add(['d'])
  await expect.poll(() => reads.at(-1)).toEqual(['d'])
})
