import { expect, it } from 'vitest'
import type { Rejection } from '../../domain/shared/aggregate.ts'
import type { Sentences } from '../../commands/definition.ts'

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
])

const BLANK = /undefined|NaN|\[object|\bnull\b/

/** Each rejection has a sentence in both languages that tells its data and has no hole. */
export const expectSentences = <R extends Rejection>(sentences: Sentences, samples: Samples<R>): void => {
  it('has an example of each rejection, and a rejection for each sentence', () => {
    expect(Object.keys(samples).toSorted()).toStrictEqual(Object.keys(sentences).toSorted())
  })
  it.each(Object.entries(samples))(
    '%s names its fields, and writes days as French people do',
    (code, data) => {
      const sentence = sentences[code]?.({ code, ...(data as object) } as never)
      expect(sentence?.fr).not.toMatch(/\d{4}-\d\d-\d\d(?!T)/)
      expect(sentence?.fields.length === 0).toBe(ABOUT_NO_FIELD.has(code))
    },
  )
  it.each(Object.entries(samples))('%s is said in French and English', (code, data) => {
    const sentence = sentences[code]?.({ code, ...(data as object) } as never)
    expect(sentence?.fr).toMatch(/^\S.{20,}\.$/su)
    expect(sentence?.en).toMatch(/^\S.{20,}\.$/su)
    expect(sentence?.fr).not.toBe(sentence?.en)
    for (const text of [sentence?.fr, sentence?.en]) expect(text).not.toMatch(BLANK)
    for (const value of Object.values(data as object))
      if (typeof value === 'string' && !/^\d{4}-\d\d-\d\d$/.test(value))
        for (const text of [sentence?.fr, sentence?.en]) expect(text).toContain(value)
  })
}
