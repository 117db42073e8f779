import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stageOf } from '../../cli/stage.ts'
import { setUpCompany } from '../../integrations/company-setup.ts'
import { companyFrom } from '../../integrations/demonstration/company.ts'
import { createPlayer } from '../../integrations/player.ts'
import type { Player } from '../../integrations/player.ts'
import { projections } from '../../projections/all.ts'
import { schemaOf } from '../../projections/definition.ts'
import { ledger as ledgerTables } from '../../projections/ledger/ledger.ts'
import { trialBalance } from '../../projections/ledger/trial-balance.queries.ts'
import { verify } from '../../replay/verify.ts'
import { openStory, readable, type StoryProgram } from './program.ts'

/**
 * A month whose totals no JSON number holds: 200 payments of the largest amount allowed, a thousand billion euros
 * each. It is counted, cut, closed and verified like any other.
 */

const LARGEST = 10 ** 14
const PAYMENTS = 200
const uuid = (n: number): string => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`
const entityId = uuid(1)
const customerId = uuid(2)

let program: StoryProgram
let player: Player

beforeAll(async () => {
  program = await openStory('2026-01-05T07:00:00.000Z')
  player = createPlayer(stageOf(program, 'import'), { kind: 'importer' })
  await setUpCompany(player, entityId, companyFrom(2026), (...step) => ['set-up', ...step].join('-'))
  await player.play(
    'commerce.registerCustomer',
    {
      customerId,
      code: 'TRESOR',
      party: {
        kind: 'company',
        name: 'Trésor public',
        siren: '552100554',
        address: { line1: '3 rue du Port', postcode: '44600', city: 'Saint-Nazaire', country: 'FR' },
      },
      currency: 'EUR',
    },
    'customer',
  )
})
afterAll(() => program.close())

const pay = (n: number) =>
  player.play(
    'invoicing.recordPayment',
    {
      paymentId: uuid(100 + n),
      entityId,
      customerId,
      bankDate: '2026-01-05',
      amount: LARGEST,
      currency: 'EUR',
      journal: 'BQ',
      bankReference: `VIR ${n}`,
    },
    `payment-${n}`,
  )

describe('a month of 200 payments of 10^14 cents', () => {
  it('is counted to the cent', async () => {
    await Promise.all(Array.from({ length: PAYMENTS }, (_, n) => pay(n)))
    await program.caughtUp()
    const { lines } = await trialBalance(program.readModels, { entityId, from: '2026-01', to: '2026-01' })
    expect(readable(lines)).toStrictEqual([
      '411 0.00 0.00 200000000000000.00 -200000000000000.00',
      '512 0.00 200000000000000.00 0.00 200000000000000.00',
    ])
  })

  it('PROTOCOL 7, 25: is cut and closed, its totals stored as the texts of their digits', async () => {
    player.until('2026-02-02T07:00:00.000Z')
    await player.play('ledger.cutPeriod', { entityId, period: '2026-01' }, 'cut')
    const closed = async () => {
      const { rows } = await program.readModels.query<{ agrees: boolean; journals: object[] }>(
        `select agrees, journals from ${schemaOf(ledgerTables)}.period where state = 'closed'`,
      )
      return rows
    }
    await expect.poll(closed, { timeout: 10_000 }).toMatchObject([
      {
        agrees: true,
        journals: [{ journal: 'BQ', entries: 200, debit: '20000000000000000', credit: '20000000000000000' }],
      },
    ])
    expect(program.faults).toStrictEqual([])
  })

  it('PROTOCOL 25: is found again by who verifies the log', async () => {
    await program.caughtUp()
    const { databaseUrl, log, vault } = program
    const readModels = { databaseUrl, projections, reveal: vault.reveal.bind(vault, log.id) }
    const verification = await verify({ store: log.store, codec: log.codec, vault, readModels })
    expect(verification.findings).toStrictEqual([])
  })
})
