import type { Day } from '../../domain/shared/values.ts'
import { numberOf } from '../../domain/invoicing/register.ts'
import { dayIn } from '../../domain/shared/days.ts'
import type { Issued, Waiting } from '../register-walk.ts'
import { WaitingRequests, registerTypes } from '../register-walk.ts'
import { placeOf } from '../check.ts'
import type { Check, Fault } from '../check.ts'

interface Last {
  readonly sequence: number
  readonly issuedOn: Day
}

/** Numbers of a series follow each other without gap, their days never go back (PROTOCOL 19, 21; CGI ann. II 242 nonies A). */
export const numbers: Check = {
  name: 'numbers',
  title: {
    fr: 'Les numéros de chaque série se suivent sans trou, leurs jours ne reculent pas',
    en: 'Numbers of each series follow each other without gap, their days never go back',
  },
  begin: (_, report) => {
    const requested = new WaitingRequests()
    const lasts = new Map<string, Last>()
    return {
      types: registerTypes,
      see: event => {
        const answered = requested.take(event)
        if (!answered) return
        const issued = event.data as Issued
        for (const fault of faultsOf(issued, lasts.get(event.stream), answered.waiting))
          report(placeOf(event), fault)
        // Goes on from what is stored: one forged number is one finding.
        lasts.set(event.stream, issued)
      },
    }
  },
}

function* faultsOf(issued: Issued, last: Last | undefined, waiting: Waiting | undefined): Generator<Fault> {
  yield* countFaults(issued, last, waiting?.asked.pattern)
  if (waiting) yield* dayFaults(issued, last, waiting)
}

function* countFaults(issued: Issued, last: Last | undefined, pattern: string | undefined): Generator<Fault> {
  const { number, sequence, issuedOn } = issued
  if (last && issuedOn < last.issuedOn)
    yield fault('NUMBER_DAY_GOES_BACK', issuedOn, `${last.issuedOn} or later`, {
      fr: `${number} est daté du ${issuedOn}, avant le numéro qui le précède (${last.issuedOn}).`,
      en: `${number} is dated ${issuedOn}, before the number that precedes it (${last.issuedOn}).`,
    })
  const restarts = pattern?.includes('{year}') === true && last?.issuedOn.slice(0, 4) !== issuedOn.slice(0, 4)
  const next = last === undefined || restarts ? 1 : last.sequence + 1
  if (sequence !== next)
    yield fault('NUMBER_NOT_NEXT', String(sequence), String(next), {
      fr: `${number} porte le rang ${sequence} ; le suivant de la série était ${next}.`,
      en: `${number} has the count ${sequence}; the next of the series was ${next}.`,
    })
  if (pattern !== undefined && number !== numberOf(pattern, issuedOn, sequence))
    yield fault('NUMBER_NOT_BY_PATTERN', number, numberOf(pattern, issuedOn, sequence), {
      fr: `${number} ne s’écrit pas ainsi dans sa série : ${numberOf(pattern, issuedOn, sequence)}.`,
      en: `${number} is not written so in its series: ${numberOf(pattern, issuedOn, sequence)}.`,
    })
}

function* dayFaults(
  { number, issuedOn }: Issued,
  last: Last | undefined,
  waiting: Waiting,
): Generator<Fault> {
  const requestedOn = dayIn(waiting.asked.timeZone, waiting.recordedAt)
  const day = last && last.issuedOn > requestedOn ? last.issuedOn : requestedOn
  // One that goes back is told of above.
  if (issuedOn !== day && !(last && issuedOn < last.issuedOn))
    yield fault('NUMBER_DAY_NOT_OF_REQUEST', issuedOn, day, {
      fr: `${number} est daté du ${issuedOn} ; sa demande et la série donnent le ${day}.`,
      en: `${number} is dated ${issuedOn}; its request and the series give ${day}.`,
    })
}

const fault = (code: string, found: string, expected: string, sentence: Fault['sentence']): Fault => ({
  code,
  found,
  expected,
  sentence,
})
