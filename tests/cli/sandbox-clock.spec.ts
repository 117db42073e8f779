import { describe, expect, it } from 'vitest'
import { sandboxClock } from '../../cli/sandbox-clock.ts'

const START = '2062-01-01T00:00:00.000Z'
const LATER = '2062-02-01T00:00:00.000Z'

describe.each(['still', 'machine'] as const)("PROTOCOL 10: a sandbox's clock, %s", mode => {
  it('begins at the running maximum, and jumps forward only', () => {
    const clock = sandboxClock(mode, () => START)
    expect(clock.now()).toBe(START)
    clock.advanceTo(LATER)
    expect(clock.now()).toBe(LATER)
    expect(() => clock.advanceTo(START)).toThrow(RangeError)
  })

  it('follows the log where another process jumped ahead', () => {
    let maximum = START
    const clock = sandboxClock(mode, () => maximum)
    expect(clock.now()).toBe(START)
    maximum = LATER
    expect(clock.now()).toBe(LATER)
  })
})

it('goes with the machine once that has passed the log', () => {
  const before = new Date().toISOString()
  expect(sandboxClock('machine', () => '2026-01-01T00:00:00.000Z').now() >= before).toBe(true)
})

it('stands still until it is let go', () => {
  const clock = sandboxClock('still', () => '2026-01-01T00:00:00.000Z')
  expect(clock.now()).toBe('2026-01-01T00:00:00.000Z')
  const before = new Date().toISOString()
  clock.goWithMachine()
  expect(clock.now() >= before).toBe(true)
})
