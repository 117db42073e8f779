import type { EntryLine, JournalEntry } from '../../shared/journal-entry.ts'
import { beginningOf } from '../../shared/values.ts'
import type { Day } from '../../shared/values.ts'
import { frozenEntry } from '../journal-entry.ts'
import { onOtherSide } from './lines.ts'

/**
 * Reversal, version 1: the same lines on the other side, on its own day, naming what it corrects. Tax points stay:
 * what a return already declared is put right in the next one (PROTOCOL 26).
 */

export interface ReversalFacts {
  readonly original: JournalEntry
  readonly reversedOn: Day
  /** Where the event that carries the original stands. */
  readonly corrects: Readonly<Pick<NonNullable<JournalEntry['corrects']>, 'stream' | 'revision'>>
}

export const reversalRule = { id: 'reversal', version: 1 } as const

export const reversalEntry = ({ original, reversedOn, corrects }: ReversalFacts): JournalEntry => {
  const { entityId, journal, documentReference, currency } = original
  return frozenEntry({
    entityId,
    journal,
    accountingDate: reversedOn,
    documentDate: reversedOn,
    documentReference,
    label: labelOf(original.label),
    currency,
    rule: reversalRule,
    corrects: { stream: corrects.stream, revision: corrects.revision, documentReference },
    lines: original.lines.map(reversed),
  })
}

/** The stored label holds 200 characters. */
const labelOf = (label: string): string => beginningOf(`Extourne ${label}`, 200).trimEnd()

const reversed = (line: EntryLine): EntryLine => ({ ...onOtherSide(line), label: labelOf(line.label) })
