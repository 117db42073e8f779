import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DomainEvent } from '../../domain/shared/events.ts'
import { chain, firstPrevHash } from '../../event-store/chain.ts'
import { APPEND_UNDER_WAY_MS_MAX } from '../../event-store/log-on-store.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import type { Subject } from '../../replay/check.ts'
import { CommandInputs } from '../../replay/command-inputs.ts'
import { verify } from '../../replay/verify.ts'
import { codec, logOf } from './support/copies.ts'

/** Small logs, written event by event: what a played business does not come to. */

const LOG = '01932f0c-0000-7000-8000-00000000f001'
const ACTOR = '01932f0c-0000-7000-8000-00000000f002'

interface Fact {
  readonly stream: string
  readonly recordedAt: string
  readonly event: DomainEvent
  readonly commandId?: string
  readonly inputHash?: string
}

const opened = (kind: 'production' | 'sandbox'): Fact => ({
  stream: 'log-main',
  recordedAt: '1997-01-01T00:00:00.000Z',
  event: {
    type: 'organisation.LogOpened',
    data: { logId: LOG, kind, name: 'x', secretCheck: '0'.repeat(64) },
  },
})

/** A log of facts, chained as the program chains them. */
const logOfFacts = (facts: readonly Fact[]): readonly StoredEvent[] => {
  const heads = new Map<string, { revision: number; hash: string }>()
  return facts.map(({ stream, recordedAt, event, commandId = randomUUID(), inputHash }, i) => {
    const head = heads.get(stream) ?? { revision: -1, hash: firstPrevHash(LOG, stream) }
    const metadata = {
      $correlationId: commandId,
      commandId,
      inputHash,
      actor: ACTOR,
      origin: 'api',
      recordedAt,
      schemaVersion: 1,
    } as const
    const data = codec.prepare(event).data(clear => clear)
    const { events, hash } = chain(stream, head.revision + 1, head.hash, [
      { type: event.type, data, metadata },
    ])
    heads.set(stream, { revision: head.revision + 1, hash })
    const [only] = events
    if (!only) throw new Error('nothing was chained')
    return { ...only, stream, revision: head.revision + 1, position: String(i + 1).padStart(16, '0') }
  })
}

const codes = async (facts: readonly Fact[], more: Partial<Subject> = {}): Promise<readonly string[]> => {
  const { findings } = await verify({ store: logOf(logOfFacts(facts)), codec, ...more })
  return findings.map(({ code }) => code)
}

const noted = (recordedAt: string): Fact => ({
  stream: `processAudit-${recordedAt.slice(0, 10)}.${ACTOR}`,
  recordedAt,
  event: {
    type: 'organisation.SignInsRefused',
    data: { minute: recordedAt, count: 1, code: 'NO', loginDigest: 'x' },
  },
})

describe('PROTOCOL 10', () => {
  const asleep = [noted('1997-01-01T00:00:01.000Z'), noted('1997-03-01T00:00:00.000Z')]
  it('a production log does not jump a month ahead unless an operator confirmed it', async () => {
    expect(await codes([opened('production'), ...asleep])).toStrictEqual(['RECORDED_FAR_AHEAD'])
    expect(await codes([opened('sandbox'), ...asleep])).toStrictEqual([])
    const confirmed: Fact = {
      stream: 'log-main',
      recordedAt: '1997-03-01T00:00:00.000Z',
      event: {
        type: 'organisation.ClockConfirmed',
        data: {
          from: '1997-03-01T00:00:00.000Z',
          previousMaximum: '1997-01-01T00:00:01.000Z',
          explanation: 'It slept',
        },
      },
    }
    const [before, after] = asleep as [Fact, Fact]
    expect(await codes([opened('production'), before, confirmed, after])).toStrictEqual([])
  })

  it('an event may lie two seconds before the log’s last and as long as an append is under way, and no more', async () => {
    const last = Date.parse('1997-01-02T12:00:00.000Z')
    const before = (ms: number) => noted(new Date(last - ms).toISOString())
    const lawful = 2_000 + APPEND_UNDER_WAY_MS_MAX
    expect(await codes([opened('production'), before(0), before(lawful), before(0)])).toStrictEqual([])
    expect(await codes([opened('production'), before(0), before(lawful + 1)])).toStrictEqual([
      'RECORDED_BEFORE_THE_LOG',
    ])
  })
})

describe('PROTOCOL 13', () => {
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)]
  const commandId = '01932f0c-0000-5000-8000-00000000f004'
  const ofCommand = (inputHash?: string): Fact => ({
    ...noted('1997-01-01T00:00:01.000Z'),
    stream: `processAudit-1997-01-01.${randomUUID()}`,
    commandId,
    ...(inputHash !== undefined && { inputHash }),
  })

  it('a command has one input in all its streams', async () => {
    expect(await codes([opened('production'), ofCommand(one), ofCommand(one)])).toStrictEqual([])
    expect(await codes([opened('production'), ofCommand(one), ofCommand(two)])).toStrictEqual([
      'KEY_OF_TWO_INPUTS',
    ])
    expect(await codes([opened('production'), ofCommand(), ofCommand(two)])).toStrictEqual([
      'KEY_OF_TWO_INPUTS',
    ])
  })

  it('whatever the number of commands', () => {
    const digest = fc.string({ minLength: 64, maxLength: 64, unit: fc.constantFrom(...'0123456789abcdef') })
    // Ids that begin alike meet at one place of the table.
    const id = fc.tuple(fc.constantFrom('00000000', 'ffffffff', undefined), fc.uuid({ version: 5 }))
    const command = id.map(([begin, uuid]) => (begin === undefined ? uuid : begin + uuid.slice(8)))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(command, fc.option(digest, { nil: undefined })), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 100 }),
        (seen, times) => {
          const [inputs, model] = [new CommandInputs(), new Map<string, string | undefined>()]
          for (let n = 0; n < times; n++)
            for (const [base, input] of seen) {
              const commandId = base.slice(0, -4) + String(n).padStart(4, '0')
              if (!model.has(commandId)) model.set(commandId, input)
              expect(inputs.differs(commandId, input)).toBe(model.get(commandId) !== input)
            }
        },
      ),
    )
  })
})

describe('PROTOCOL 28', () => {
  const keyId = randomUUID()
  const personId = '01932f0c-0000-7000-8000-00000000f003'
  const erased: Fact = {
    stream: `person-${personId}`,
    recordedAt: '1997-01-02T00:00:00.000Z',
    event: {
      type: 'organisation.PersonErased',
      data: {
        personId,
        keyIds: [keyId],
        purposes: ['prospecting'],
        kept: [],
        copies: [],
        explanation: 'Asked for',
      },
    },
  }
  const vaultWith = (isErased: boolean): NonNullable<Subject['vault']> => ({
    unknownKeys: () => Promise.resolve([]),
    keysOf: () => Promise.resolve([{ keyId, purpose: 'prospecting', erased: isErased }]),
    hmac: () => '0'.repeat(64),
  })

  it('a key that the log says is erased is no longer in the vault', async () => {
    expect(await codes([opened('sandbox'), erased], { vault: vaultWith(true) })).toStrictEqual([])
    expect(await codes([opened('sandbox'), erased], { vault: vaultWith(false) })).toStrictEqual([
      'KEY_NOT_DESTROYED',
    ])
  })

  it('the vault is that of the log', async () => {
    const other = { ...vaultWith(true), hmac: () => '1'.repeat(64) }
    expect(await codes([opened('sandbox')], { vault: other })).toStrictEqual(['VAULT_OF_ANOTHER_LOG'])
  })
})
