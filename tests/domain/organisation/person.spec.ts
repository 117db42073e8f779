import { describe, expect, it } from 'vitest'
import { decide, person, type ErasureFacts, type PersonalKey } from '../../../domain/organisation/person.ts'
import type { PersonEvent } from '../../../domain/organisation/person.events.ts'
import { RETENTION_RULES, retainedUntil, retentionRule } from '../../../domain/organisation/retention.ts'
import { PURPOSES } from '../../../domain/shared/protected.ts'
import { specFor } from '../../support/spec.ts'

const given = specFor(person)
const personId = '01932f0c-0000-7000-8000-000000000001'
const key = (end: string, purpose: PersonalKey['purpose'], lastUsedAt: string): PersonalKey => ({
  keyId: `01932f0c-0000-7000-8000-0000000000${end}`,
  purpose,
  lastUsedAt: `${lastUsedAt}T10:00:00.000Z`,
})
const prospect = key('a1', 'prospecting', '2020-05-04')
const oldContract = key('b1', 'contract', '2018-05-04')
const contract = key('b2', 'contract', '2024-05-04')
const accounts = key('c1', 'accounting', '2024-05-04')
const account = key('d1', 'account', '2016-05-04')

const facts = (...keys: PersonalKey[]): ErasureFacts => ({
  keys,
  leftOn: undefined,
  isActiveUser: false,
  today: '2026-11-22',
})
const explanation = 'asked for by letter'
const erased = (
  data: Partial<Extract<PersonEvent, { type: 'organisation.PersonErased' }>['data']>,
): PersonEvent => ({
  type: 'organisation.PersonErased',
  data: { personId, keyIds: [], purposes: [], kept: [], copies: [], explanation, ...data },
})
const erase = (purposes: (typeof PURPOSES)[number][], known: ErasureFacts) =>
  decide.erase({ personId, purposes, explanation }, known)

describe('PROTOCOL 28: an erasure', () => {
  it('names exactly the keys whose retention is over, and says until when the others are kept', () =>
    given()
      .when(erase(['prospecting', 'contract', 'accounting'], facts(prospect, contract, accounts)))
      .then(
        erased({
          keyIds: [prospect.keyId],
          purposes: ['prospecting'],
          kept: [
            { purpose: 'contract', until: '2029-05-04' },
            { purpose: 'accounting', until: '2035-05-04' },
          ],
        }),
      ))

  it('takes only the purposes asked for', () =>
    given()
      .when(erase(['contract'], facts(prospect, oldContract)))
      .then(erased({ keyIds: [oldContract.keyId], purposes: ['contract'] })))

  it('counts a purpose from its newest fact: no key of it goes before', () =>
    given()
      .when(erase(['contract'], facts(oldContract, contract)))
      .thenRejects({ code: 'RETENTION_NOT_OVER', kept: [{ purpose: 'contract', until: '2029-05-04' }] }))

  it('is refused where nothing may go yet', () =>
    given()
      .when(erase(['accounting'], facts(accounts)))
      .thenRejects({ code: 'RETENTION_NOT_OVER', kept: [{ purpose: 'accounting', until: '2035-05-04' }] }))

  it('is possible on the very day the retention ends', () => {
    const on = (today: string) => ({ ...facts(contract), today })
    given()
      .when(erase(['contract'], on('2029-05-03')))
      .thenRejects({ code: 'RETENTION_NOT_OVER', kept: [{ purpose: 'contract', until: '2029-05-04' }] })
    given()
      .when(erase(['contract'], on('2029-05-04')))
      .then(erased({ keyIds: [contract.keyId], purposes: ['contract'] }))
  })

  it('adds nothing when heard twice, and erases again the person who came back', () => {
    const past = erased({ keyIds: [prospect.keyId], purposes: ['prospecting'] })
    given(past)
      .when(erase(['prospecting'], facts(prospect)))
      .thenNothing()
    const again = key('a2', 'prospecting', '2022-01-01')
    given(past)
      .when(erase(['prospecting'], facts(again)))
      .then(erased({ keyIds: [again.keyId], purposes: ['prospecting'] }))
  })

  it('needs somebody of whom something is kept', () =>
    given()
      .when(erase(['contract'], facts(prospect)))
      .thenRejects({ code: 'PERSON_NOT_FOUND', personId }))

  it('keeps the account of a user while he is one, and six years after', () => {
    given()
      .when(erase(['account'], { ...facts(account), isActiveUser: true }))
      .thenRejects({ code: 'PERSON_STILL_USER', personId })
    given()
      .when(erase(['account'], { ...facts(account), leftOn: '2025-01-31' }))
      .thenRejects({ code: 'RETENTION_NOT_OVER', kept: [{ purpose: 'account', until: '2031-01-31' }] })
    given()
      .when(erase(['account'], { ...facts(account), leftOn: '2020-01-31' }))
      .then(erased({ keyIds: [account.keyId], purposes: ['account'] }))
  })
})

describe('PROTOCOL 30: exports', () => {
  const data = { personId, purposes: ['contract' as const], recipient: 'OPCO', what: 'contacts of 2026' }
  const exported: PersonEvent = { type: 'organisation.PersonalDataExported', data }
  it('are written down', () => given().when(decide.recordExport(data)).then(exported))
  it('are listed by an erasure, each once: who holds copies must be told', () =>
    given(exported, exported)
      .when(erase(['contract'], facts(oldContract)))
      .then(
        erased({
          keyIds: [oldContract.keyId],
          purposes: ['contract'],
          copies: [{ recipient: 'OPCO', what: 'contacts of 2026' }],
        }),
      ))
})

describe('retention', () => {
  it('has a rule with its source for each purpose', () => {
    for (const purpose of PURPOSES) expect(retentionRule(purpose, '2026-11-22').source).toBeTruthy()
    expect(new Set(RETENTION_RULES.map(rule => rule.purpose))).toEqual(new Set(PURPOSES))
  })
  it('is counted in France, from the day of the fact there', () =>
    expect(
      retainedUntil(retentionRule('contract', '2026-11-22'), '2026-12-31T23:30:00.000Z', undefined),
    ).toBe('2032-01-01'))
  it('does not begin before a rule does', () =>
    expect(() => retentionRule('contract', '1899-12-31')).toThrow('impossible'))
})
