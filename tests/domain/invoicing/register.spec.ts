import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { InvoiceIssued } from '../../../domain/invoicing/invoice.events.ts'
import { issue, longestAnswer, numberOf, register } from '../../../domain/invoicing/register.ts'
import type { Register } from '../../../domain/invoicing/register.ts'
import { dayIn } from '../../../domain/shared/days.ts'
import { withJsonIntegers } from '../../../domain/shared/json.ts'
import { DocumentNumber } from '../../../domain/shared/values.ts'
import { INVOICE, goods, referenceOn, requestOf } from './sale.ts'

const request = requestOf({ lines: [goods(1, '100')], deliveredOn: '2026-11-18', day: '2026-11-20' })
const reference = (recordedAt: string) => ({ ...referenceOn('2026-11-20'), recordedAt })
const last = (issuedOn: string, sequence = 41): Register => ({
  sequence,
  issuedOn,
  request: referenceOn(issuedOn),
})
const issued = (at: string, before: Register, pattern = request.data.pattern) =>
  issue({ ...request, data: { ...request.data, pattern } }, reference(at), before).data

describe('PROTOCOL 21: the day', () => {
  it('is the day of recordedAt in the entity’s zone', () => {
    expect(issued('2026-11-20T22:59:59.999Z', undefined).issuedOn).toBe('2026-11-20')
    expect(issued('2026-11-20T23:00:00.000Z', undefined).issuedOn).toBe('2026-11-21')
    expect(issued('2026-07-20T22:00:00.000Z', undefined).issuedOn).toBe('2026-07-21')
  })
  it('is the series’ last day where that is later', () => {
    expect(issued('2026-11-20T12:00:00.000Z', last('2026-11-22')).issuedOn).toBe('2026-11-22')
    expect(issued('2026-11-20T12:00:00.000Z', last('2026-11-19')).issuedOn).toBe('2026-11-20')
  })
  it('gives the due day, and both days to the entry', () => {
    const data = issued('2026-11-20T12:00:00.000Z', last('2026-11-22'))
    expect('dueOn' in data && data.dueOn).toBe('2026-12-22')
    expect(data.journalEntry).toMatchObject({
      accountingDate: '2026-11-22',
      documentDate: '2026-11-22',
      documentReference: 'F2026-000042',
      label: 'F2026-000042 VINET Vins et alcools Chevalier',
    })
    expect(data.journalEntry.lines[0]?.dueOn).toBe('2026-12-22')
  })
})

describe('PROTOCOL 21: the count', () => {
  it('starts at 1 and follows the last', () => {
    expect(issued('2026-11-20T12:00:00.000Z', undefined).number).toBe('F2026-000001')
    expect(issued('2026-11-20T12:00:00.000Z', last('2026-11-20')).sequence).toBe(42)
  })
  it('restarts with the year where the pattern holds the year', () => {
    expect(issued('2027-01-02T12:00:00.000Z', last('2026-12-31')).number).toBe('F2027-000001')
    expect(issued('2027-01-02T12:00:00.000Z', last('2026-12-31'), 'F{number:4}').number).toBe('F0042')
  })
  it('does not restart for a request of the old year that the new one overtook', () =>
    expect(issued('2026-12-31T12:00:00.000Z', last('2027-01-02', 3)).number).toBe('F2027-000004'))
})

describe('PROTOCOL 22: numbers', () => {
  it.each([
    ['F{year}-{number:6}', 7, 'F2026-000007'],
    ['{number:1}', 123, '123'],
    ['A/{year}/{number:3}', 1234, 'A/2026/1234'],
  ])('%s', (pattern, sequence, number) => {
    expect(numberOf(pattern, '2026-11-20', sequence)).toBe(number)
    expect(DocumentNumber.safeParse(number).success).toBe(true)
  })
})

describe('PROTOCOL 20: issue', () => {
  it('repeats the frozen content whole and names the request', () => {
    const data = issued('2026-11-20T12:00:00.000Z', undefined)
    expect(data.content).toStrictEqual(request.data.content)
    expect(data.posting).toStrictEqual(request.data.posting)
    expect(data.request).toStrictEqual(reference('2026-11-20T12:00:00.000Z'))
    expect(data).toMatchObject({ invoiceId: INVOICE, series: 'F' })
    expect(() => z.encode(InvoiceIssued.data, data as z.output<typeof InvoiceIssued.data>)).not.toThrow()
  })

  it.each(['F{year}-{number:6}', 'F{number:6}'])(
    'gives no answer longer than what was tried: %s',
    pattern => {
      const asked = { ...request, data: { ...request.data, pattern } }
      const lengthOf = (data: object) => JSON.stringify(data, withJsonIntegers).length
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 10 ** 9 }),
          fc.integer({ min: 1, max: 28 }),
          (sequence, day) => {
            const recordedAt = '2026-11-20T12:00:00.000Z'
            const before = last(`2026-11-${String(day).padStart(2, '0')}`, sequence)
            const { data } = longestAnswer(asked, recordedAt)
            expect(lengthOf(issue(asked, reference(recordedAt), before).data)).toBeLessThanOrEqual(
              lengthOf(data),
            )
          },
        ),
      )
    },
  )
})

describe('PROTOCOL 19, 21: whatever the order of the requests, numbers have no gap and days never go back', () => {
  const instant = fc
    .integer({ min: Date.UTC(2025, 10, 1), max: Date.UTC(2027, 2, 1) })
    .map(ms => new Date(ms).toISOString())

  it.each(['F{year}-{number:6}', 'F{number:6}'])('%s', pattern => {
    fc.assert(
      fc.property(fc.array(instant, { maxLength: 40 }), requests => {
        let state: Register = register.initial
        const numbers = new Set<string>()
        let before: { issuedOn: string; sequence: number } | undefined
        for (const recordedAt of requests) {
          const event = issue(
            { ...request, data: { ...request.data, pattern } },
            reference(recordedAt),
            state,
          )
          const { issuedOn, sequence, number } = event.data
          const isNewYear = before?.issuedOn.slice(0, 4) !== issuedOn.slice(0, 4)
          const restarts = before === undefined || (pattern.includes('{year}') && isNewYear)
          expect(sequence).toBe(restarts ? 1 : before!.sequence + 1)
          expect(issuedOn >= (before?.issuedOn ?? '')).toBe(true)
          expect(issuedOn >= dayIn('Europe/Paris', recordedAt)).toBe(true)
          expect(numbers.has(number)).toBe(false)
          numbers.add(number)
          before = { issuedOn, sequence }
          state = register.evolve(state, event)
        }
      }),
    )
  })
})
