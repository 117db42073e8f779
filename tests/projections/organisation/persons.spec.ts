import { afterEach, beforeEach, expect, it } from 'vitest'
import { projections } from '../../../projections/all.ts'
import { schemaOf } from '../../../projections/definition.ts'
import type { Reveal } from '../../../projections/definition.ts'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import { customers } from '../../../projections/commerce/customers.ts'
import { persons } from '../../../projections/organisation/persons.ts'
import { users } from '../../../projections/organisation/users.ts'
import { appendFacts } from '../support/append-facts.ts'
import { codec, id } from '../support/facts.ts'
import type { Fact } from '../support/facts.ts'
import { openReadSide } from '../support/read-side.ts'
import { protectedTest, revealTest } from '../support/reveal.ts'
import type { ReadSide } from '../support/read-side.ts'
import { query } from '../support/read-model.ts'

const erasedKeys = new Set<string>()
const reveal: Reveal = async fields => {
  const texts = await revealTest(fields)
  return fields.map(({ value }, i) =>
    erasedKeys.has(value.$protected.split('.')[1] ?? '') ? { erased: 'contract' } : (texts[i] as string),
  )
}
const KEY = '00000000-0000-4000-8000-00000000000b'
const nancy = id('nancy')
const registered: Fact = {
  stream: `user-${nancy}`,
  event: {
    type: 'organisation.UserRegistered',
    data: {
      userId: nancy,
      kind: 'human',
      person: { personId: nancy, login: protectedTest('nancy'), name: protectedTest('Nancy Davolio') },
      grants: [{ role: 'sales', entityId: 'all' }],
    },
  },
}
const customer: Fact = {
  stream: `customer-${id('c')}`,
  event: {
    type: 'commerce.CustomerRegistered',
    data: {
      customerId: id('c'),
      code: 'VINET',
      party: { kind: 'company', name: 'Vins et alcools', address: { city: 'Reims', country: 'FR' } },
      currency: 'EUR',
      contacts: [
        { personId: nancy, name: protectedTest('Nancy D.', KEY), email: protectedTest('n@d.example', KEY) },
      ],
    },
  },
}
const erased: Fact = {
  stream: `person-${nancy}`,
  event: {
    type: 'organisation.PersonErased',
    data: {
      personId: nancy,
      keyIds: [KEY],
      purposes: ['contract'],
      kept: [],
      copies: [],
      explanation: 'asked for',
    },
  },
}

let side: ReadSide
beforeEach(async () => {
  erasedKeys.clear()
  side = await openReadSide([persons, users, customers], reveal)
})
afterEach(() => side.close())

const personRows = (schema = schemaOf(persons)) =>
  query(side.url, `select purpose, name, login, email from ${schema}.person order by purpose`)

it('the person table holds clear text by person and purpose; other tables hold the id alone', async () => {
  await appendFacts(side.store, [registered, customer])
  await side.reach(2)
  expect(await personRows()).toEqual([
    { purpose: 'account', name: 'Nancy Davolio', login: 'nancy', email: null },
    { purpose: 'contract', name: 'Nancy D.', login: null, email: 'n@d.example' },
  ])
  const [row] = await query<{ all: string }>(
    side.url,
    `select (select string_agg(t::text, ' ') from ${schemaOf(customers)}.customer_contact t)
         || (select string_agg(t::text, ' ') from users_v2.user t) as all`,
  )
  expect(row?.all).toContain(nancy)
  expect(row?.all).not.toMatch(/nancy d|davolio|example/i)
})

it('PROTOCOL 30: an erased person goes from every version and every scratch build, for the purposes erased', async () => {
  await appendFacts(side.store, [registered, customer])
  await side.reach(2)
  // An older version that no program feeds any more, and what a killed rebuild left.
  const older = { ...persons, version: 7 }
  await rebuild({ databaseUrl: side.url, store: side.store, codec, projections: [older], reveal })
  await query(
    side.url,
    `create schema persons_v8_scratch; create table persons_v8_scratch.person as table persons_v7.person`,
  )
  erasedKeys.add(KEY)
  await appendFacts(side.store, [erased])
  await side.reach(3)
  const left = [{ purpose: 'account', name: 'Nancy Davolio', login: 'nancy', email: null }]
  expect(await personRows()).toEqual(left)
  expect(await personRows('persons_v7')).toEqual(left)
  expect(await personRows('persons_v8_scratch')).toEqual(left)
})

it('PROTOCOL 30: by person and purpose; no other projection is given a clear text, though it sees the same events', async () => {
  expect(projections.filter(({ readsPersonalData }) => readsPersonalData)).toEqual([persons])
  expect(persons.tables.map(({ key }) => key)).toEqual([['person_id', 'purpose']])
  await appendFacts(side.store, [registered, customer])
  const asked: string[] = []
  const listening: Reveal = fields => {
    asked.push(...fields.map(({ field }) => field))
    return reveal(fields)
  }
  const others = projections.filter(projection => projection !== persons)
  const common = { databaseUrl: side.url, store: side.store, codec, reveal: listening }
  await rebuild({ ...common, projections: others })
  expect(asked).toEqual([])
  await rebuild({ ...common, projections: [persons] })
  expect(asked.length).toBeGreaterThan(0)
})

it('PROTOCOL 28: what is rebuilt after an erasure is what stood live', async () => {
  await appendFacts(side.store, [registered, customer])
  await side.reach(2)
  erasedKeys.add(KEY)
  await appendFacts(side.store, [erased])
  await side.reach(3)
  const report = await side.rebuildAll()
  expect(report.projections.map(p => p.differences)).toEqual([[], [], []])
})
