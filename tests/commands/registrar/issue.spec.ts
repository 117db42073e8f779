import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../../../commands/outcome.ts'
import { openTestLog } from '../../support/open-log.ts'
import type { OpenedLog } from '../../support/open-log.ts'
import { until } from '../../support/wait.ts'
import { REGISTER, draftedInvoice, entityId, openBusiness, openBusinessProcess } from '../support/business.ts'
import type { BusinessProcess, ProcessOptions } from '../support/business.ts'

let opened: OpenedLog
let processes: BusinessProcess[]
let faults: unknown[]

beforeEach(async () => {
  opened = await openTestLog()
  processes = []
  faults = []
})
afterEach(async () => {
  for (const process of processes) await process.close()
  await opened.close()
  expect(faults).toEqual([])
})

const process = async (options: Partial<ProcessOptions> = {}): Promise<BusinessProcess> => {
  const { databaseUrl, masterKeyFile } = opened
  const one = await openBusinessProcess({
    databaseUrl,
    masterKeyFile,
    onFault: fault => faults.push(fault),
    ...options,
  })
  processes.push(one)
  return one
}

const numberOf = (outcome: Outcome): string | undefined =>
  outcome.kind === 'done' ? outcome.issued?.number : undefined

const numbers = async (): Promise<string[]> =>
  (await opened.log.load(REGISTER)).events.map(e => (e.data as { number: string }).number)

describe('an invoice is issued', () => {
  it('PROTOCOL 19: and its caller gets the number; the same key again gets the same', async () => {
    const one = await process()
    await openBusiness(one)
    const invoiceId = await draftedInvoice(one)
    const outcome = await one.done('invoicing.issueInvoice', { invoiceId }, 'k')
    expect(outcome.issued).toMatchObject({
      number: 'F2026-000001',
      issuedOn: '2026-01-02',
      stream: REGISTER,
      revision: 0,
    })
    expect(outcome.events.map(e => e.type)).toEqual([
      'invoicing.InvoiceIssueRequested',
      'invoicing.InvoiceIssued',
    ])
    expect(await one.done('invoicing.issueInvoice', { invoiceId }, 'k')).toEqual(outcome)
    const other = await process()
    expect(await other.done('invoicing.issueInvoice', { invoiceId }, 'k')).toMatchObject({
      issued: { number: 'F2026-000001' },
    })
    const [issued] = (await opened.log.load(REGISTER)).events
    expect(issued?.metadata.$causationId).toBe(outcome.events[0]?.id)
    expect(issued?.metadata.inputHash).toBeUndefined()
  })

  it('PROTOCOL 20: a preview shows the entry with a provisional number, and gives none away', async () => {
    const one = await process()
    await openBusiness(one)
    const invoiceId = await draftedInvoice(one)
    const preview = await one.send('invoicing.issueInvoice', { invoiceId }, undefined, true)
    const answer = preview.kind === 'preview' ? preview.events.at(-1) : undefined
    expect(answer).toMatchObject({
      provisional: true,
      data: { number: 'F2026-000001', journalEntry: { journal: 'VE', documentReference: 'F2026-000001' } },
    })
    expect(await numbers()).toEqual([])
  })

  it('PROTOCOL 19: where no registrar answers in time it is accepted, and numbered when one does', async () => {
    const deaf = await process({ registrars: false, answerMsMax: 50 })
    await openBusiness(deaf)
    const invoiceId = await draftedInvoice(deaf)
    expect(await deaf.send('invoicing.issueInvoice', { invoiceId }, 'k')).toMatchObject({ kind: 'accepted' })
    await process()
    await until('the request is numbered', async () => (await numbers()).length === 1)
    await until('its caller hears of it', async () => {
      return numberOf(await deaf.send('invoicing.issueInvoice', { invoiceId }, 'k')) === 'F2026-000001'
    })
  })

  it('PROTOCOL 19: by two processes with a registrar each; one stops, the other goes on, without a gap', async () => {
    const [a, b] = [await process(), await process()]
    await openBusiness(a)
    const drafts = await Promise.all(
      Array.from({ length: 12 }, (_, i) => draftedInvoice(i % 2 === 0 ? a : b)),
    )
    const issue = (by: BusinessProcess, invoiceId: string) => by.done('invoicing.issueInvoice', { invoiceId })
    const first = await Promise.all(drafts.slice(0, 6).map((id, i) => issue(i % 2 === 0 ? a : b, id)))
    await a.close()
    processes.splice(processes.indexOf(a), 1)
    const then = await Promise.all(drafts.slice(6).map(id => issue(b, id)))
    const given = [...first, ...then].map(o => numberOf(o) ?? '')
    const expected = Array.from({ length: 12 }, (_, i) => `F2026-${String(i + 1).padStart(6, '0')}`)
    expect(await numbers()).toEqual(expected)
    expect(given.toSorted()).toEqual(expected)
  })
})

describe('a month is closed', () => {
  it('PROTOCOL 25: a reaction to its cut states what the ledger holds at the cut', async () => {
    let now = '2026-01-05T08:00:00.000Z'
    const one = await process({ now: () => now })
    await openBusiness(one)
    await one.done('invoicing.issueInvoice', { invoiceId: await draftedInvoice(one) })
    await one.done('invoicing.issueInvoice', { invoiceId: await draftedInvoice(one) })
    now = '2026-02-03T08:00:00.000Z'
    await one.done('ledger.cutPeriod', { entityId, period: '2026-01' })
    const stream = `period-${entityId}.2026-01`
    await until('the month is closed', async () => (await opened.log.load(stream)).events.length === 2)
    const [cut, closed] = (await opened.log.load(stream)).events
    expect(closed).toMatchObject({
      type: 'ledger.PeriodClosed',
      data: {
        cut: { stream, revision: 0, eventId: cut?.id },
        journals: [
          { journal: 'VE', firstNumber: 1, lastNumber: 2, entries: 2, debit: 518_40n, credit: 518_40n },
        ],
      },
    })
    expect(closed?.metadata.$causationId).toBe(cut?.id)
    expect(closed?.metadata.$correlationId).toBe(cut?.metadata.$correlationId)
  })
})
