import type { Column, Projection, RecordedEvent, Row, Table, Value } from '../projections/definition.ts'
import { CannotApply, ProjectionState } from '../projections/engine/folding.ts'
import type { Touch } from '../projections/engine/folding.ts'
import { eventsUpTo } from './cut.ts'
import type { Cut, Resolved, Source } from './cut.ts'
import { actOf } from './acts.ts'
import type { Act } from './acts.ts'
import { documentsOf, linksOf } from './links.ts'
import type { Links } from './links.ts'

/**
 * Where a figure comes from. One walk over what every projection declares (table, key, measures, the rows an event
 * touches, the fold): a new projection is explained without a line here.
 */

/** Rows of a table: each alternative names values of columns of its key; a value ending in `*` stands for its beginning. */
export interface Figure {
  readonly projection: Projection
  readonly table: Table
  readonly where: readonly Readonly<Record<string, string>>[]
  /** Measures of the table; all of them where absent. */
  readonly measures?: readonly string[]
}

export interface Step {
  readonly before: bigint
  readonly after: bigint
}

/** An event that changed the figure, who did it, and what it is linked with. */
export interface Contribution extends Act, Links {
  /** The figure behind the contribution before and behind this one, by measure. */
  readonly measures: Readonly<Record<string, Step>>
}

export interface Explanation extends Resolved {
  /** The figure, by measure: the sum over its rows, and that of the changes of all contributions. */
  readonly values: Readonly<Record<string, bigint>>
  /** Rows that the figure is the sum of. */
  readonly rows: number
  /** Events that touched it; more than `contributions` where there were too many to list. */
  readonly events: number
  readonly contributions: readonly Contribution[]
}

export interface ExplainOptions {
  readonly cut?: Cut
  readonly signal?: AbortSignal
  /** Contributions listed at most, the first ones; the figure always counts all. */
  readonly listedMax?: number
}

const LISTED_MAX = 10_000

/** Why a figure cannot be asked for; `known` names what there is, unless that is a whole chart of accounts. */
export class FigureUnknown extends Error {
  readonly what: 'table' | 'column' | 'value' | 'measure' | 'account' | 'row'
  readonly found: string
  readonly known: readonly string[]
  constructor(what: FigureUnknown['what'], found: string, known: readonly string[]) {
    super(`no ${what} ${found}${known.length > 0 ? `: one of ${known.join(', ')}` : ''}`)
    this.name = 'FigureUnknown'
    this.what = what
    this.found = found
    this.known = known
  }
}

/**
 * Lists the events behind a figure, with what each changed, who did it, what caused it and what it caused.
 * @throws FigureUnknown for a column that is none of the key, or a measure that is none
 * @throws CannotApply where the log does not fold any more: `verify` says why
 */
export const explain = async (
  source: Source,
  figure: Figure,
  options: ExplainOptions = {},
): Promise<Explanation> => {
  const walk = new FigureWalk(figure, options.listedMax ?? LISTED_MAX)
  const resolved = await eventsUpTo(source, options, events => walk.take(events))
  const links = await linksOf(source, walk.contributions, options.signal)
  return {
    ...resolved,
    values: walk.values,
    rows: walk.rows.size,
    events: walk.events,
    contributions: walk.contributions.map(contribution => ({ ...contribution, ...links(contribution) })),
  }
}

/**
 * The same of rows that somebody named by their key.
 * @throws FigureUnknown also where no event ever touched such a row: a name was mistyped
 */
export const explainRows = async (
  source: Source,
  figure: Figure,
  options: ExplainOptions = {},
): Promise<Explanation> => {
  const explanation = await explain(source, figure, options)
  if (explanation.events > 0) return explanation
  const named = figure.where.flatMap(row =>
    Object.entries(row).map(([column, value]) => `${column}=${value}`),
  )
  throw new FigureUnknown('row', named.join(' '), [])
}

const isNumeric = ({ type }: Column): boolean => type === 'bigint' || type === 'integer'

const numberOf = (value: Value | undefined): bigint =>
  typeof value === 'bigint' || typeof value === 'number' ? BigInt(value) : 0n

/** A row of the figure changed: by how much, measure by measure. */
type Values = Readonly<Record<string, bigint>>

class FigureWalk {
  readonly rows = new Map<string, Row>()
  readonly contributions: Omit<Contribution, 'causes' | 'effects'>[] = []
  values: Values
  events = 0
  private readonly figure: Figure
  private readonly measures: readonly string[]
  private readonly listedMax: number
  private readonly state: ProjectionState

  constructor(figure: Figure, listedMax: number) {
    const { projection, table } = figure
    this.figure = figure
    this.listedMax = listedMax
    this.measures = measuresOf(figure)
    this.values = Object.fromEntries(this.measures.map(measure => [measure, 0n]))
    checkColumns(figure)
    this.state = new ProjectionState({ ...projection, tables: [table] })
  }

  take(events: readonly RecordedEvent[]): void {
    const staged = this.state.stage(events)
    const touches = this.state.touches(staged)[0] ?? []
    const mine = touches.filter(({ key }) => this.figure.where.some(pattern => matches(pattern, key)))
    for (const [event, together] of Map.groupBy(mine, touch => touch.event)) this.takeEvent(event, together)
  }

  private takeEvent(event: RecordedEvent, touches: readonly Touch[]): void {
    const before = this.values
    for (const touch of touches) this.fold(touch)
    this.events++
    if (this.contributions.length >= this.listedMax) return
    const steps = this.measures.map(measure => [
      measure,
      { before: before[measure] ?? 0n, after: this.values[measure] ?? 0n },
    ])
    this.contributions.push({
      ...actOf(event),
      measures: Object.fromEntries(steps) as Contribution['measures'],
      documents: documentsOf(event),
    })
  }

  private fold({ event, key, text }: Touch): void {
    const { projection, table } = this.figure
    const before = table.appendOnly ? undefined : this.rows.get(text)
    let after: Row | undefined
    try {
      after = table.fold(before, event, key)
    } catch (cause) {
      throw new CannotApply(projection.name, event, cause)
    }
    if (after) this.rows.set(text, after)
    else this.rows.delete(text)
    this.values = Object.fromEntries(
      this.measures.map(measure => [
        measure,
        (this.values[measure] ?? 0n) + numberOf(after?.[measure]) - numberOf(before?.[measure]),
      ]),
    )
  }
}

const measuresOf = ({ table, measures = table.measures }: Figure): readonly string[] => {
  const known = table.measures.filter(name => isNumeric(table.columns[name] as Column))
  const unknown = measures.find(measure => !known.includes(measure))
  if (unknown !== undefined) throw new FigureUnknown('measure', unknown, known)
  return measures
}

const checkColumns = ({ table, where }: Figure): void => {
  for (const pattern of where)
    for (const column of Object.keys(pattern))
      if (!table.key.includes(column)) throw new FigureUnknown('column', column, table.key)
}

const matches = (pattern: Readonly<Record<string, string>>, key: Row): boolean =>
  Object.entries(pattern).every(([column, wanted]) => {
    const found = key[column]
    const value = typeof found === 'object' ? JSON.stringify(found) : String(found)
    return wanted.endsWith('*') ? value.startsWith(wanted.slice(0, -1)) : value === wanted
  })
