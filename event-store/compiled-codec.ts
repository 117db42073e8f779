import { z } from 'zod'

/**
 * Reading a million events by zod costs a fifth of a rebuild, and writing them costs more, so both ways through a
 * schema are compiled: straight-line code for the kinds of schema that events are made of, and zod itself for every
 * other. Whatever the compiled code does not accept goes through zod again, which then gives the error (or the
 * value): the code can only be too strict, never wrongly strict. That it is never too lax, and gives equal values,
 * is a law in tests/event-store.
 */
export const compileDecoder = (schema: z.ZodType): ((plain: unknown) => unknown) => {
  const compiled = new Compiler('decode').compile(schema)
  return plain => {
    const value = compiled(plain)
    return value === undefined ? z.decode(schema, plain) : value
  }
}

/** The way back: from the domain's value to plain JSON, keys in the order of the schema, absent ones left out. */
export const compileEncoder = (schema: z.ZodType): ((value: unknown) => unknown) => {
  const compiled = new Compiler('encode').compile(schema)
  return value => {
    const plain = compiled(value)
    return plain === undefined ? asJson(z.encode(schema, value)) : plain
  }
}

/** Zod keeps a key whose value is undefined, which JSON does not have. */
const asJson = (plain: unknown): unknown => JSON.parse(JSON.stringify(plain))

type Schema = z.ZodType
type Def = Record<string, unknown> & {
  type: string
  checks?: readonly { _zod: { def: CheckDef } }[]
  format?: string
}
type CheckDef = Record<string, unknown> & { check: string }

const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def
const checksOf = (def: Def): readonly CheckDef[] => (def.checks ?? []).map(c => c._zod.def)

/** A test in source form, or undefined where only zod knows how to make it. */
type Test = string | undefined
const all = (tests: readonly Test[]): Test => (tests.includes(undefined) ? undefined : tests.join(' && '))

type Make = (...constants: readonly unknown[]) => (plain: unknown) => unknown

class Compiler {
  private readonly direction: 'decode' | 'encode'
  /** What the source refers to by name: patterns, sets, functions and schemas. */
  private readonly constants: unknown[] = []
  private readonly functions: string[] = []
  private readonly named = new Map<Schema, string>()

  constructor(direction: 'decode' | 'encode') {
    this.direction = direction
  }

  compile(schema: Schema): (plain: unknown) => unknown {
    const root = this.functionFor(schema)
    const names = this.constants.map((_, i) => `c${i}`)
    // The source is made of our schemas alone: no text of an event is ever part of it.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- compiling is the point
    const make = new Function(...names, `${this.functions.join('\n')}\nreturn ${root}`) as Make
    return make(...this.constants)
  }

  private constant(value: unknown): string {
    return `c${this.constants.push(value) - 1}`
  }

  /** Name of the function that reads one schema: the decoded value, or undefined where it does not accept. */
  private functionFor(schema: Schema): string {
    const known = this.named.get(schema)
    if (known !== undefined) return known
    const name = `f${this.named.size}`
    this.named.set(schema, name)
    this.functions.push(`function ${name}(v) {\n${this.body(schema)}\n}`)
    return name
  }

  private body(schema: Schema): string {
    const def = defOf(schema)
    const test = this.scalarTest(schema)
    if (test !== undefined) return `return ${test} ? v : undefined`
    if (def.checks?.length && def.type !== 'array') return this.byZod(schema)
    switch (def.type) {
      case 'object':
        return this.object(schema, def)
      case 'array':
        return this.array(schema, def)
      case 'record':
        return this.record(schema, def)
      case 'union':
        return this.union(def)
      case 'pipe':
        return this.codec(schema, def)
      case 'nullable':
        return `return v === null ? null : ${this.functionFor(def['innerType'] as Schema)}(v)`
      default:
        return this.byZod(schema)
    }
  }

  private byZod(schema: Schema): string {
    const decode = this.constant((plain: unknown) => {
      const result = z.safeDecode(schema, plain)
      return result.success ? result.data : undefined
    })
    return `return ${decode}(v)`
  }

  /** The test of a schema whose stored and decoded values are the same scalar. */
  private scalarTest(schema: Schema): Test {
    const def = defOf(schema)
    switch (def.type) {
      case 'string':
        return all([
          "typeof v === 'string'",
          this.ownFormat(def),
          ...checksOf(def).map(c => this.stringTest(c)),
        ])
      case 'number':
        return def.format === undefined || def.format === 'safeint'
          ? all([
              def.format === 'safeint' ? 'Number.isSafeInteger(v)' : 'Number.isFinite(v)',
              ...checksOf(def).map(numberTest),
            ])
          : undefined
      case 'boolean':
        return def.checks?.length ? undefined : "typeof v === 'boolean'"
      case 'literal':
        return def.checks?.length ? undefined : oneOf(def['values'] as unknown[])
      case 'enum':
        return def.checks?.length
          ? undefined
          : oneOf(Object.values(def['entries'] as Record<string, unknown>))
      default:
        return undefined
    }
  }

  private ownFormat(def: Def): Test {
    return def.format === undefined ? 'true' : this.stringTest(def as unknown as CheckDef)
  }

  private stringTest(check: CheckDef): Test {
    const { pattern } = check
    if (check.check === 'min_length') return `v.length >= ${String(check['minimum'])}`
    if (check.check === 'max_length') return `v.length <= ${String(check['maximum'])}`
    const plain =
      check.check === 'string_format' && (check['format'] === 'regex' || check['format'] === 'date')
    // A pattern with a memory (g, y) would remember where the event before ended.
    return plain && pattern instanceof RegExp && !/[gy]/.test(pattern.flags)
      ? `${this.constant(pattern)}.test(v)`
      : undefined
  }

  private object(schema: Schema, def: Def): string {
    if ((def['catchall'] as Schema | undefined)?._zod.def.type !== 'never') return this.byZod(schema)
    const shape = Object.entries(def['shape'] as Record<string, Schema>).map(([key, child], i) => {
      const optional = defOf(child).type === 'optional' && !defOf(child).checks?.length
      return {
        name: `x${i}`,
        at: JSON.stringify(key),
        optional,
        schema: optional ? (defOf(child)['innerType'] as Schema) : child,
      }
    })
    const required = shape.filter(f => !f.optional)
    // Decoded, keys may stand in any order, and one literal is quickest; a text has the order of its schema.
    const ordered = this.direction === 'encode'
    const leading = ordered ? shape.findIndex(f => f.optional) : -1
    const literal = leading < 0 ? required : shape.slice(0, leading)
    return [
      "if (typeof v !== 'object' || v === null || Array.isArray(v)) return undefined",
      ...required.map(
        f =>
          `const ${f.name} = ${this.value(f.schema, `v[${f.at}]`)}; if (${f.name} === undefined) return undefined`,
      ),
      `const o = { ${literal.map(f => `${f.at}: ${f.name}`).join(', ')} }`,
      `let n = ${required.length}, y`,
      ...shape
        .filter(f => !literal.includes(f))
        .map(f => (f.optional ? this.optionalKey(f.at, f.schema) : `o[${f.at}] = ${f.name}`)),
      // Every declared key was counted, so one more is one that nobody declared.
      'for (const _ in v) n--',
      'return n === 0 ? o : undefined',
    ].join('\n')
  }

  private optionalKey(at: string, schema: Schema): string {
    const present = `if ((y = ${this.value(schema, `v[${at}]`)}) === undefined) return undefined; o[${at}] = y; n++`
    // JSON has no undefined; a value of the domain may hold a key that is.
    const absent = this.direction === 'encode' ? ` else if (${at} in v) n++` : ''
    return `if (v[${at}] !== undefined) { ${present} }${absent}`
  }

  private value(schema: Schema, source: string): string {
    return `${this.functionFor(schema)}(${source})`
  }

  private array(schema: Schema, def: Def): string {
    const lengths = all(
      checksOf(def).map(c => (/^(min|max)_length$/.test(c.check) ? this.stringTest(c) : undefined)),
    )
    if (lengths === undefined) return this.byZod(schema)
    return [
      `if (!Array.isArray(v)${lengths && ` || !(${lengths})`}) return undefined`,
      'const o = new Array(v.length)',
      `for (let i = 0; i < v.length; i++) if ((o[i] = ${this.value(def['element'] as Schema, 'v[i]')}) === undefined) return undefined`,
      'return o',
    ].join('\n')
  }

  private record(schema: Schema, def: Def): string {
    const key = def['keyType'] as Schema
    if (defOf(key).type !== 'string' || def['mode'] !== undefined) return this.byZod(schema)
    return [
      "if (typeof v !== 'object' || v === null || Array.isArray(v)) return undefined",
      'const o = {}',
      'for (const k in v) {',
      `if (k === '__proto__' || ${this.value(key, 'k')} === undefined) return undefined`,
      `if ((o[k] = ${this.value(def['valueType'] as Schema, 'v[k]')}) === undefined) return undefined`,
      '}',
      'return o',
    ].join('\n')
  }

  /** The first option that accepts. Discriminated options exclude each other, so order does not matter to them. */
  private union(def: Def): string {
    const options = def['options'] as Schema[]
    return [
      'let o',
      ...options.map(o => `if ((o = ${this.value(o, 'v')}) !== undefined) return o`),
      'return undefined',
    ].join('\n')
  }

  /** A codec between a stored scalar and an unchecked bigint: the scaled numbers. */
  private codec(schema: Schema, def: Def): string {
    const test = this.scalarTest(def['in'] as Schema)
    const out = defOf(def['out'] as Schema)
    const { transform, reverseTransform } = def as { transform?: unknown; reverseTransform?: unknown }
    const pure = [transform, reverseTransform].every(f => typeof f === 'function' && f.length === 1)
    if (test === undefined || out.type !== 'bigint' || out.checks?.length || !pure) return this.byZod(schema)
    return this.direction === 'decode'
      ? `return ${test} ? ${this.constant(transform)}(v) : undefined`
      : `if (typeof v !== 'bigint') return undefined\nv = ${this.constant(reverseTransform)}(v)\nreturn ${test} ? v : undefined`
  }
}

const numberTest = (check: CheckDef): Test => {
  const bound = check['value']
  if (typeof bound !== 'number') return undefined
  if (check.check === 'greater_than') return `v >${check['inclusive'] === true ? '=' : ''} ${bound}`
  if (check.check === 'less_than') return `v <${check['inclusive'] === true ? '=' : ''} ${bound}`
  return undefined
}

const oneOf = (values: readonly unknown[]): Test =>
  values.length > 0 &&
  values.every(v => typeof v === 'string' || typeof v === 'boolean' || Number.isSafeInteger(v))
    ? `(${values.map(v => `v === ${JSON.stringify(v)}`).join(' || ')})`
    : undefined
