import { schemaOf } from '../definition.ts'
import type { Queryable } from '../lists.ts'
import { chart } from './chart.ts'
import { ledger } from './ledger.ts'

const SCHEMA = schemaOf(ledger)

/** What to balance: an entity, a range of months, and perhaps one value of an analytic axis. */
export interface TrialBalanceRequest {
  readonly entityId: string
  /** First and last month, YYYY-MM, inclusive. The fiscal year that the first lies in says where openings begin. */
  readonly from: string
  readonly to: string
  readonly axis?: { readonly name: string; readonly value: string }
  /** As it stood behind this ordinal of the log. */
  readonly asOf?: number
}

/** One account. Opening and closing: debit positive, credit negative, minor units. */
export interface TrialBalanceLine {
  readonly account: string
  readonly label: string
  readonly opening: bigint
  readonly debit: bigint
  readonly credit: bigint
  readonly closing: bigint
  /** True of the line that shows the result of earlier years as long as nobody posted it. */
  readonly notPosted: boolean
}

export interface TrialBalance {
  readonly lines: readonly TrialBalanceLine[]
  readonly opening: bigint
  readonly debit: bigint
  readonly credit: bigint
  readonly closing: bigint
  /** First month of the fiscal year that openings begin with. */
  readonly yearFrom: string
}

/**
 * Movements by account and month: from the balances; by axis from those of the axis; as of an ordinal from the lines
 * themselves. Parameters from $5 on.
 */
const MOVEMENTS = {
  now: `select account, period, debit, credit from ${SCHEMA}.account_period where entity_id = $1 and period <= $3`,
  axis: `select account, period, debit, credit from ${SCHEMA}.axis_period
         where entity_id = $1 and period <= $3 and axis = $5 and value = $6`,
  asOf: `select account, to_char(posted_on, 'YYYY-MM') as period,
           greatest(amount, 0) as debit, greatest(-amount, 0) as credit
         from ${SCHEMA}.entry_line
         where entity_id = $1 and posted_on < ($3 || '-01')::date + interval '1 month' and ordinal <= $5`,
  asOfAxis: `select account, to_char(posted_on, 'YYYY-MM') as period,
           greatest(amount, 0) as debit, greatest(-amount, 0) as credit
         from ${SCHEMA}.entry_line
         where entity_id = $1 and posted_on < ($3 || '-01')::date + interval '1 month'
           and axes ->> $5 = $6 and ordinal <= $7`,
} as const

/**
 * Openings are derived: accounts of classes 1 to 5 carry all that lies before, the others begin again with the year;
 * what 6 and 7 held before the year is the result nobody has posted yet.
 */
const statement = (movements: string): string => `
  select m.account, coalesce(c.label, ''),
    coalesce(sum(debit - credit) filter (where period < $2 and (m.account < '6' or period >= $4)), 0)::text,
    coalesce(sum(debit) filter (where period >= $2), 0)::text,
    coalesce(sum(credit) filter (where period >= $2), 0)::text,
    coalesce(sum(debit - credit) filter (where period < $4 and m.account >= '6' and m.account < '8'), 0)::text
  from (${movements}) m
  left join ${schemaOf(chart)}.account c on c.entity_id = $1 and c.account = m.account
  group by 1, 2 order by 1`

const YEAR = `
  select to_char(starts_on, 'YYYY-MM') from ${SCHEMA}.fiscal_year
  where entity_id = $1 and starts_on < ($2 || '-01')::date + interval '1 month' and ends_on >= ($2 || '-01')::date
  order by starts_on limit 1`

/** First month of the fiscal year that a month lies in; the calendar year where none was opened. */
export const yearStartOf = async (db: Queryable, entityId: string, period: string): Promise<string> => {
  const { rows } = await db.query<[string]>({
    name: 'fiscal-year-of',
    text: YEAR,
    values: [entityId, period],
    rowMode: 'array',
  })
  return rows[0]?.[0] ?? `${period.slice(0, 4)}-01`
}

const sourceOf = ({
  axis,
  asOf,
}: TrialBalanceRequest): readonly [keyof typeof MOVEMENTS, readonly unknown[]] => {
  if (axis && asOf !== undefined) return ['asOfAxis', [axis.name, axis.value, asOf]]
  if (axis) return ['axis', [axis.name, axis.value]]
  return asOf === undefined ? ['now', []] : ['asOf', [asOf]]
}

/** Accounts of the result of the year: of a profit and of a loss (PCG 120, 129). */
const RESULT = { profit: '120', loss: '129' } as const
const RESULT_LABEL = 'Résultat des exercices antérieurs, non comptabilisé'

/** The trial balance, with openings of the year derived and the result before it on a line of its own. */
export const trialBalance = async (db: Queryable, request: TrialBalanceRequest): Promise<TrialBalance> => {
  const { entityId, from, to } = request
  const yearFrom = await yearStartOf(db, entityId, from)
  const [source, more] = sourceOf(request)
  const { rows } = await db.query<string[]>({
    name: `trial-balance-${source}`,
    text: statement(MOVEMENTS[source]),
    values: [entityId, from, to, yearFrom, ...more],
    rowMode: 'array',
  })
  const lines: TrialBalanceLine[] = []
  let resultBefore = 0n
  for (const [account = '', label = '', ...texts] of rows) {
    const [opening = 0n, debit = 0n, credit = 0n, before = 0n] = texts.map(BigInt)
    resultBefore += before
    if (opening !== 0n || debit !== 0n || credit !== 0n)
      lines.push({
        account,
        label,
        opening,
        debit,
        credit,
        closing: opening + debit - credit,
        notPosted: false,
      })
  }
  if (resultBefore !== 0n) insert(lines, resultBefore)
  const total = (value: (line: TrialBalanceLine) => bigint) => lines.reduce((sum, l) => sum + value(l), 0n)
  return {
    lines,
    opening: total(l => l.opening),
    debit: total(l => l.debit),
    credit: total(l => l.credit),
    closing: total(l => l.closing),
    yearFrom,
  }
}

const insert = (lines: TrialBalanceLine[], result: bigint): void => {
  const line: TrialBalanceLine = {
    account: result < 0n ? RESULT.profit : RESULT.loss,
    label: RESULT_LABEL,
    opening: result,
    debit: 0n,
    credit: 0n,
    closing: result,
    notPosted: true,
  }
  const behind = lines.findIndex(l => l.account > line.account)
  lines.splice(behind < 0 ? lines.length : behind, 0, line)
}
