import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClockSource } from '../../event-store/clock.ts'
import { RETRY_MS } from '../../event-store/log-on-store.ts'
import { openLog } from '../../event-store/log.ts'
import type { Log } from '../../event-store/log.ts'
import { decodeMetadata, hashOf } from '../../event-store/metadata.ts'
import type { EventStore, StoredEvent } from '../../event-store/port.ts'
import { claims } from '../../replay/checks/claims.ts'
import { checks } from '../../replay/checks/index.ts'
import { verify } from '../../replay/verify.ts'
import type { VerifyOptions } from '../../replay/verify.ts'
import { OPENED_AT, contextAt, openTestLog } from '../support/open-log.ts'
import { wholeLog } from '../support/test-events.ts'
import {
  altered,
  codec,
  find,
  forged,
  logOf,
  movedBefore,
  playOriginal,
  transplanted,
} from './support/copies.ts'
import type { Original } from './support/copies.ts'
import { vinet } from './support/trade.ts'

let original: Original
beforeAll(async () => {
  original = await playOriginal()
})
afterAll(() => original.close())

const event = (type: string, nth = 0): StoredEvent => find(original.events, type, nth)

/** `check CODE` of what is found in a log, each once. */
const foundIn = async (
  events: readonly StoredEvent[],
  options: VerifyOptions = {},
): Promise<readonly string[]> => {
  const { findings } = await verify({ store: logOf(events), codec, vault: original.vault }, options)
  return [...new Set(findings.map(({ check, code }) => `${check} ${code}`))]
}

describe('verify', () => {
  it('finds nothing in a log that commands wrote, nor in its read models', async () => {
    const verification = await original.verifyStored()
    expect(verification.findings).toStrictEqual([])
    expect(verification).toMatchObject({
      sound: true,
      events: original.events.length,
      lastEventId: original.events.at(-1)?.id,
      lastEventHash: hashOf(original.events.at(-1)?.metadata ?? ''),
    })
    expect(verification.checks.map(({ name }) => name)).toStrictEqual(checks.map(({ name }) => name))
    for (const { examined } of verification.checks) expect(examined).toBeGreaterThan(0)
  })

  it('says the same twice, names the place and what is found and expected, in French and English', async () => {
    const confirmed = event('commerce.OrderConfirmed')
    const events = altered(original.events, confirmed, {
      data: confirmed.data.replace('1997-01-10', '1997-01-11'),
    })
    const [once, twice] = [
      await verify({ store: logOf(events), codec }),
      await verify({ store: logOf(events), codec }),
    ]
    expect(twice).toStrictEqual(once)
    const { stream, revision, id } = confirmed
    expect(once.findings).toStrictEqual([
      {
        check: 'chain',
        code: 'HASH_WRONG',
        severity: 'error',
        where: { stream, revision, eventId: id, ordinal: events.findIndex(e => e.id === id) + 1 },
        found: 'other bytes',
        expected: 'the bytes that were hashed',
        sentence: {
          fr: expect.stringContaining('n’est plus celui qui a été enregistré') as string,
          en: expect.stringContaining('is no longer the one recorded') as string,
        },
      },
    ])
  })

  it('counts every finding and lists the first hundred of a check', async () => {
    const many = Array.from({ length: 150 }, () => original.events).flat()
    const { checks: results, findings } = await verify({ store: logOf(many), codec })
    expect(results.find(({ name }) => name === 'chain')?.found).toBeGreaterThan(1_000)
    expect(findings.filter(({ check }) => check === 'chain')).toHaveLength(100)
  })

  it('ends when it is told to', async () => {
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    await expect(original.verifyStored({ signal: controller.signal })).rejects.toThrow('enough')
  })
})

describe('PROTOCOL 2, 3: the chain shows', () => {
  it.each([
    ['an actor', '"actor":"0', '"actor":"1'],
    ['a time', '"recordedAt":"1997-01-10T09', '"recordedAt":"1997-01-10T10'],
    ['a right', '"permission":"sales', '"permission":"bills'],
    ['a version', '"schemaVersion":"1"', '"schemaVersion":"2"'],
  ])('%s altered', async (_, from, to) => {
    const placed = event('commerce.OrderPlaced')
    expect(placed.metadata).toContain(from)
    const events = altered(original.events, placed, { metadata: placed.metadata.replace(from, to) })
    expect(await foundIn(events)).toContain('chain HASH_WRONG')
  })

  it('two events of a stream in each other’s place', async () => {
    const [a, b] = [event('commerce.OrderPlaced'), event('commerce.OrderConfirmed')]
    const content = ({ type, data, metadata }: StoredEvent) => ({ type, data, metadata })
    const events = altered(altered(original.events, a, content(b)), b, content(a))
    expect(await foundIn(events)).toContain('chain PREVIOUS_HASH_WRONG')
  })

  it('an event taken out', async () => {
    const confirmed = event('commerce.OrderConfirmed')
    expect(await foundIn(original.events.filter(e => e !== confirmed))).toStrictEqual([
      'chain REVISION_NOT_NEXT',
    ])
  })

  it('a stream brought from another log', async () => {
    const events = transplanted(original.events, `customer-${vinet}`, randomUUID())
    expect(await foundIn(events)).toStrictEqual(['chain PREVIOUS_HASH_WRONG'])
  })

  it('an id or a stream that is not the event’s own', async () => {
    const placed = event('commerce.OrderPlaced')
    expect(await foundIn(altered(original.events, placed, { id: randomUUID() }))).toContain(
      'chain HASH_WRONG',
    )
    expect(await foundIn(altered(original.events, placed, { stream: 'order-other' }))).toContain(
      'chain PREVIOUS_HASH_WRONG',
    )
  })
})

describe('what else a log says of itself', () => {
  it('PROTOCOL 9: nothing comes before its opening, and it is opened once', async () => {
    expect(await foundIn(original.events.slice(1))).toContain('opening LOG_NOT_OPENED_FIRST')
    expect(await foundIn([...original.events, ...original.events.slice(0, 1)])).toContain(
      'opening LOG_OPENED_TWICE',
    )
    expect(await foundIn([])).toStrictEqual(['opening LOG_EMPTY'])
  })

  it('PROTOCOL 8: an event that no schema reads', async () => {
    const events = forged(original.events, event('commerce.OrderConfirmed'), data => ({ ...data, more: 1 }))
    expect(await foundIn(events)).toStrictEqual(['readable EVENT_NOT_READABLE'])
  })

  it('PROTOCOL 10: an event recorded before what the log already held', async () => {
    const events = movedBefore(original.events, event('ledger.PeriodCut'), event('commerce.OrderPlaced', 1))
    expect(await foundIn(events)).toContain('recorded-at RECORDED_BEFORE_THE_LOG')
  })

  it('PROTOCOL 10: no fault in an append that was held back while younger ones were recorded', async () => {
    let now = Date.parse(OPENED_AT)
    const clock: ClockSource = {
      kind: 'real',
      serverNow: () => Promise.resolve(now),
      localNow: () => now,
    }
    const production = await openTestLog({ kind: 'production', clock })
    const { store, vault, log } = production
    const [asked, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()]
    const away: EventStore = {
      ...store,
      append: async (...append) => {
        asked.resolve(undefined)
        await released.promise
        return store.append(...append)
      },
    }
    const note = (on: Log): Promise<unknown> => {
      const minute = new Date(now).toISOString()
      return on.append({
        stream: `processAudit-${minute.slice(0, 10)}.${randomUUID()}`,
        expected: 'noStream',
        events: [
          {
            type: 'organisation.SignInsRefused',
            data: { minute, count: 1, code: 'NO', loginDigest: 'x' },
          },
        ],
        context: contextAt(minute),
      })
    }
    const late = note(await openLog({ store: away, codec, protection: vault, clock }))
    await asked.promise
    now += RETRY_MS
    await note(log)
    released.resolve(undefined)
    await late
    const recorded = (await wholeLog(store)).map(({ metadata }) => decodeMetadata(metadata).recordedAt)
    expect(recorded.at(-1)! < recorded.at(-2)!).toBe(true)
    expect(await verify({ store, codec, vault })).toMatchObject({ findings: [], sound: true })
    await production.close()
  })

  it('PROTOCOL 28: a key that the vault neither holds nor destroyed', async () => {
    const registered = event('commerce.CustomerRegistered')
    const events = altered(original.events, registered, {
      data: registered.data.replace(/"v1\.[0-9a-f-]{36}/, `"v1.${randomUUID()}`),
    })
    expect(await foundIn(events)).toContain('keys KEY_MISSING')
  })
})

type Data = Record<string, unknown>
describe('a forger who makes every hash right is shown by what the facts say', () => {
  const issued = (change: (data: Data) => Data, nth = 1) =>
    forged(original.events, event('invoicing.InvoiceIssued', nth), change)
  const expectFound = async (events: readonly StoredEvent[], ...codes: readonly string[]) => {
    const found = await foundIn(events)
    expect(found).toStrictEqual(expect.arrayContaining([...codes]))
    expect(found.filter(code => code.startsWith('chain'))).toStrictEqual([])
  }

  it('PROTOCOL 19: a number skipped', () =>
    expectFound(
      issued(d => ({ ...d, sequence: 7, number: 'F1997-000007' })),
      'numbers NUMBER_NOT_NEXT',
    ))
  it('PROTOCOL 22: a number written otherwise than its series', () =>
    expectFound(
      issued(d => ({ ...d, number: 'F1997-2' })),
      'numbers NUMBER_NOT_BY_PATTERN',
    ))
  it('PROTOCOL 21: a day that goes back', () =>
    expectFound(
      issued(d => ({ ...d, issuedOn: '1997-01-09' })),
      'numbers NUMBER_DAY_GOES_BACK',
    ))
  it('PROTOCOL 21: a day that is not its request’s', () =>
    expectFound(
      issued(d => ({ ...d, issuedOn: '1997-01-21' })),
      'numbers NUMBER_DAY_NOT_OF_REQUEST',
    ))
  it('PROTOCOL 19: a request answered twice', () => {
    const { request } = JSON.parse(event('invoicing.InvoiceIssued').data) as { request: object }
    return expectFound(
      issued(d => ({ ...d, request })),
      'requests REQUEST_NOT_WAITING',
    )
  })
  it('PROTOCOL 19: requests answered out of order', async () => {
    const second = event('invoicing.InvoiceIssueRequested', 1)
    const third = event('invoicing.InvoiceIssueRequested', 2)
    const found = await foundIn(movedBefore(original.events, third, second))
    expect(found).toContain('requests REQUEST_ANSWERED_OUT_OF_ORDER')
  })
  it('PROTOCOL 20: content that is not what was asked for', () =>
    expectFound(
      issued(d => ({ ...d, content: { ...(d['content'] as object), purchaseOrder: 'another' } })),
      'frozen-content CONTENT_NOT_AS_REQUESTED',
    ))
  it('PROTOCOL 23: more allocated than is left', () =>
    expectFound(
      forged(original.events, event('invoicing.PaymentAllocated'), d => ({
        ...d,
        settlements: (d['settlements'] as object[]).map(s => ({ ...s, amount: 20_001 })),
      })),
      'allocations ALLOCATED_BEYOND_REST',
    ))
  it('PROTOCOL 23: more given back than was taken', () =>
    expectFound(
      forged(original.events, event('invoicing.AllocationReversed'), d => ({
        ...d,
        settlements: (d['settlements'] as object[]).map(s => ({ ...s, amount: 10_001 })),
      })),
      'allocations GIVEN_BACK_BEYOND_WHOLE',
    ))
  it('PROTOCOL 25: an entry of a closed month changed', () =>
    expectFound(
      issued(d => ({ ...d, journalEntry: { ...(d['journalEntry'] as object), journal: 'OD' } }), 0),
      'periods CLOSED_PERIOD_CHANGED',
      'recomputed ENTRY_NOT_RECOMPUTED',
    ))
  it('PROTOCOL 25: an entry moved in front of the cut of its month', () => {
    const dated = forged(original.events, event('invoicing.PaymentReceived'), d => ({
      ...d,
      journalEntry: { ...(d['journalEntry'] as object), accountingDate: '1997-01-31' },
    }))
    const moved = movedBefore(
      dated,
      find(dated, 'invoicing.PaymentReceived'),
      find(dated, 'ledger.PeriodCut'),
    )
    return expectFound(moved, 'periods CLOSED_PERIOD_CHANGED')
  })
  it('PROTOCOL 25: a close without its cut', () =>
    expectFound(
      forged(original.events, event('ledger.PeriodClosed'), d => ({
        ...d,
        cut: { ...(d['cut'] as object), eventId: randomUUID() },
      })),
      'periods PERIOD_CLOSED_WITHOUT_CUT',
    ))
  it('PROTOCOL 24: a close by a version of the stage that never was', () =>
    expectFound(
      forged(original.events, event('ledger.PeriodClosed'), d => ({ ...d, stageVersion: 2, journals: [] })),
      'periods POSTING_VERSION_UNKNOWN',
      'periods CLOSED_PERIOD_CHANGED',
    ))
  it('tax released without an entry', () =>
    expectFound(
      forged(original.events, event('invoicing.PaymentAllocated'), ({ journalEntry: _, ...d }) => d),
      'figures ENTRY_MISSING',
    ))
})

describe('PROTOCOL 16: claims', () => {
  const key = () => event('organisation.KeyClaimed', 1)
  const ownerOf = ({ data }: StoredEvent) => (JSON.parse(data) as { ownerStream: string }).ownerStream
  const claimsFound = async (events: readonly StoredEvent[]) =>
    (await foundIn(events, { checks: [claims] })).map(found => found.split(' ')[1])

  it('one whose owner has no event, and that was never released, is told', async () => {
    const owner = ownerOf(key())
    expect(await claimsFound(original.events.filter(({ stream }) => stream !== owner))).toStrictEqual([
      'CLAIM_WITHOUT_OWNER',
    ])
    const drafted = event('invoicing.InvoiceDrafted').stream
    expect(await claimsFound(original.events.filter(({ stream }) => stream !== drafted))).toStrictEqual([
      'CLAIM_WITHOUT_OWNER',
    ])
  })

  it('one that waits for its owner at the end of the log is not: its command may have been cut off', async () => {
    const end = original.events.indexOf(key()) + 1
    expect(await claimsFound(original.events.slice(0, end))).toStrictEqual([])
  })
})
