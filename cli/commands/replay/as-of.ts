import { projections } from '../../../projections/all.ts'
import type { Row } from '../../../projections/definition.ts'
import { invoiceAsOf, partyAsOf, rowsAsOf, trialBalanceAsOf } from '../../../replay/as-of.ts'
import type { Cut, Source } from '../../../replay/cut.ts'
import { customerIdOf, entityIdOf, invoiceIdOf } from '../../../replay/names.ts'
import { tableNamed } from '../../../replay/named-figures.ts'
import type { Context } from '../../context.ts'
import type { Language } from '../../language.ts'
import { money } from '../../money.ts'
import { asFailure, conditionsFrom, cutOf, monthsOf, needed, understood } from './arguments.ts'
import { openReplay } from './source.ts'
import { cells, standing, table } from './texts.ts'

export interface AsOfOptions {
  readonly log?: string
  readonly entity?: string
  readonly from?: string
  readonly to?: string
}

/**
 * `grandlivre replay as-of <when> trial-balance | customer <code> | invoice <number> | <projection>.<table> column=value…`
 */
export const runAsOf = async (
  context: Context,
  when: string,
  subject: readonly string[],
  options: AsOfOptions,
): Promise<void> => {
  const cut = cutOf(when)
  const months = monthsOf(options)
  const source = await openReplay(context, { command: 'replay as-of', log: options.log })
  await asFailure(() => printState(context, source, subject, { cut, months, entity: options.entity }))
}

interface Asked {
  readonly cut: Cut
  readonly months: { readonly from: string; readonly to: string }
  readonly entity: string | undefined
}

const printState = async (
  context: Context,
  source: Source,
  [subject = '', ...rest]: readonly string[],
  { cut, months, entity }: Asked,
): Promise<void> => {
  const { language } = context
  const amount = (cents: bigint): string => money(language, cents)
  const name = needed(subject === 'customer' || subject === 'invoice', rest[0], subject)
  switch (subject) {
    case 'trial-balance': {
      const entityId = understood(await entityIdOf(source, entity), '--entity', entity)
      const result = await trialBalanceAsOf(source, { entityId, ...months }, cut)
      const lines = result.answer.lines.map(l => [
        l.account,
        l.label,
        ...[l.opening, l.debit, l.credit, l.closing].map(amount),
      ])
      const { opening, debit, credit, closing } = result.answer
      const total = ['', '', ...[opening, debit, credit, closing].map(amount)]
      const headings = context.text({ en: HEADINGS.en.join('\t'), fr: HEADINGS.fr.join('\t') }).split('\t')
      context.print(result, `${standing(context, result)}\n${table(headings, [...lines, total])}`)
      return
    }
    case 'customer': {
      const id = understood(await customerIdOf(source, name), 'customer', name)
      const result = await partyAsOf(source, id, cut)
      const { balances, openItems, movements } = result.answer
      const parts = [balances, openItems, movements].map(rows => rowsText(language, rows))
      context.print(result, [standing(context, result), ...parts].join('\n\n'))
      return
    }
    case 'invoice': {
      const id = understood(await invoiceIdOf(source, name), 'invoice', name)
      const result = await invoiceAsOf(source, id, cut)
      const { invoice, lines } = result.answer
      context.print(
        result,
        [standing(context, result), recordText(language, invoice), rowsText(language, lines)].join('\n\n'),
      )
      return
    }
    default: {
      const result = await rowsAsOf(source, tableNamed(projections, subject), conditionsFrom(rest), cut)
      context.print(result, `${standing(context, result)}\n${rowsText(language, result.answer)}`)
    }
  }
}

const HEADINGS = {
  en: ['Account', 'Label', 'Opening', 'Debit', 'Credit', 'Closing'],
  fr: ['Compte', 'Libellé', 'Ouverture', 'Débit', 'Crédit', 'Solde'],
} as const

const rowsText = (language: Language, rows: readonly Row[]): string => {
  const written = rows.map(row => cells(language, row))
  const headings = (written[0] ?? []).map(([column]) => column)
  return table(
    headings,
    written.map(row => row.map(([, value]) => value)),
  )
}

const recordText = (language: Language, row: Row | undefined): string =>
  cells(language, row ?? {})
    .map(([column, value]) => `${column}: ${value}`)
    .join('\n')
