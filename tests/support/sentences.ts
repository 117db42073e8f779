import { expect, it } from 'vitest'
import type { Rejection } from '../../domain/shared/aggregate.ts'
import type { RefusalSentence, Sentences } from '../../commands/definition.ts'

/** The data of the rejection that has a code, also where several codes share their data. */
type DataOf<R extends Rejection, C> = R extends unknown
  ? C extends R['code']
    ? Omit<R, 'code'>
    : never
  : never

/** One example of each rejection of a union: none may be missing. */
export type Samples<R extends Rejection> = { readonly [C in R['code']]: DataOf<R, C> }

/** Refusals about how things stand: nobody has to change a field. */
const ABOUT_NO_FIELD: ReadonlySet<string> = new Set([
  'KEY_NOT_HELD',
  'LOG_NOT_OPEN',
  'LOG_MOVED',
  'LOG_NOT_MOVED',
  'VAT_RULES_MISSING',
  'DELIVERY_AFTER_ISSUE',
  'VAT_CHANGED_BETWEEN_DELIVERIES',
  'EXEMPTIONS_MIXED',
  'OUT_OF_SCOPE_MIXED',
  'TOO_MANY_CHARGES',
  'INVOICE_WITHOUT_AMOUNT',
  'INVOICE_AMOUNT_OUT_OF_BOUNDS',
  'INVOICE_TOO_LARGE',
  'INVITATION_OVER',
  'IDENTITY_LINKED',
])

const BLANK = /undefined|NaN|\[object|\bnull\b/

/** Each rejection has a sentence in both languages that tells its data and has no hole. */
export const expectSentences = <R extends Rejection>(sentences: Sentences, samples: Samples<R>): void => {
  it('has an example of each rejection, and a rejection for each sentence', () => {
    expect(Object.keys(samples).toSorted()).toStrictEqual(Object.keys(sentences).toSorted())
  })
  it.each(Object.entries(samples))('%s is said in French and English', (code, data) => {
    expectSentence(code, data as object, sentences[code]?.({ code, ...(data as object) } as never))
  })
}

const expectSentence = (code: string, data: object, sentence: RefusalSentence | undefined): void => {
  if (!sentence) throw new Error(`${code} has no sentence`)
  const { fr, en, fields } = sentence
  const told = Object.values(data).filter(
    value => typeof value === 'string' && !/^\d{4}-\d\d-\d\d$/.test(value),
  ) as readonly string[]
  for (const text of [fr, en]) {
    expect(text).toMatch(/^\S.{20,}\.$/su)
    expect(text).not.toMatch(BLANK)
    for (const value of told) expect(text).toContain(value)
  }
  expect(fr).not.toBe(en)
  expect(fr, 'days as French people write them').not.toMatch(/\d{4}-\d\d-\d\d(?!T)/)
  expect(fields.length === 0).toBe(ABOUT_NO_FIELD.has(code))
}
