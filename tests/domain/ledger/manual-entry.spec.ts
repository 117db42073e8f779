import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decide, manualEntry } from '../../../domain/ledger/manual-entry.ts'
import { ManualEntryReversed, ManualEntryValidated } from '../../../domain/ledger/manual-entry.events.ts'
import type { ManualEntryEvent } from '../../../domain/ledger/manual-entry.events.ts'
import { text } from '../../../domain/shared/values.ts'
import { specFor } from '../../support/spec.ts'
import { ENTITY, books } from './books.ts'

const given = specFor(manualEntry)
const entryId = '01932f0c-0000-7000-8000-0000000000c9'
const content = {
  journal: 'OD',
  accountingDate: '2026-11-30',
  documentDate: '2026-11-28',
  documentReference: 'LOYER 11',
  label: 'Loyer',
  lines: [
    { account: '6132', label: 'Loyer', side: 'debit' as const, amount: 1200_00n, axes: { department: 'A' } },
    { account: '512', label: 'Loyer', side: 'credit' as const, amount: 1200_00n },
  ],
}
const unbalanced = { ...content, lines: content.lines.slice(0, 1) }
const header = { entityId: ENTITY, currency: 'EUR' }
const entry = { ...header, ...content, rule: { id: 'manual', version: 1 } }
const drafted = {
  type: 'ledger.ManualEntryDrafted',
  data: { entryId, entityId: ENTITY, ...content },
} as const
const draftedBadly = {
  type: 'ledger.ManualEntryDrafted',
  data: { entryId, entityId: ENTITY, ...unbalanced },
} as const
const changed = { type: 'ledger.ManualEntryDraftChanged', data: { entryId, ...content } } as const
const cancelled = {
  type: 'ledger.ManualEntryDraftCancelled',
  data: { entryId, explanation: 'Doublon' },
} as const
const validated = {
  type: 'ledger.ManualEntryValidated',
  data: { entryId, entityId: ENTITY, journalEntry: entry },
} as const
const reversed: ManualEntryEvent = {
  type: 'ledger.ManualEntryReversed',
  data: {
    entryId,
    entityId: ENTITY,
    explanation: 'Erreur',
    reversedOn: '2026-12-01',
    original: entry,
    journalEntry: {
      ...entry,
      accountingDate: '2026-12-01',
      documentDate: '2026-12-01',
      label: 'Extourne Loyer',
      rule: { id: 'reversal', version: 1 },
      corrects: { stream: `manualEntry-${entryId}`, revision: 2, documentReference: 'LOYER 11' },
      lines: [
        { ...content.lines[0]!, side: 'credit' as const, label: 'Extourne Loyer' },
        { ...content.lines[1]!, side: 'debit' as const, label: 'Extourne Loyer' },
      ],
    },
  },
}
const validate = decide.validate({ chart: books, currency: 'EUR', today: '2026-11-30' })

describe('draft', () => {
  it('may be unbalanced', () => given().when(decide.draft(draftedBadly.data)).then(draftedBadly))
  it('is heard once', () => given(drafted).when(decide.draft(drafted.data)).thenNothing())
  it('is not overwritten by another of its id', () =>
    given(drafted).when(decide.draft(draftedBadly.data)).thenRejects({ code: 'MANUAL_ENTRY_ALREADY_EXISTS' }))
  it('does not tell another legal entity what became of an entry', () => {
    for (const past of [
      [drafted, cancelled],
      [drafted, validated],
    ])
      given(...past)
        .when(decide.draft({ ...drafted.data, entityId: entryId }))
        .thenRejects({ code: 'MANUAL_ENTRY_ALREADY_EXISTS' })
  })
})

describe('change and cancel', () => {
  it('change a draft', () => {
    given(draftedBadly).when(decide.change(content)).then(changed)
    given(draftedBadly, changed).when(decide.change(content)).thenNothing()
  })
  it('cancel a draft once', () => {
    given(drafted).when(decide.cancel('Doublon')).then(cancelled)
    given(drafted, cancelled).when(decide.cancel('Doublon')).thenNothing()
  })
  it.each([
    ['nothing', [], 'MANUAL_ENTRY_NOT_FOUND'],
    ['a validated entry', [drafted, validated], 'MANUAL_ENTRY_ALREADY_VALIDATED'],
  ] as const)('refuse %s', (_, past, code) => {
    given(...past)
      .when(decide.change(content))
      .thenRejects({ code })
    given(...past)
      .when(decide.cancel('x'))
      .thenRejects({ code })
  })
  it('refuse a cancelled draft', () => {
    given(drafted, cancelled).when(decide.change(content)).thenRejects({ code: 'MANUAL_ENTRY_CANCELLED' })
    given(drafted, cancelled).when(validate).thenRejects({ code: 'MANUAL_ENTRY_CANCELLED' })
    given(drafted, cancelled).when(decide.draft(drafted.data)).thenRejects({ code: 'MANUAL_ENTRY_CANCELLED' })
  })
})

describe('validate', () => {
  it('carries the entry as it was written', () => given(draftedBadly, changed).when(validate).then(validated))
  it('is heard once', () => given(drafted, validated).when(validate).thenNothing())
  it('refuses what the books do not accept', () =>
    given(draftedBadly).when(validate).thenRejects({ code: 'ENTRY_TOO_FEW_LINES', lines: 1 }))
  it.each([
    ['2026-12-31', '2026-12-31', '2026-12-31'],
    ['2026-12-31', '2027-01-01', '2026-12-31'],
    ['2026-11-15', '2026-11-30', '2026-11-30'],
    ['2026-11-15', '2026-12-01', '2026-11-30'],
  ])(
    'an entry of %s takes a document of %s where that is not after %s',
    (accountingDate, documentDate, latest) => {
      const ahead = { type: drafted.type, data: { ...drafted.data, accountingDate, documentDate } }
      const result = validate(given(ahead).state())
      if (documentDate <= latest) expect(E.isRight(result)).toBe(true)
      else expect(result).toStrictEqual(E.left({ code: 'DOCUMENT_DATE_TOO_LATE', documentDate, latest }))
    },
  )
  it('refuses what is not there', () =>
    given().when(validate).thenRejects({ code: 'MANUAL_ENTRY_NOT_FOUND' }))
})

describe('reverse', () => {
  const reverse = decide.reverse('2026-12-01', 'Erreur')
  it('names the event it corrects by its place', () =>
    given(draftedBadly, changed, validated).when(reverse).then(reversed))
  it('happens once', () => {
    given(draftedBadly, changed, validated, reversed).when(reverse).thenNothing()
    given(draftedBadly, changed, validated, reversed)
      .when(decide.reverse('2026-12-02', 'Erreur'))
      .thenRejects({ code: 'MANUAL_ENTRY_ALREADY_REVERSED', reversedOn: '2026-12-01' })
  })
  it('does not come before the entry', () =>
    given(drafted, validated)
      .when(decide.reverse('2026-11-29', 'x'))
      .thenRejects({ code: 'REVERSED_BEFORE_ENTRY', accountingDate: '2026-11-30' }))
  it('needs a validated entry', () => {
    given().when(reverse).thenRejects({ code: 'MANUAL_ENTRY_NOT_FOUND' })
    given(drafted).when(reverse).thenRejects({ code: 'MANUAL_ENTRY_NOT_VALIDATED' })
  })
})

it('has no history that could not happen', () => {
  expect(() => given(validated).state()).toThrow('impossible')
  expect(() => given(drafted, reversed).state()).toThrow('impossible')
})

describe('the law of reversal', () => {
  /** As long as a label may be, so that what stands before it pushes its end out, whatever that end is. */
  const anyLabel = fc
    .tuple(fc.nat(200), fc.constantFrom('a', 'é', ' b', '😀', '👩‍👩‍👧'))
    .map(([lead, sign]) => 'a'.repeat(lead) + sign.repeat((200 - lead) / sign.length))
    .filter(label => text(200).safeParse(label).success)

  it('every entry that can be validated can be reversed', () =>
    fc.assert(
      fc.property(anyLabel, anyLabel, (label, ofLine) => {
        const lines = content.lines.map(line => ({ ...line, label: ofLine }))
        const data = { entryId, entityId: ENTITY, journalEntry: { ...entry, label, lines } }
        expect(() => z.encode(ManualEntryValidated.data, data)).not.toThrow()
        const state = given(drafted, { ...validated, data }).state()
        const decision = decide.reverse('2026-12-01', 'Erreur')(state)
        if (E.isLeft(decision)) throw new Error(decision.left.code)
        for (const event of decision.right)
          expect(() => z.encode(ManualEntryReversed.data, event.data as never)).not.toThrow()
      }),
    ))
})
