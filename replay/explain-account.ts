import { accountTable, chart } from '../projections/ledger/chart.ts'
import { rowsAsOf } from './as-of.ts'
import type { Source } from './cut.ts'
import { FigureUnknown, explain } from './explain.ts'
import type { ExplainOptions, Explanation } from './explain.ts'
import { accountFigure } from './named-figures.ts'
import type { AccountRequest } from './named-figures.ts'

/**
 * Explains the movements of an account. An account of the chart without movements comes to nothing; one that the
 * chart does not hold is a slip, and is refused.
 * @throws FigureUnknown for an account that the legal entity's chart does not hold
 */
export const explainAccount = async (
  source: Source,
  request: AccountRequest,
  { measures, ...options }: ExplainOptions & { readonly measures?: readonly string[] } = {},
): Promise<Explanation> => {
  const figure = accountFigure(request)
  const explanation = await explain(source, measures ? { ...figure, measures } : figure, options)
  if (explanation.rows === 0 && !(await isInChart(source, request)))
    throw new FigureUnknown('account', request.account, [])
  return explanation
}

const isInChart = async (source: Source, { entityId, account }: AccountRequest): Promise<boolean> => {
  const { answer } = await rowsAsOf(
    source,
    { projection: chart, table: accountTable },
    { entity_id: entityId },
  )
  const numbers = answer.map(row => row['account'] as string)
  return account.endsWith('*')
    ? numbers.some(number => number.startsWith(account.slice(0, -1)))
    : numbers.includes(account)
}
