import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { eventDefinitions } from '../../domain/events.ts'
import { defineEvent } from '../../domain/shared/events.ts'
import { about, personal } from '../../domain/shared/protected.ts'
import { Cents, text } from '../../domain/shared/values.ts'
import { EventNotDecodable, EventNotEncodable, UnknownEvent, createCodec } from '../../event-store/codec.ts'
import type { Codec } from '../../event-store/codec.ts'
import { compileEncoder } from '../../event-store/compiled-codec.ts'
import { arbitraryOf, spoiled } from '../support/arbitrary.ts'

const codec = createCodec(eventDefinitions)
const PROTECTED = {
  $protected: `v1.01932f0c-0000-7000-8000-0000000000aa.${'A'.repeat(16)}.${'C'.repeat(30)}`,
}
const encode = (c: Codec, event: { type: string; data: unknown }): string =>
  c.prepare(event).data(() => PROTECTED)

/** What a decoder answers: the value, or that it refuses. */
const outcome = (decode: () => { readonly data: unknown }): unknown => {
  try {
    return decode().data
  } catch (error) {
    if (error instanceof EventNotDecodable) return 'refused'
    throw error
  }
}

/** A protection that a test can take off again: the clear text stands behind 22 letters. */
const REVERSIBLE = `v1.01932f0c-0000-7000-8000-0000000000bb.${'A'.repeat(16)}.${'D'.repeat(22)}`
const wrap = (clear: string) => ({ $protected: `${REVERSIBLE}${Buffer.from(clear).toString('base64url')}` })
const unwrapped = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unwrapped)
  if (value === null || typeof value !== 'object') return value
  if ('$protected' in value && String(value.$protected).startsWith(REVERSIBLE))
    return Buffer.from(String(value.$protected).slice(REVERSIBLE.length), 'base64url').toString()
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unwrapped(v)]))
}

/** The same value as a decision may make it: what is absent stands there as `undefined`. */
const absentAsUndefined = (schema: z.ZodType, value: unknown): unknown => {
  if (value === undefined || value === null) return value
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return absentAsUndefined(schema.unwrap() as z.ZodType, value)
  if (schema instanceof z.ZodArray)
    return (value as unknown[]).map(v => absentAsUndefined(schema.element as z.ZodType, v))
  if (schema instanceof z.ZodUnion) {
    const option = (schema.options as z.ZodType[]).find(o => z.safeEncode(o, value).success)
    return option ? absentAsUndefined(option, value) : value
  }
  if (!(schema instanceof z.ZodObject)) return value
  const shape: Record<string, z.ZodType> = schema.shape
  const fields = Object.entries(shape)
  return Object.fromEntries(
    fields.map(([key, s]) => [key, absentAsUndefined(s, (value as Record<string, unknown>)[key])]),
  )
}

/** Every name of a field, however deep. */
const fieldsOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        Array.isArray(value) ? fieldsOf(inner) : [key, ...fieldsOf(inner)],
      )
    : []

describe('every declared event', () => {
  it('PROTOCOL 5: names others by id, or by stream and revision: none has a field for a position', () => {
    for (const { data } of eventDefinitions)
      fc.assert(
        fc.property(arbitraryOf(data), value => {
          expect(fieldsOf(value).filter(field => /position|ordinal/i.test(field))).toEqual([])
        }),
        { numRuns: 25 },
      )
  })

  for (const definition of eventDefinitions) {
    const { type, schemaVersion } = definition
    const data = arbitraryOf(definition.data)

    it(`PROTOCOL 1: ${type} survives encoding and decoding, and its text survives parse and stringify`, () => {
      fc.assert(
        fc.property(data, value => {
          const text = codec.prepare({ type, data: value }).data(wrap)
          expect(JSON.stringify(JSON.parse(text))).toBe(text)
          const decoded = codec.decode(type, schemaVersion, text)
          expect(encode(codec, decoded)).toBe(text)
          expect(unwrapped(decoded.data)).toEqual(value)
        }),
        { numRuns: 25 },
      )
    })

    it(`PROTOCOL 8: ${type} is read alike from its text and from what it was written from, which its readers share`, () => {
      fc.assert(
        fc.property(data, value => {
          const prepared = codec.prepare({ type, data: absentAsUndefined(definition.data, value) })
          const stored = { type, data: prepared.data(wrap), parsed: prepared.plain(wrap) }
          expect(stored.parsed).toStrictEqual(JSON.parse(stored.data))
          const read = codec.decodeStored(stored, schemaVersion)
          expect(read).toStrictEqual(codec.decode(type, schemaVersion, stored.data))
          expect(codec.decodeStored({ ...stored }, schemaVersion)).toBe(read)
        }),
        { numRuns: 25 },
      )
    })

    it(`PROTOCOL 1: ${type} is written alike, and refused alike, by the compiled encoder and by zod`, () => {
      const compiled = compileEncoder(definition.data)
      const attempt = (write: () => unknown): string => {
        try {
          return JSON.stringify(write())
        } catch (error) {
          if (error instanceof z.ZodError) return 'refused'
          throw error
        }
      }
      fc.assert(
        fc.property(
          data.chain(value => fc.tuple(fc.constant(value), spoiled(value, 'domain'))),
          values => {
            for (const value of values)
              expect(attempt(() => compiled(value))).toBe(attempt(() => z.encode(definition.data, value)))
          },
        ),
        { numRuns: 60 },
      )
    })

    it(`PROTOCOL 8: ${type} is read alike, and refused alike, by the compiled decoder and by zod`, () => {
      fc.assert(
        fc.property(
          data.chain(value => {
            const plain: unknown = JSON.parse(encode(codec, { type, data: value }))
            return fc.tuple(fc.constant(plain), spoiled(plain, 'stored'))
          }),
          values => {
            for (const plain of values) {
              const text = JSON.stringify(plain)
              const fast = outcome(() => codec.decode(type, schemaVersion, text))
              expect(fast).toStrictEqual(outcome(() => codec.decodeByZod(type, schemaVersion, text)))
            }
          },
        ),
        { numRuns: 60 },
      )
    })
  }
})

describe('the codec', () => {
  const V1 = z.strictObject({ amount: Cents })
  const V2 = z.strictObject({ amount: Cents, currency: z.string() })
  const V3 = z.strictObject({ amount: Cents, currency: z.string(), exact: z.boolean() })
  const grown = {
    type: 'tests.AmountGiven',
    schemaVersion: 3,
    data: V3,
    older: {
      1: { data: V1, upcast: (data: z.output<typeof V1>) => ({ ...data, currency: 'EUR' }) },
      2: { data: V2, upcast: (data: z.output<typeof V2>) => ({ ...data, exact: true }) },
    },
  } as const
  const versions = createCodec([grown])

  it('PROTOCOL 8: reads every version ever stored with its own schema and brings it up to the newest', () => {
    const newest = { amount: 5n, currency: 'EUR', exact: true }
    expect(versions.decode(grown.type, 1, '{"amount":5}').data).toEqual(newest)
    expect(versions.decode(grown.type, 2, '{"amount":5,"currency":"EUR"}').data).toEqual(newest)
    expect(versions.decode(grown.type, 3, '{"amount":5,"currency":"EUR","exact":true}').data).toEqual(newest)
    expect(() => versions.decode(grown.type, 2, '{"amount":5}')).toThrow(EventNotDecodable)
    expect(versions.prepare({ type: grown.type, data: newest }).schemaVersion).toBe(3)
  })

  it('PROTOCOL 8: refuses an unknown type, an unknown version, an undeclared key and a broken text', () => {
    expect(() => versions.decode('tests.Unheard', 1, '{}')).toThrow(UnknownEvent)
    expect(() => versions.decode(grown.type, 4, '{}')).toThrow(UnknownEvent)
    expect(() => versions.prepare({ type: 'tests.Unheard', data: {} })).toThrow(UnknownEvent)
    expect(() => versions.decode(grown.type, 1, '{"amount":5,"more":1}')).toThrow(EventNotDecodable)
    expect(() => versions.decode(grown.type, 1, '{"amount":5')).toThrow(EventNotDecodable)
    expect(() => versions.decode(grown.type, 1, '{"amount":5,"__proto__":{}}')).toThrow(EventNotDecodable)
  })

  it('PROTOCOL 7: refuses by name what its schema does not hold: an amount above 10^14', () => {
    const over = { type: grown.type, data: { amount: 10n ** 14n + 1n, currency: 'EUR', exact: true } }
    expect(() => versions.prepare(over)).toThrow(EventNotEncodable)
    expect(() => versions.prepare(over)).toThrow(/amount/)
    expect(() => versions.decode(grown.type, 1, '{"amount":100000000000001}')).toThrow(EventNotDecodable)
  })

  it('writes keys in the order of the schema and leaves absent ones out, whatever the order it was given', () => {
    const event = defineEvent(
      'tests.Ordered',
      z.strictObject({ b: z.string(), a: z.string().optional(), c: z.string() }),
    )
    const ordered = createCodec([event])
    expect(encode(ordered, { type: event.type, data: { c: '3', a: undefined, b: '1' } })).toBe(
      '{"b":"1","c":"3"}',
    )
  })

  it('PROTOCOL 27: asks for the keys of exactly the persons and purposes whose fields are in clear', () => {
    const Contact = about('contract', { name: personal(50), phone: personal(20).optional(), role: text(20) })
    const Payer = about('accounting', { kind: z.literal('person'), name: personal(50) })
    const Company = z.strictObject({ kind: z.literal('company'), name: text(50) })
    const event = defineEvent(
      'tests.PeopleNamed',
      z.strictObject({
        contacts: z.array(Contact),
        payer: z.discriminatedUnion('kind', [Company, Payer]),
        amount: Cents,
      }),
    )
    const people = createCodec([event])
    const id = (n: number) => `01932f0c-0000-7000-8000-00000000000${n}`
    const data = {
      contacts: [
        { personId: id(1), name: 'Zoé', phone: '01', role: 'buyer' },
        { personId: id(2), name: PROTECTED, role: 'seller' },
      ],
      payer: { kind: 'person', personId: id(3), name: 'Ada' },
      amount: 3n,
    }
    const prepared = people.prepare({ type: event.type, data })
    expect(prepared.persons).toEqual([
      { personId: id(1), purpose: 'contract' },
      { personId: id(3), purpose: 'accounting' },
    ])
    const seen: unknown[] = []
    const written = prepared.data((clear, place) => {
      seen.push([clear, place.field, place.purpose])
      return PROTECTED
    })
    expect(seen).toEqual([
      ['Zoé', 'name', 'contract'],
      ['01', 'phone', 'contract'],
      ['Ada', 'name', 'accounting'],
    ])
    expect(written).not.toMatch(/Zoé|Ada/)
    const company = { ...data, contacts: [], payer: { kind: 'company', name: 'Ada' } }
    expect(people.prepare({ type: event.type, data: company }).persons).toEqual([])
  })

  it('PROTOCOL 27: refuses a schema with a personal field outside the group that says whose it is', () => {
    const lost = defineEvent('tests.Lost', z.strictObject({ name: personal(10) }))
    expect(() => createCodec([lost])).toThrow(/outside a group/)
    const deep = defineEvent('tests.Deep', about('contract', { names: z.array(personal(10)) }))
    expect(() => createCodec([deep])).toThrow(/outside a group/)
  })

  it('refuses two declarations of one type', () => {
    expect(() => createCodec([grown, grown])).toThrow(/twice/)
  })
})
