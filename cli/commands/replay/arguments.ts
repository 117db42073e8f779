import { cutFrom } from '../../../replay/cut.ts'
import type { Cut } from '../../../replay/cut.ts'
import { FigureUnknown } from '../../../replay/explain.ts'
import { Failure, exitCodes } from '../../failure.ts'

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

/** Says of a table, column or measure that there is none, and which there are. */
export const asFailure = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    throw error instanceof FigureUnknown ? unknownFigure(error) : error
  }
}

const unknownFigure = ({ what, found, known }: FigureUnknown): Failure => {
  const list = known.join(', ')
  return new Failure(
    'FIGURE_UNKNOWN',
    {
      en: `There is no ${what} "${found}" to explain; there are: ${list}.`,
      fr: `Rien à expliquer sous « ${found} » (${what}) ; il y a : ${list}.`,
    },
    { facts: { what, found }, exitCode: exitCodes.usage },
  )
}
