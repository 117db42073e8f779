import { projections } from '../../../projections/all.ts'
import type { Act } from '../../../replay/acts.ts'
import { explain, explainRows } from '../../../replay/explain.ts'
import type { Contribution, Explanation, Figure } from '../../../replay/explain.ts'
import { explainAccount } from '../../../replay/explain-account.ts'
import { customerIdOf, entityIdOf, invoiceIdOf } from '../../../replay/names.ts'
import { customerFigure, invoiceFigure, tableNamed } from '../../../replay/named-figures.ts'
import type { Source } from '../../../replay/cut.ts'
import { storyOf } from '../../../replay/story.ts'
import type { Story } from '../../../replay/story.ts'
import type { Context } from '../../context.ts'
import { money } from '../../money.ts'
import { asFailure, conditionsFrom, cutOf, needed, periodOf, understood } from './arguments.ts'
import { openReplay } from './source.ts'
import { cell, standing, who } from './texts.ts'

export interface ExplainOptions {
  readonly log?: string
  readonly entity?: string
  readonly account?: string
  readonly period?: string
  readonly measure?: readonly string[]
  readonly asOf?: string
}

/**
 * `grandlivre replay explain trial-balance --account 411 --period 1997-03 | customer VINET | invoice F1997-000123 |
 * <projection>.<table> column=value… [--measure m]`
 */
export const runExplain = async (
  context: Context,
  [subject = '', ...rest]: readonly string[],
  options: ExplainOptions,
): Promise<void> => {
  const cut = options.asOf === undefined ? undefined : cutOf(options.asOf)
  const period = periodOf(options.period)
  const source = await openReplay(context, { command: 'replay explain', log: options.log })
  await asFailure(async () => {
    const explanation = await explained(source, subject, rest, {
      ...options,
      period,
      how: { ...(cut && { cut }), signal: context.signal },
    })
    const stories = subject === 'invoice' ? await storyOf(source, explanation.contributions) : []
    context.print({ ...explanation, stories }, textOf(context, explanation, stories))
  })
}

interface Asked extends Omit<ExplainOptions, 'period'> {
  readonly period: string | undefined
  readonly how: Parameters<typeof explainRows>[2]
}

const explained = async (
  source: Source,
  subject: string,
  rest: readonly string[],
  { measure, how, ...asked }: Asked,
): Promise<Explanation> => {
  const measures = measure && { measures: measure }
  if (subject !== 'trial-balance') {
    // A customer or invoice was found by name: there may be nothing behind it. Rows are named by their key alone.
    const explaining = isNamed(subject) ? explain : explainRows
    return explaining(source, { ...(await figureOf(source, subject, rest)), ...measures }, how)
  }
  const account = needed(true, asked.account, 'trial-balance --account')
  const entityId = understood(await entityIdOf(source, asked.entity), '--entity', asked.entity)
  return explainAccount(source, { entityId, account, period: asked.period }, { ...how, ...measures })
}

const isNamed = (subject: string): boolean => subject === 'customer' || subject === 'invoice'

const figureOf = async (source: Source, subject: string, rest: readonly string[]): Promise<Figure> => {
  const name = needed(isNamed(subject), rest[0], subject)
  switch (subject) {
    case 'customer':
      return customerFigure(understood(await customerIdOf(source, name), 'customer', name))
    case 'invoice':
      return invoiceFigure(understood(await invoiceIdOf(source, name), 'invoice', name))
    default:
      return { ...tableNamed(projections, subject), where: [conditionsFrom(rest)] }
  }
}

const textOf = (context: Context, explanation: Explanation, stories: readonly Story[]): string => {
  const { values, rows, events, contributions } = explanation
  const figures = Object.entries(values).map(
    ([measure, value]) => `${measure} ${cell(context.language, measure, value)}`,
  )
  const counted = context.text({
    en: `${events} event(s) behind ${rows} row(s)`,
    fr: `${events} événement(s) derrière ${rows} ligne(s)`,
  })
  return [
    standing(context, explanation),
    `${figures.join('   ')}   (${counted})`,
    ...contributions.map(contribution => contributionText(context, contribution)),
    ...stories.map(story => storyText(context, story)),
  ].join('\n')
}

const contributionText = (context: Context, contribution: Contribution): string => {
  const written = (measure: string, value: bigint): string => cell(context.language, measure, value)
  const steps = Object.entries(contribution.measures)
    .filter(([, { before, after }]) => before !== after)
    .map(
      ([measure, { before, after }]) => `${measure} ${written(measure, before)} → ${written(measure, after)}`,
    )
  const because = context.text({ en: 'because of', fr: 'à cause de' })
  const led = context.text({ en: 'led to', fr: 'a entraîné' })
  return [
    actText(context, contribution),
    ...(steps.length > 0 ? [`    ${steps.join('   ')}`] : []),
    ...contribution.causes.map(act => `    ${because} ${actText(context, act)}`),
    ...contribution.effects.map(act => `    ${led} ${actText(context, act)}`),
  ].join('\n')
}

const actText = (context: Context, act: Act): string =>
  `#${act.ordinal} ${act.recordedAt} ${namedText(context, act)} (${act.stream} ${act.revision}), ${who(act)}`

/** What happened to which document, of whom, for how much: as people know it. */
const namedText = (
  { language }: Context,
  { type, documentReference, label, amount }: Pick<Act, 'type' | 'documentReference' | 'label' | 'amount'>,
): string =>
  [type, documentReference, label, amount === undefined ? undefined : money(language, amount)]
    .filter(part => part !== undefined)
    .join(' ')

const storyText = (context: Context, { stream, acts }: Story): string =>
  [stream, ...acts.map(act => `    ${act.recordedAt} ${namedText(context, act)}, ${who(act)}`)].join('\n')
