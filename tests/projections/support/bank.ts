import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { defineEvent, type EventOf } from '../../../domain/shared/events.ts'
import { Cents, text } from '../../../domain/shared/values.ts'
import { chain, firstPrevHash } from '../../../event-store/chain.ts'
import { createCodec } from '../../../event-store/codec.ts'
import type { EventStore } from '../../../event-store/port.ts'
import { column, stage, stagedTable } from '../../../projections/definition.ts'
import type { Projection, RecordedEvent } from '../../../projections/definition.ts'
import { lastExpected, TEST_LOG } from '../../support/test-events.ts'

/** A small synthetic context: what tests of the engine fold. */

const Opened = defineEvent(
  'bank.AccountOpened',
  z.strictObject({ account: text(20), owner: z.string().max(60) }),
)
const Moved = defineEvent('bank.MoneyMoved', z.strictObject({ from: text(20), to: text(20), amount: Cents }))
const Closed = defineEvent('bank.AccountClosed', z.strictObject({ account: text(20) }))
/** Touches no table. */
const Noted = defineEvent('bank.Noted', z.strictObject({ note: text(40) }))

const bankEvents = [Opened, Moved, Closed, Noted] as const
export type BankEvent = EventOf<typeof bankEvents>
export const bankCodec = createCodec(bankEvents)

export const opened = (account: string, owner = account): BankEvent => ({
  type: 'bank.AccountOpened',
  data: { account, owner },
})
export const moved = (from: string, to: string, amount: bigint): BankEvent => ({
  type: 'bank.MoneyMoved',
  data: { from, to, amount },
})
export const closed = (account: string): BankEvent => ({ type: 'bank.AccountClosed', data: { account } })
export const noted = (note: string): BankEvent => ({ type: 'bank.Noted', data: { note } })

/** An amount that the fold refuses: an event that cannot be applied. */
export const POISON = 666n

interface Counted {
  readonly count: number
}
const counter = stage<{ count: number }, Counted>({
  name: 'counter',
  version: 1,
  initial: () => ({ count: 0 }),
  apply: (state, event) => (event.type === Moved.type ? { count: ++state.count } : undefined),
  encode: state => state,
  decode: stored => ({ ...(stored as { count: number }) }),
})

const tableOf = stagedTable<Counted>()

const accounts = tableOf({
  name: 'account',
  comment: 'Accounts of the bank',
  columns: {
    account: column.text('Its name'),
    owner: column.text('Who owns it; awkward texts welcome'),
    balance: column.bigint('What is on it'),
    labels: column.texts('Texts'),
    last: column.json<{ ordinal: number; note?: string }>('The last event'),
    closed_on: column.optional(column.date('Day of its end')),
    changed_at: column.instant('When it last changed'),
  },
  key: ['account'],
  history: true,
  measures: ['balance'],
  indexes: [{ columns: ['balance'] }],
  on: on => [
    on(
      Opened,
      e => [{ account: e.data.account }],
      (_, e) => ({
        account: e.data.account,
        owner: e.data.owner,
        balance: 0n,
        labels: ['plain', 'with "quotes"', 'and \\ more', e.data.owner],
        last: { ordinal: e.ordinal },
        closed_on: null,
        changed_at: e.recordedAt,
      }),
    ),
    on(
      Moved,
      e => (e.data.from === e.data.to ? [] : [{ account: e.data.from }, { account: e.data.to }]),
      (row, e, key) => {
        if (e.data.amount === POISON) throw new Error('poisoned')
        if (!row) return undefined
        const sign = key.account === e.data.from ? -1n : 1n
        return {
          ...row,
          balance: row.balance + sign * e.data.amount,
          last: { ordinal: e.ordinal },
          changed_at: e.recordedAt,
        }
      },
    ),
    on(
      Closed,
      e => [{ account: e.data.account }],
      row => (row && row.balance === 0n ? undefined : row && { ...row, closed_on: '1998-05-06' }),
    ),
  ],
})

const movements = tableOf({
  name: 'movement',
  comment: 'Each movement',
  columns: {
    ordinal: column.bigint('Place in the log'),
    number: column.integer('Number given by the stage'),
    amount: column.bigint('Amount'),
  },
  key: ['ordinal'],
  appendOnly: true,
  on: on => [
    on(
      Moved,
      e => [{ ordinal: BigInt(e.ordinal) }],
      (_, e) => ({ ordinal: BigInt(e.ordinal), number: e.count, amount: e.data.amount }),
    ),
  ],
})

export const bank: Projection = {
  name: 'bank',
  version: 1,
  comment: 'Synthetic',
  stage: counter,
  tables: [accounts, movements],
}

/** One that never fails: it counts events of each stream's category. */
export const tally: Projection = {
  name: 'tally',
  version: 1,
  comment: 'Counts events by type',
  tables: [
    stagedTable<unknown>()({
      name: 'tally',
      comment: 'Events by type',
      columns: { type: column.text('Type'), events: column.integer('How many') },
      key: ['type'],
      on: on => [
        on(
          [...bankEvents],
          e => [{ type: e.type }],
          (row, e) => ({ type: e.type, events: (row?.events ?? 0) + 1 }),
        ),
      ],
    }),
  ],
}

let recordedMs = Date.parse('1996-07-04T08:00:00.000Z')

/** Appends events to one stream, in one append per thousand. */
export const append = async (
  store: EventStore,
  events: readonly BankEvent[],
  stream = 'bank-main',
): Promise<void> => {
  for (let i = 0; i < events.length; i += 1_000) {
    const expected = await lastExpected(store, stream)
    const commandId = randomUUID()
    const [revision, prevHash] =
      expected === 'noStream' ? [0, firstPrevHash(TEST_LOG, stream)] : [expected.revision + 1, expected.hash]
    const links = events.slice(i, i + 1_000).map(event => ({
      type: event.type,
      data: bankCodec.prepare(event).data(clear => clear),
      metadata: {
        $correlationId: commandId,
        commandId,
        actor: TEST_LOG,
        origin: 'api' as const,
        recordedAt: new Date((recordedMs += 1_000)).toISOString(),
        schemaVersion: 1,
      },
    }))
    await store.append(stream, expected, chain(stream, revision, prevHash, links).events)
  }
}

/** Events as recorded, for folds without a log. */
export const asRecorded = (events: readonly BankEvent[]): readonly RecordedEvent[] =>
  events.map((event, i) => ({
    ...event,
    stream: 'bank-main',
    revision: i,
    id: randomUUID(),
    ordinal: i + 1,
    recordedAt: '1996-07-04T08:00:00.000Z',
    actor: TEST_LOG,
    permission: undefined,
    reason: undefined,
    origin: 'api',
    commandId: TEST_LOG,
    inputHash: undefined,
    correlationId: TEST_LOG,
    causationId: undefined,
  }))
