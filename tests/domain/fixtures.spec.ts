import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { eventDefinitions } from '../../domain/events.ts'
import { createCodec } from '../../event-store/codec.ts'
import { unshown } from '../support/shown-fields.ts'

/**
 * Every shape ever stored has a frozen file `tests/fixtures/events/<type>.v<version>.json`: a list of examples as they
 * stand in the log. They decode for ever. A file is never edited: what changes is a new version with its own file.
 */
const FOLDER = join(import.meta.dirname, '../fixtures/events')
const codec = createCodec(eventDefinitions)

const shapes = eventDefinitions.flatMap(({ type, schemaVersion, data, older }) => [
  ...Object.entries(older).map(([version, { data: schema }]) => ({ type, version: Number(version), schema })),
  { type, version: schemaVersion, schema: data },
])
const fileOf = ({ type, version }: { type: string; version: number }) => `${type}.v${version}.json`
const examplesOf = (file: string) =>
  JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as readonly unknown[]

describe.each(shapes)('the stored shape of $type, version $version', shape => {
  const file = fileOf(shape)

  it('has its frozen examples', () => expect(existsSync(join(FOLDER, file)), file).toBe(true))

  it('shows every optional field and every option', () =>
    expect(unshown(shape.schema, examplesOf(file))).toStrictEqual([]))

  it('PROTOCOL 8: decodes each of them strictly, byte for byte what was stored', () => {
    for (const example of examplesOf(file)) {
      const stored = JSON.stringify(example)
      expect(codec.decode(shape.type, shape.version, stored)).toStrictEqual(
        codec.decodeByZod(shape.type, shape.version, stored),
      )
      expect(JSON.stringify(z.encode(shape.schema, z.decode(shape.schema, example)))).toBe(stored)
      const foreign = JSON.stringify({ ...(example as object), unforeseen: true })
      expect(() => codec.decode(shape.type, shape.version, foreign)).toThrow()
    }
  })
})

it('no file without a shape: what was stored once is declared for ever', () =>
  expect(readdirSync(FOLDER).filter(file => !shapes.map(fileOf).includes(file))).toStrictEqual([]))

describe('the test of the examples finds', () => {
  const schema = z.strictObject({
    a: z.string().optional(),
    b: z.array(z.strictObject({ c: z.int() })),
    d: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('x') }),
      z.strictObject({ kind: z.literal('y'), e: z.string().optional() }),
    ]),
  })
  it('a field that no example shows', () => {
    expect(unshown(schema, [{ b: [], d: { kind: 'x' } }])).toStrictEqual(['a', 'b[]', 'd|1'])
    expect(unshown(schema, [{ a: '', b: [{ c: 1 }], d: { kind: 'y' } }])).toStrictEqual(['d|0', 'd|1.e'])
  })
  it('nothing where all is shown', () =>
    expect(
      unshown(schema, [
        { a: '', b: [], d: { kind: 'x' } },
        { b: [{ c: 1 }], d: { kind: 'y', e: '' } },
      ]),
    ).toStrictEqual([]))
})
