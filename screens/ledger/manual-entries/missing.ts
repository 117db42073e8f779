import * as E from 'fp-ts/lib/Either.js'
import { checkBalance } from '../../../domain/ledger/entry-balance.ts'
import type { BalanceRejection } from '../../../domain/ledger/entry-balance.ts'
import type { Values } from '../../forms/declaration.ts'
import type { Formats } from '../../words/formats.ts'
import type { Text, Values as Said } from '../../words/words.ts'
import { amountsOf, isEmpty, parseAxes, typedLines } from './typed-entry.ts'
import type { TypedLine } from './typed-entry.ts'
import { words } from './words.ts'

/** What validation would refuse of an entry as it is typed, by the same functions as in the decision. */

export type Sentence = readonly [Text, Said?]

const ofBalance = (rejection: BalanceRejection, { amount }: Formats): Sentence => {
  switch (rejection.code) {
    case 'ENTRY_TOO_FEW_LINES':
      return [words.tooFew]
    case 'ENTRY_TOO_MANY_LINES':
      return [words.tooMany, { max: rejection.max }]
    case 'LINE_AMOUNT_NOT_POSITIVE':
      return [words.notPositive, { line: rejection.line }]
    case 'AMOUNT_OUT_OF_BOUNDS':
      return [words.tooLarge]
    case 'ENTRY_UNBALANCED':
      return [
        words.unbalanced,
        { debit: amount(Number(rejection.debit)), credit: amount(Number(rejection.credit)) },
      ]
  }
}

const ofLine = (line: TypedLine, number: number): readonly Sentence[] => {
  const { account, asks, partyId, kept, debit, credit, axes = '' } = line
  if (account === undefined || (debit ?? credit) === undefined) return [[words.incomplete, { line: number }]]
  const said = { line: number, account }
  const noParty =
    asks === 'customer' ? partyId === undefined : asks === 'person' && kept?.auxiliary?.kind !== asks
  return [
    ...(noParty ? [[asks === 'customer' ? words.partyMissing : words.partyUnknown, said] as const] : []),
    ...(parseAxes(axes) === undefined ? [[words.axesUnread, said] as const] : []),
  ]
}

/** Everything that is missing, in the order of the lines; nothing where nothing is typed yet. */
export const missingOf = (values: Values, formats: Formats): readonly Sentence[] => {
  const lines = typedLines(values)
  const typed = lines.filter(line => !isEmpty(line))
  if (typed.length === 0) return []
  const balance = checkBalance(amountsOf(typed))
  return [
    ...lines.flatMap((line, i) => (isEmpty(line) ? [] : ofLine(line, i + 1))),
    ...(E.isLeft(balance) ? [ofBalance(balance.left, formats)] : []),
  ]
}
