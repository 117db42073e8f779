import { afterEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { InvoiceIssued } from '../../../domain/invoicing/invoice.events.ts'
import { PaymentAllocated } from '../../../domain/invoicing/receivable.events.ts'
import { PeriodCut } from '../../../domain/ledger/period.events.ts'
import { demonstrationUsers } from '../../../integrations/demonstration/company.ts'
import {
  demonstrationOpening,
  endOfDemonstration,
  playDemonstration,
} from '../../../integrations/demonstration/play.ts'
import { playedLog, type PlayedLog } from '../stage.ts'

let played: PlayedLog
afterEach(() => played.stop())

const begin = async (now: string): Promise<string> => {
  const openedAt = demonstrationOpening(now)
  played = await playedLog(openedAt, 'demo')
  return openedAt
}

const eventsOf = <D>(type: string): D[] =>
  played.store.events.filter(e => e.type === type).map(e => played.log.decode(e).data as D)

describe('the demonstration', () => {
  it.each(['2026-11-22T10:00:00.000Z', '2026-01-03T10:00:00.000Z', '2028-02-29T23:30:00.000Z'])(
    'made at %s goes from orders to partly paid invoices and a closed month, and never into the future',
    async now => {
      const openedAt = await begin(now)
      await playDemonstration({ stage: played.stage, openedAt }, () => undefined)
      expect(played.clock.now() < now).toBe(true)
      expect(played.refused).toStrictEqual([])
      expect(played.passwords.size).toBe(demonstrationUsers.length)
      const issued = eventsOf<z.output<typeof InvoiceIssued.data>>(InvoiceIssued.type)
      expect(issued.map(({ sequence }) => sequence)).toHaveLength(24)
      expect(new Set(issued.flatMap(({ content }) => content.vat.map(v => v.category)))).toStrictEqual(
        new Set(['S', 'E', 'K', 'AE', 'O']),
      )
      const paid = new Map<string, bigint>()
      for (const { settlements } of eventsOf<z.output<typeof PaymentAllocated.data>>(PaymentAllocated.type))
        for (const { invoiceId, amount } of settlements)
          paid.set(invoiceId, (paid.get(invoiceId) ?? 0n) + amount)
      const states = issued.map(({ invoiceId, content }) => {
        const settled = paid.get(invoiceId) ?? 0n
        return settled === 0n ? 'open' : settled < content.totals.payable ? 'partly' : 'settled'
      })
      expect(
        Object.fromEntries([...Map.groupBy(states, s => s)].map(([s, all]) => [s, all.length])),
      ).toStrictEqual({ settled: 13, open: 8, partly: 3 })
      expect(eventsOf(PeriodCut.type).length).toBeGreaterThan(0)
    },
  )

  it('PROTOCOL 13: played again, or gone on with after a crash, adds nothing twice', async () => {
    const openedAt = await begin('2026-11-22T10:00:00.000Z')
    let steps = 0
    const crashed = playDemonstration({ stage: played.stage, openedAt }, () => {
      if (++steps === 40) throw new Error('killed')
    })
    await expect(crashed).rejects.toThrow('killed')
    const { stream, revision } = endOfDemonstration(openedAt)
    expect(await played.log.lastEvent(stream)).toBeUndefined()

    const seen: [number, number][] = []
    const play = () => playDemonstration({ stage: played.stage, openedAt }, (...n) => void seen.push(n))
    await play()
    const events = played.store.events.map(({ id }) => id)
    expect(new Set(events).size).toBe(events.length)
    expect((await played.log.lastEvent(stream))?.revision).toBe(revision)
    expect(seen.at(-1)).toStrictEqual([seen.length, seen.length])
    await play()
    expect(played.store.events.map(({ id }) => id)).toStrictEqual(events)
  })
})
