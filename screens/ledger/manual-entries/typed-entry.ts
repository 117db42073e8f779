import type { BalancedLine } from '../../../domain/ledger/entry-balance.ts'
import type { Commands } from '../../api/generated.ts'
import { given, whole } from '../../forms/input.ts'
import type { Line, Values } from '../../forms/input.ts'

/** An entry as it is typed, and the command's input that it makes. */

export type DraftInput = Commands['ledger.draftManualEntry']
export type DraftLine = DraftInput['lines'][number]

/** What is typed of a line. Amounts in minor units, on the one side or the other. */
export interface TypedLine {
  readonly account?: string
  /** Kind of third party that the account asks for. */
  readonly asks?: string | undefined
  readonly label?: string | undefined
  readonly partyId?: string | undefined
  readonly partyCode?: string | undefined
  readonly dueOn?: string | undefined
  readonly debit?: number | undefined
  readonly credit?: number | undefined
  readonly axes?: string | undefined
  /** What the line says besides, of what is not typed here: it is kept as it was. */
  readonly kept?: Omit<DraftLine, 'account' | 'label' | 'side' | 'amount' | 'dueOn' | 'axes'>
}

export const typedLines = (values: Values): readonly TypedLine[] =>
  (values['lines'] ?? []) as readonly TypedLine[]

/** A line on which nothing was typed that would mean anything. */
export const isEmpty = ({ account, debit, credit, partyId, dueOn, axes }: TypedLine): boolean =>
  (account ?? debit ?? credit ?? partyId ?? dueOn ?? axes) === undefined

/** The amounts typed so far: what the balance is computed of, as in the decision. */
export const amountsOf = (lines: readonly TypedLine[]): readonly BalancedLine[] =>
  lines.flatMap(({ debit, credit }): readonly BalancedLine[] => {
    if (debit !== undefined) return [{ side: 'debit', amount: BigInt(debit) }]
    return credit === undefined ? [] : [{ side: 'credit', amount: BigInt(credit) }]
  })

const AXIS = /^\s*([a-z][A-Za-z]{0,29})\s*=\s*(\S(?:.{0,58}\S)?)\s*$/

/**
 * Axes as typed: `project=ALPHA; department=consulting`.
 * @returns undefined where it cannot be read so
 */
export const parseAxes = (typed: string): Readonly<Record<string, string>> | undefined => {
  const parts = typed.split(';').filter(part => part.trim() !== '')
  const read = parts.map(part => AXIS.exec(part))
  if (read.includes(null)) return undefined
  return Object.fromEntries(read.map(match => [match?.[1] ?? '', match?.[2] ?? '']))
}

export const writeAxes = (axes: Readonly<Record<string, string>> = {}): string | undefined =>
  Object.entries(axes)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ') || undefined

const auxiliaryOf = ({ asks, partyId, partyCode, kept }: TypedLine): DraftLine['auxiliary'] => {
  if (asks === 'customer' && partyId !== undefined && partyCode !== undefined)
    return { kind: 'customer', id: partyId, code: partyCode }
  return kept?.auxiliary?.kind === asks && asks !== 'customer' ? kept?.auxiliary : undefined
}

const lineOf = (line: TypedLine, entryLabel: string): DraftLine | undefined => {
  const { account, label, debit, credit, dueOn, axes = '' } = line
  const read = parseAxes(axes)
  const needed = whole({
    account,
    label: label?.trim() || entryLabel,
    side: debit === undefined ? ('credit' as const) : ('debit' as const),
    amount: debit ?? credit,
    axes: read,
  })
  if (!needed) return undefined
  const { axes: written, ...rest } = needed
  const { auxiliary: _, ...kept } = line.kept ?? {}
  return {
    ...kept,
    ...rest,
    ...given({ auxiliary: auxiliaryOf(line), dueOn }),
    ...(Object.keys(written).length > 0 && { axes: written }),
  }
}

/** What the draft says; undefined while something it needs is missing. */
export const draftOf = (values: Values): Omit<DraftInput, 'entryId' | 'entityId'> | undefined => {
  const { journal, accountingDate, documentDate, documentReference, label } = values as Partial<
    Record<string, string>
  >
  const said = label?.trim()
  const lines = typedLines(values)
    .filter(line => !isEmpty(line))
    .map(line => lineOf(line, said ?? ''))
  return whole({
    journal,
    accountingDate,
    documentDate: documentDate ?? accountingDate,
    documentReference: documentReference?.trim() || undefined,
    label: said || undefined,
    lines: lines.includes(undefined) ? undefined : lines.filter(line => line !== undefined),
  })
}

/** A line of a draft, ready to be typed into. */
export const typedOf = (line: DraftLine, asks: string | undefined): TypedLine => {
  const { account, label, side, amount, dueOn, axes, ...kept } = line
  return {
    account,
    label,
    ...given({
      asks,
      partyId: kept.auxiliary?.id,
      partyCode: kept.auxiliary?.code,
      dueOn,
      axes: writeAxes(axes),
    }),
    [side]: amount,
    kept,
  }
}

/** As a form has its lines. */
export const asLines = (lines: readonly TypedLine[]): readonly Line[] => lines as readonly Line[]
