import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

const importsOf = (path: string): readonly string[] =>
  ts
    .preProcessFile(readFileSync(join(root, path), 'utf8'), true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter(name => name.startsWith('.'))
    .map(name => normalize(join(path, '..', name)))
    .filter(name => name.endsWith('.ts') && existsSync(join(root, name)))

/** Every file that these bring in, however far away. */
const reached = (from: readonly string[]): ReadonlySet<string> => {
  const files = new Set(from)
  for (const file of files) for (const next of importsOf(file)) files.add(next)
  return files
}

const room = globSync('replay/**/*.ts', { cwd: root })
const acting = /^(commands|integrations|api)\/|registrar|reactions/

describe('a replay has no effects', () => {
  it('no registrar, reaction or command is reached from the room, by any import', () => {
    const files = reached(room)
    expect(files.size).toBeGreaterThan(room.length)
    expect([...files].filter(file => acting.test(file))).toStrictEqual([])
  })

  it('nor from the commands of the auditor', () => {
    const commands = globSync('cli/commands/replay/*.ts', { cwd: root })
    expect([...reached(commands)].filter(file => acting.test(file))).toStrictEqual([])
  })

  it('no append, subscription or notification is written in it', () => {
    const texts = room.map(file => readFileSync(join(root, file), 'utf8'))
    expect(texts.filter(text => /\.(append|subscribe)\(|pg_notify/.test(text))).toStrictEqual([])
  })

  it('the test would see one', () => {
    expect([...reached(['cli/composition.ts'])].some(file => acting.test(file))).toBe(true)
  })
})
