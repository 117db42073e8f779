import { Period } from '../../../domain/shared/values.ts'
import { CutBeyondHead, cutFrom } from '../../../replay/cut.ts'
import type { Cut } from '../../../replay/cut.ts'
import { FigureUnknown } from '../../../replay/explain.ts'
import { MonthOrYear } from '../../../replay/named-figures.ts'
import { Failure, exitCodes } from '../../failure.ts'
import type { Sentence } from '../../failure.ts'

/** Arguments of the replay commands, understood or refused with what is expected. */

/** @throws Failure CUT_INVALID */
export const cutOf = (when: string): Cut => {
  const cut = cutFrom(when)
  if (cut) return cut
  throw new Failure(
    'CUT_INVALID',
    {
      en: `"${when}" is neither an instant (1997-03-31T23:59:59+01:00) nor the place of an event in the log (1234).`,
      fr: `« ${when} » n’est ni un instant (1997-03-31T23:59:59+01:00) ni le rang d’un événement du journal (1234).`,
    },
    { facts: { found: when }, exitCode: exitCodes.usage },
  )
}

/** First and last month of a trial balance; absent: all there are. @throws Failure MONTH_INVALID, MONTHS_REVERSED */
export const monthsOf = (given: {
  readonly from?: string
  readonly to?: string
}): { readonly from: string; readonly to: string } => {
  for (const option of ['from', 'to'] as const)
    if (given[option] !== undefined && !Period.safeParse(given[option]).success)
      throw invalidMonth(`--${option}`, given[option], {
        en: 'a month YYYY-MM (1997-03)',
        fr: 'un mois AAAA-MM (1997-03)',
      })
  const { from = '0001-01', to = '9999-12' } = given
  if (from <= to) return { from, to }
  throw new Failure(
    'MONTHS_REVERSED',
    {
      en: `--from ${from} lies after --to ${to}: expected a first month that is not after the last.`,
      fr: `--from ${from} est après --to ${to} : attendu un premier mois qui ne suit pas le dernier.`,
    },
    { facts: { from, to }, exitCode: exitCodes.usage },
  )
}

/** The period of an account: a month or a year. @throws Failure MONTH_INVALID */
export const periodOf = (period: string | undefined): string | undefined => {
  if (period === undefined || MonthOrYear.safeParse(period).success) return period
  throw invalidMonth('--period', period, {
    en: 'a month YYYY-MM (1997-03) or a year YYYY (1997)',
    fr: 'un mois AAAA-MM (1997-03) ou une année AAAA (1997)',
  })
}

const invalidMonth = (option: string, found: string, expected: Sentence): Failure =>
  new Failure(
    'MONTH_INVALID',
    {
      en: `${option}: "${found}" is not ${expected.en}.`,
      fr: `${option} : « ${found} » n’est pas ${expected.fr}.`,
    },
    { facts: { option, found }, exitCode: exitCodes.usage },
  )

/** `column=value` arguments. */
export const conditionsFrom = (texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    texts.map(text => {
      const at = text.indexOf('=')
      if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
      throw new Failure(
        'CONDITION_INVALID',
        {
          en: `"${text}" is not of the form column=value.`,
          fr: `« ${text} » n’est pas de la forme colonne=valeur.`,
        },
        { facts: { found: text }, exitCode: exitCodes.usage },
      )
    }),
  )

/** An argument that some subjects need: '' where this one does not. */
export const needed = (isNeeded: boolean, given: string | undefined, subject: string): string => {
  if (!isNeeded || given !== undefined) return given ?? ''
  throw new Failure(
    'NAME_MISSING',
    {
      en: `${subject} needs a code or number behind it.`,
      fr: `${subject} attend un code ou un numéro à sa suite.`,
    },
    { facts: { subject }, exitCode: exitCodes.usage },
  )
}

/** The id that a name stands for. */
export const understood = (id: string | undefined, what: string, name: string | undefined): string => {
  if (id !== undefined) return id
  throw new Failure(
    'NAME_UNKNOWN',
    name === undefined
      ? {
          en: `The log holds no legal entity, or several: name one with ${what}.`,
          fr: `Le journal contient plusieurs entités ou aucune : précisez ${what}.`,
        }
      : { en: `The log knows no ${what} "${name}".`, fr: `Le journal ne connaît pas : ${what} « ${name} ».` },
    { facts: { what, found: name ?? null }, exitCode: exitCodes.usage },
  )
}

/** Says of a table, column, measure, account or place that there is none, and which there are. */
export const asFailure = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof CutBeyondHead) throw beyondHead(error)
    throw error instanceof FigureUnknown ? unknownFigure(error) : error
  }
}

const beyondHead = ({ found, head }: CutBeyondHead): Failure =>
  new Failure(
    'CUT_BEYOND_HEAD',
    {
      en: `There is no event ${found} in the log: it ends with event ${head}.`,
      fr: `Le journal n’a pas d’événement ${found} : il finit à l’événement ${head}.`,
    },
    { facts: { found, head }, exitCode: exitCodes.usage },
  )

const unknownFigure = (error: FigureUnknown): Failure => {
  const { what, found } = error
  return new Failure('FIGURE_UNKNOWN', unknownWords(error), {
    facts: { what, found },
    exitCode: exitCodes.usage,
  })
}

const unknownWords = ({ what, found, known }: FigureUnknown): Sentence => {
  const list = known.join(', ')
  switch (what) {
    case 'account':
      return {
        en: `The chart of accounts holds no account "${found}".`,
        fr: `Le plan comptable ne contient pas le compte « ${found} ».`,
      }
    case 'value':
      return {
        en: `"${found}" names no value of its column, such as: ${list}.`,
        fr: `« ${found} » ne donne pas une valeur de sa colonne, comme : ${list}.`,
      }
    case 'row':
      return {
        en: `No event touched a row where ${found}.`,
        fr: `Aucun événement n’a touché une ligne où ${found}.`,
      }
    default:
      return {
        en: `There is no ${what} "${found}"; there are: ${list}.`,
        fr: `${WORDS[what]} « ${found} » n’existe pas ; il y a : ${list}.`,
      }
  }
}

const WORDS = { table: 'La table', column: 'La colonne', measure: 'La mesure' } as const
