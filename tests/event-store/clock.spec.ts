import { describe, expect, it } from 'vitest'
import { ClockRefused, LogClock } from '../../event-store/clock.ts'
import { simulatedClock } from '../support/simulated-clock.ts'

const AT = '2026-03-01T12:00:00.000Z'
const after = (ms: number) => new Date(Date.parse(AT) + ms).toISOString()
const DAY = 24 * 60 * 60 * 1_000
const clockAt = (server: string, local = server) =>
  new LogClock({ kind: 'real', serverNow: async () => Date.parse(server), localNow: () => Date.parse(local) })

describe('PROTOCOL 10: the instant of an append', () => {
  it('lies at most 2 s before the running maximum', () => {
    const clock = clockAt(AT)
    clock.observe(AT, '1')
    expect(clock.refusal(after(-2_000))).toBeUndefined()
    expect(clock.refusal(after(-2_001))).toMatchObject({ reason: 'behindLog', against: AT })
  })

  it('lies at most 31 days after it', () => {
    const clock = clockAt(AT)
    clock.observe(AT, '1')
    expect(clock.refusal(after(31 * DAY))).toBeUndefined()
    expect(clock.refusal(after(31 * DAY + 1))).toMatchObject({ reason: 'aheadOfLog' })
  })

  it('never lowers the running maximum', () => {
    const clock = clockAt(AT)
    clock.observe(AT, '1')
    clock.observe(after(-1_500), '2')
    expect(clock.maximum).toBe(AT)
  })

  it("lies at most 2 s from the server's clock: this machine's is off, or the append merely waited", async () => {
    await expect(clockAt(AT).checkServer(after(1_999))).resolves.toBeUndefined()
    await expect(clockAt(AT, after(5_000)).checkServer(after(5_000))).rejects.toMatchObject({
      reason: 'offServer',
    })
    await expect(clockAt(AT).checkServer(after(-3_000))).rejects.toMatchObject({ reason: 'stale' })
    await expect(clockAt(AT).checkServer(after(-3_000))).rejects.toBeInstanceOf(ClockRefused)
  })

  it('of one machine resumed in 2062 blinds nothing once an operator confirmed the earlier time', () => {
    const clock = clockAt(AT)
    const wrong = '2062-01-01T00:00:00.000Z'
    clock.observe(wrong, '1')
    expect(clock.refusal(AT)).toMatchObject({ reason: 'behindLog' })
    clock.confirm(AT, '2')
    expect(clock.refusal(after(1_000))).toBeUndefined()
    clock.observe(wrong, '1')
    expect(clock.maximum).toBe(AT)
    clock.observe(after(1_000), '3')
    expect(clock.maximum).toBe(after(1_000))
  })

  it('after more than a month of silence needs an operator, and then goes on', () => {
    const clock = clockAt(AT)
    clock.observe(AT, '1')
    const late = after(40 * DAY)
    expect(clock.refusal(late)).toMatchObject({ reason: 'aheadOfLog' })
    clock.confirm(late, '2')
    expect(clock.refusal(late)).toBeUndefined()
  })

  it('may jump forward in a sandbox, never back', () => {
    const clock = new LogClock({ kind: 'simulated' })
    clock.observe(AT, '1')
    expect(clock.refusal(after(900 * DAY))).toBeUndefined()
    expect(clock.refusal(after(-2_001))).toMatchObject({ reason: 'behindLog' })
    const simulated = simulatedClock(clock.maximum)
    simulated.advanceTo(after(DAY))
    expect(simulated.now()).toBe(after(DAY))
    expect(() => {
      simulated.advanceTo(AT)
    }).toThrow(RangeError)
  })
})
