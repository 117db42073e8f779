import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Cents } from '../../domain/shared/values.ts'
import { defineCommand } from '../../commands/definition.ts'
import type { CommandDeclaration, ContextCommands } from '../../commands/definition.ts'
import { parseInput } from '../../commands/validation.ts'
import { createRegistry } from '../../commands/registry.ts'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { CONTEXTS } from './support/business.ts'

const Input = z.strictObject({ amount: Cents })
const command = (changes: Partial<CommandDeclaration<typeof Input, undefined>>): ContextCommands => ({
  commands: [
    defineCommand({
      name: 'tests.doThing',
      summary: { fr: 'Fait', en: 'Does' },
      input: Input,
      roles: ['sales'],
      steps: () => [],
      ...changes,
    }),
  ],
  sentences: {},
})
const sentence = () => ({ fr: 'Non.', en: 'No.', fields: [] })

/** Regular expressions in a JSON Schema, without those of days, which have a format besides. */
const patternsOf = (schema: unknown): readonly string[] => {
  if (schema === null || typeof schema !== 'object') return []
  const { pattern, format } = schema as { readonly pattern?: unknown; readonly format?: unknown }
  if (format !== undefined) return []
  return [...(typeof pattern === 'string' ? [pattern] : []), ...Object.values(schema).flatMap(patternsOf)]
}

describe('the registry', () => {
  it.each([
    ['a name without a context', { name: 'doThing' as 'a.b' }, 'its name is not context.verbNoun'],
    ['nobody who may send it', { roles: [] }, 'nobody may send it'],
    [
      'a role that only reads',
      { roles: ['sales' as const, 'auditor' as const] },
      'a role that only reads may send it',
    ],
    ['no summary', { summary: { fr: ' ', en: 'Does' } }, 'its summary is missing'],
  ])('refuses a command with %s', (_, changes, fault) => {
    expect(() => createRegistry([command(changes)])).toThrow(fault)
  })

  it('refuses two commands of one name, and two sentences of one code', () => {
    expect(() => createRegistry([command({}), command({})])).toThrow('it is declared twice')
    const a = { commands: [], sentences: { CODE: sentence } }
    const b = { commands: [], sentences: { CODE: () => sentence() } }
    expect(() => createRegistry([a, b])).toThrow('it has two sentences')
    expect(() => createRegistry([a, a])).not.toThrow()
  })

  it('describes what people may send, with the shape as it travels, and hides what only the system sends', () => {
    const own = command({ name: 'tests.complete', roles: [], actors: [SYSTEM_ACTORS.reactions] })
    const [described, ...others] = createRegistry([command({ entity: () => 'e' }), own]).describe()
    expect(others).toEqual([])
    expect(described).toMatchObject({
      name: 'tests.doThing',
      context: 'tests',
      roles: ['sales'],
      perEntity: true,
      input: { type: 'object', properties: { amount: { type: 'integer' } }, additionalProperties: false },
    })
  })

  it('refuses a duty that is separated from a command which is none', () => {
    const separation = {
      duty: { fr: 'Séparé.', en: 'Separated.' },
      conflictsWith: () => false,
      counts: 'any',
    } as const
    const from = (...others: string[]) =>
      createRegistry([command({ separation: { ...separation, from: others } })])
    expect(() => from('tests.undoThing')).toThrow('separated from tests.undoThing, which is none')
    expect(from('tests.doThing').describe()[0]).toMatchObject({
      separatedFrom: ['tests.doThing'],
      duty: separation.duty,
    })
  })

  it('takes all commands of the product, each with a JSON Schema', () => {
    const described = createRegistry(CONTEXTS).describe()
    expect(described.length).toBeGreaterThan(30)
    for (const { name, input } of described) expect(input, name).toMatchObject({ type: 'object' })
  })

  it('tells nobody a regular expression', () => {
    const texts = createRegistry(CONTEXTS)
      .describe()
      .flatMap(({ input }) => patternsOf(input))
    expect(texts.length).toBeGreaterThan(100)
    const told = texts.flatMap(pattern => {
      const parsed = parseInput(
        z.string().regex(new RegExp(pattern, pattern.includes('\\p{') ? 'u' : '')),
        '\0',
      )
      return parsed.ok ? [] : parsed.issues.map(({ en }) => en)
    })
    expect(told.filter(sentence => sentence.includes('of the form'))).toStrictEqual([])
  })
})
