import type { ControlTotals } from '../integrations/import/control.ts'
import type { Profile } from '../integrations/import/profile.ts'
import type { Business } from '../integrations/import/read-business.ts'
import type { Comparison } from '../integrations/import/reconcile.ts'
import { describeRejects } from '../integrations/import/rejects.ts'
import type { Reject } from '../integrations/import/rejects.ts'
import type { Context } from './context.ts'
import type { Sentence } from './failure.ts'
import type { ImportResult } from './import-run.ts'
import { money } from './money.ts'

/** What an import says at its end: to a program as JSON, amounts in cents; to a person as a table. */

const filesJson = (
  { language }: Pick<Context, 'language'>,
  { profile }: Profile,
  { rows }: Business,
  rejects: readonly Reject[],
) => ({ profile, rows, rejects: describeRejects(rejects, language) })

/** What a dry run says: what was read, and what an import would have to agree with. */
export const dryRunJson = (
  context: Context,
  profile: Profile,
  business: Business,
  totals: ControlTotals,
) => ({
  dryRun: true,
  ...filesJson(context, profile, business, business.rejects),
  totals: totalsJson(totals),
})

const totalsJson = ({ customers, years, ...counts }: ControlTotals) => ({
  ...counts,
  years: years.map(({ year, invoices, ...amounts }) => ({
    year,
    invoices,
    ...Object.fromEntries(Object.entries(amounts).map(([name, cents]) => [name, Number(cents)])),
  })),
  customers: customers.size,
})

export const resultJson = (context: Context, profile: Profile, business: Business, result: ImportResult) => ({
  ...filesJson(context, profile, business, result.rejects),
  interrupted: result.interrupted,
  totals: totalsJson(result.totals),
  closed: result.closed,
  agrees: !result.interrupted && result.comparisons.every(c => c.source === c.books),
  comparisons: result.comparisons.map(({ figure, of, unit, source, books }) => ({
    figure,
    ...(of !== '' && { of }),
    unit,
    source: Number(source),
    books: Number(books),
    difference: Number(books - source),
  })),
})

const shown = (context: Context, value: bigint, unit: Comparison['unit']): string =>
  unit === 'count' ? value.toLocaleString(context.language) : money(context.language, value)

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map(row => row[i]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return rows.map(line).join('\n')
}

export const resultText = (context: Context, { comparisons, closed, interrupted }: ImportResult): string => {
  const { text } = context
  if (interrupted)
    return text({ en: 'Interrupted; start again to go on.', fr: 'Interrompu ; relancez pour continuer.' })
  const header = [
    text({ en: 'Figure', fr: 'Montant' }),
    '',
    text({ en: 'Files', fr: 'Fichiers' }),
    text({ en: 'Books', fr: 'Livres' }),
    '',
  ]
  const rows = comparisons.map(({ label, of, unit, source, books }) => [
    text(label),
    of,
    shown(context, source, unit),
    shown(context, books, unit),
    source === books ? '' : '≠',
  ])
  const months: Sentence = {
    en: `Closed for ever: ${closed[0]} to ${closed.at(-1)}.`,
    fr: `Clôturés définitivement : de ${closed[0]} à ${closed.at(-1)}.`,
  }
  return table([header, ...rows]) + (closed.length > 0 ? `\n${text(months)}` : '')
}

export const dryRunText = (context: Context, { rows }: Business, totals: ControlTotals): string => {
  const { text } = context
  const files = Object.entries(rows).map(([file, count]) => [
    file,
    '',
    shown(context, BigInt(count), 'count'),
  ])
  const years = totals.years.flatMap(({ year, invoices, net, vat }) => [
    [text({ en: 'Invoices', fr: 'Factures' }), year, shown(context, BigInt(invoices), 'count')],
    [text({ en: 'Net', fr: 'Total HT' }), year, shown(context, net, 'cents')],
    [text({ en: 'VAT', fr: 'TVA' }), year, shown(context, vat, 'cents')],
  ])
  const nothing = text({ en: 'Nothing was added.', fr: 'Rien n’a été ajouté.' })
  return `${table([...files, ...years])}\n${nothing}`
}
