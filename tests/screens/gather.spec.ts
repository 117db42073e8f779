import { expect, it } from 'vitest'
import { gather } from '../../screens/lists/gather.ts'
import type { Changed } from '../../screens/lists/gather.ts'

/** Reads that end when they are told to. */
const held = () => {
  const reads: Changed[] = []
  const ends: (() => void)[] = []
  const gathering = gather(changed => {
    reads.push(changed)
    return new Promise(resolve => ends.push(resolve))
  })
  return { reads, gathering, end: () => ends.shift()?.() }
}

it('the first change is read at once, and what comes meanwhile is one read', async () => {
  const { reads, gathering, end } = held()
  gathering.add(['a'])
  expect(reads).toEqual([['a']])
  gathering.add(['b'])
  gathering.add(['c', 'b'])
  expect(reads).toHaveLength(1)
  end()
  await expect.poll(() => reads).toEqual([['a'], ['b', 'c']])
  gathering.add(['d'])
  gathering.add(undefined)
  end()
  await expect.poll(() => reads.at(-1)).toBe(undefined)
  expect(reads).toHaveLength(3)
})

it('goes on after a read that failed', async () => {
  const reads: Changed[] = []
  const gathering = gather(changed => {
    reads.push(changed)
    return Promise.reject(new Error('gone'))
  })
  gathering.add(['a'])
  gathering.add(['b'])
  await expect.poll(() => reads).toEqual([['a'], ['b']])
})

it('forgets what waits when it is stopped', async () => {
  const { reads, gathering, end } = held()
  gathering.add(['a'])
  gathering.add(['b'])
  gathering.stop()
  end()
  gathering.add(['c'])
  await expect.poll(() => reads).toEqual([['a'], ['c']])
})
