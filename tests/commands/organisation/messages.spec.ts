import { describe, expect, it } from 'vitest'
import { organisationSentences } from '../../../commands/organisation/messages.ts'
import type { KeyInUse } from '../../../commands/organisation/unfinished-claims.ts'
import type { PolicyRejection } from '../../../commands/organisation/sign-in-policy.ts'
import type { GrantRejection } from '../../../commands/organisation/users.ts'
import { KEY_KINDS } from '../../../domain/organisation/claim.events.ts'
import type { LegalEntityRejection } from '../../../domain/organisation/legal-entity-decisions.ts'
import type { LogRejection } from '../../../domain/organisation/log.ts'
import type { PersonRejection } from '../../../domain/organisation/person.ts'
import type { UniqueKeyRejection } from '../../../domain/organisation/unique-key.ts'
import type { UserRejection } from '../../../domain/organisation/user.ts'
import { expectSentences, type Samples } from '../../support/sentences.ts'
import { identitySamples } from '../identity-samples.ts'

const id = '01932f0c-0000-7000-8000-000000000011'
const other = '01932f0c-0000-7000-8000-000000000012'
const instant = '2026-11-22T10:00:00.000Z'

const key: Samples<UniqueKeyRejection | KeyInUse> = {
  KEY_TAKEN: { kind: 'login', ownerStream: `user-${id}` },
  KEY_NOT_HELD: { kind: 'login', ownerStream: `user-${id}` },
  KEY_IN_USE: { kind: 'login', ownerStream: `user-${id}` },
}
const log: Samples<LogRejection> = {
  LOG_NOT_OPEN: {},
  LOG_MOVED: { target: 'esdb://journal:2113' },
  LOG_NOT_MOVED: {},
  CLOCK_UNCHANGED: { from: instant },
}
const entity: Samples<LegalEntityRejection> = {
  ...identitySamples,
  LEGAL_ENTITY_NOT_FOUND: {},
  LEGAL_ENTITY_EXISTS: { entityCode: 'NW' },
  LEGAL_ENTITY_ABANDONED: {},
  TIME_ZONE_UNKNOWN: { timeZone: 'Europe/Nowhere' },
  VAT_REGIME_NOT_IN_ORDER: { from: '2026-01-01', last: '2026-07-01' },
  FISCAL_YEAR_EXISTS: { year: '1996' },
  FISCAL_YEAR_ENDS_BEFORE_START: { startsOn: '1996-01-01', endsOn: '1995-12-31' },
  FISCAL_YEAR_TOO_LONG: { endsOn: '1998-12-31', latest: '1997-12-31' },
  FISCAL_YEAR_NOT_CONTIGUOUS: { startsOn: '1997-01-02', expected: '1997-01-01' },
  SERIES_EXISTS: { series: 'F' },
  SERIES_DOCUMENT_TWICE: { document: 'invoice' },
  SERIES_NUMBER_TOO_LONG: { pattern: 'INVOICES-OF-NORTHWIND-{year}-{number:6}', length: 36 },
  SERIES_PATTERN_CLASHES: { pattern: 'F{number:6}', series: 'F' },
  IBAN_INVALID: { iban: 'FR1520041010050500013M02606' },
}
const user: Samples<UserRejection | GrantRejection | PolicyRejection> = {
  USER_NOT_FOUND: {},
  USER_EXISTS: { userId: id },
  USER_ABANDONED: {},
  USER_LEFT: { leftOn: '2026-11-20' },
  USER_IS_NOT_ITS_PERSON: { userId: id, personId: other },
  GRANT_TWICE: { role: 'sales', entityId: id },
  GRANT_BEYOND_OWN: { role: 'sales', entityId: id },
  USER_BEYOND_OWN: { role: 'sales', entityId: id },
  OWN_GRANTS: {},
  OWN_DEPARTURE: {},
  PROGRAM_HAS_NO_PASSWORD: {},
  TOKEN_EXPIRES_IN_PAST: { expiresAt: instant, now: '2026-11-22T11:00:00.000Z' },
  TOKEN_EXISTS: { tokenId: id },
  TOKEN_NOT_FOUND: { tokenId: id },
  INVITATION_EXPIRES_IN_PAST: { expiresAt: instant, now: '2026-11-22T11:00:00.000Z' },
  INVITATION_OVER: {},
  OWN_SECOND_FACTOR: {},
  IDENTITY_LINKED: { issuer: 'https://identity.example.org' },
  IDENTITY_LINK_ENDED: {},
  ONLY_SIGN_IN: {},
  RIGHTS_NOT_FROM_GROUPS: {},
  POLICY_BEYOND_OWN: {},
  DEPARTURE_IN_FUTURE: { leftOn: '2026-11-23', today: '2026-11-22' },
}
const person: Samples<PersonRejection> = {
  PERSON_NOT_FOUND: { personId: id },
  PERSON_STILL_USER: { personId: id },
  RETENTION_NOT_OVER: { kept: [{ purpose: 'accounting', until: '2037-11-22' }] },
}

describe('each refusal of organisation', () => {
  // A kind of key is said by its name, the code itself means nothing to people.
  const { KEY_TAKEN: _taken, KEY_NOT_HELD: _held, KEY_IN_USE: _used, ...told } = organisationSentences
  expectSentences(told, { ...log, ...entity, ...user, ...person })

  it('names every kind of key, in both languages', () => {
    for (const code of ['KEY_TAKEN', 'KEY_NOT_HELD', 'KEY_IN_USE'] as const)
      for (const kind of KEY_KINDS) {
        const sentence = organisationSentences[code]?.({ code, ...key[code], kind } as never)
        expect(sentence?.fr).toMatch(/\(« \w+ »\)/)
        expect(sentence?.en).toMatch(/\("\w+"\)/)
        // Whose key it is concerns those who free one; who meets it is not told the name of a stream.
        if (code !== 'KEY_TAKEN') expect(sentence?.en).toContain(`user-${id}`)
      }
  })

  it('says until when what is kept', () =>
    expect(
      organisationSentences['RETENTION_NOT_OVER']?.({ ...person.RETENTION_NOT_OVER } as never),
    ).toStrictEqual({
      fields: ['purposes'],
      fr: "Champ « purposes » : conservation obligatoire jusqu'au 22/11/2037 (comptabilité).",
      en: 'Field "purposes": kept by law until 2037-11-22 (accounting).',
    }))
})
