import { z } from 'zod'
import type { Rejection } from '../domain/shared/aggregate.ts'
import type { Role } from '../domain/organisation/user.events.ts'
import type {
  CommandDefinition,
  ContextCommands,
  RefusalSentence,
  Sentence,
  Sentences,
} from './definition.ts'
import { houseSentences } from './house-rejections.ts'
import { lineNumber } from './line-number.ts'

/** What the outside may know of a command: the source of routes, OpenAPI and the matrix of rights. */
export interface CommandDescription {
  readonly name: string
  readonly context: string
  readonly summary: Sentence
  readonly roles: readonly Role[]
  /** Rights are asked in a legal entity that the command names. */
  readonly perEntity: boolean
  /** One's own record needs none of the roles. */
  readonly own: boolean
  /** What the actor may not have done before, in words, and the commands that do it. */
  readonly duty?: Sentence
  readonly separatedFrom: readonly string[]
  /** JSON Schema (2020-12) of the input as it travels. */
  readonly input: unknown
}

/** The whole write surface. */
export interface Registry {
  find(name: string): CommandDefinition | undefined
  /** Every command a person or program may send; those of system actors are left out. */
  describe(): readonly CommandDescription[]
  /** What a rejection of an input says to a person. */
  sentence(rejection: Rejection, input: unknown): RefusalSentence
}

const NAME = /^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/

/** Roles that read and change nothing. */
const READING: ReadonlySet<Role> = new Set<Role>(['auditor', 'analyst'])

const faultOf = (c: CommandDefinition): string | undefined => {
  if (!NAME.test(c.name)) return 'its name is not context.verbNoun'
  if (c.roles.length === 0 && c.actors === undefined && c.own === undefined) return 'nobody may send it'
  if (c.roles.some(role => READING.has(role))) return 'a role that only reads may send it'
  if (c.summary.fr.trim() === '' || c.summary.en.trim() === '') return 'its summary is missing'
  if (!(c.input instanceof z.ZodObject) && !(c.input instanceof z.ZodDiscriminatedUnion))
    return 'its input is not an object'
  return undefined
}

/** Lets a codec appear as what travels. */
const wireSchema = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

const describe = (c: CommandDefinition): CommandDescription => ({
  name: c.name,
  context: c.name.slice(0, c.name.indexOf('.')),
  summary: c.summary,
  roles: c.roles,
  perEntity: c.entity !== undefined,
  own: c.own !== undefined,
  ...(c.separation && { duty: c.separation.duty }),
  separatedFrom: c.separation?.from ?? [],
  input: wireSchema(c.input),
})

/**
 * Gathers what the contexts declare.
 * @throws where two commands share a name, two contexts a code, or a command breaks a rule of the house or names none
 */
export const createRegistry = (contexts: readonly ContextCommands[]): Registry => {
  const commands = new Map<string, CommandDefinition>()
  const sentences = new Map<string, Sentences[string]>()
  for (const context of [{ commands: [], sentences: houseSentences }, ...contexts]) {
    for (const command of context.commands) {
      const fault = commands.has(command.name) ? 'it is declared twice' : faultOf(command)
      if (fault) throw new Error(`command ${command.name}: ${fault}`)
      commands.set(command.name, command)
    }
    for (const [code, sentence] of Object.entries(context.sentences)) {
      const known = sentences.get(code)
      if (known && known !== sentence) throw new Error(`rejection ${code}: it has two sentences`)
      sentences.set(code, sentence)
    }
  }
  for (const { name, separation } of commands.values())
    for (const other of separation?.from ?? [])
      if (!commands.has(other))
        throw new Error(`command ${name}: it is separated from ${other}, which is none`)
  return {
    find: name => commands.get(name),
    describe: () => [...commands.values()].filter(c => c.actors === undefined).map(describe),
    sentence: (rejection, input) => {
      const sentence = sentences.get(rejection.code)
      if (!sentence) throw new Error(`rejection ${rejection.code} has no sentence`)
      return sentence(rejection as never, lineNumber(rejection, input))
    },
  }
}
