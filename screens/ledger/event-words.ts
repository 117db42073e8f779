import type { EventWords } from '../documents/declaration.ts'
import type { Formats } from '../words/formats.ts'
import { dictionary } from '../words/words.ts'

const words = dictionary('ledger.events', {
  drafted: {
    fr: 'Écriture préparée au {{day}}, journal {{journal}}, {{lines}} ligne(s)',
    en: 'Entry drafted for {{day}}, journal {{journal}}, {{lines}} line(s)',
  },
  draftChanged: {
    fr: 'Écriture modifiée : {{day}}, journal {{journal}}, {{lines}} ligne(s)',
    en: 'Entry changed: {{day}}, journal {{journal}}, {{lines}} line(s)',
  },
  draftCancelled: { fr: 'Écriture abandonnée', en: 'Entry cancelled' },
  validated: {
    fr: 'Écriture validée au {{day}}, journal {{journal}}',
    en: 'Entry validated for {{day}}, journal {{journal}}',
  },
  reversed: { fr: 'Écriture extournée le {{day}}', en: 'Entry reversed on {{day}}' },
  locked: {
    fr: 'Journal {{journal}} verrouillé pour {{month}}',
    en: 'Journal {{journal}} locked for {{month}}',
  },
  unlocked: {
    fr: 'Journal {{journal}} déverrouillé pour {{month}}',
    en: 'Journal {{journal}} unlocked for {{month}}',
  },
  cut: {
    fr: '{{month}} arrêté : plus rien ne s’y comptabilise, jamais',
    en: '{{month}} cut: nothing posts into it any more, ever',
  },
  closed: {
    fr: '{{month}} clôturé, avec ses totaux et ses empreintes',
    en: '{{month}} closed, with its totals and digests',
  },
})

interface Said {
  readonly journal?: string
  readonly accountingDate?: string
  readonly reversedOn?: string
  readonly period?: string
  readonly lines?: readonly unknown[]
  readonly journalEntry?: { readonly journal: string; readonly accountingDate: string }
}

const draftOf = ({ accountingDate, journal = '', lines = [] }: Said, f: Formats) => ({
  day: accountingDate === undefined ? '' : f.day(accountingDate),
  journal,
  lines: lines.length,
})

const monthOf = ({ period, journal = '' }: Said, f: Formats) => ({
  month: period === undefined ? '' : f.month(period),
  journal,
})

/** What happens to entries by hand and to the months of the books, in words. */
export const ledgerEvents: EventWords = {
  'ledger.ManualEntryDrafted': (data: Said, f) => [words.drafted, draftOf(data, f)],
  'ledger.ManualEntryDraftChanged': (data: Said, f) => [words.draftChanged, draftOf(data, f)],
  'ledger.ManualEntryDraftCancelled': () => [words.draftCancelled],
  'ledger.ManualEntryValidated': ({ journalEntry = {} as never }: Said, f) => [
    words.validated,
    draftOf(journalEntry, f),
  ],
  'ledger.ManualEntryReversed': ({ reversedOn }: Said, f) => [
    words.reversed,
    { day: reversedOn === undefined ? '' : f.day(reversedOn) },
  ],
  'ledger.JournalLocked': (data: Said, f) => [words.locked, monthOf(data, f)],
  'ledger.JournalUnlocked': (data: Said, f) => [words.unlocked, monthOf(data, f)],
  'ledger.PeriodCut': (data: Said, f) => [words.cut, monthOf(data, f)],
  'ledger.PeriodClosed': (data: Said, f) => [words.closed, monthOf(data, f)],
}
