import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import config from '../../vitest.config.ts'
import {
  formViolations,
  importViolations,
  purityViolations,
  sourceFiles,
  unrunTests,
  type SourceFile,
} from '../support/house.ts'
import { programFlags } from '../support/program-flags.ts'

const files = sourceFiles()
const planted = (path: string, text: string): SourceFile => ({ path, text })
const projects = (config.test?.projects ?? []).map(project => {
  if (typeof project !== 'object' || !('test' in project))
    throw new Error('a project without its own settings')
  const { include = [], exclude = [] } = project.test ?? {}
  return { include, exclude }
})

describe('the house', () => {
  it('has files to look at in every room that is built', () => {
    const rooms = new Set(files.map(({ path }) => path.split('/')[0]))
    expect([...rooms]).toEqual(
      expect.arrayContaining(['domain', 'event-store', 'commands', 'projections', 'cli']),
    )
  })
  it('imports with the flow of the rooms', () => expect(files.flatMap(importViolations)).toStrictEqual([]))
  it('keeps the domain pure', () => expect(files.flatMap(purityViolations)).toStrictEqual([]))
  it('keeps files small and silences nothing', () => expect(files.flatMap(formViolations)).toStrictEqual([]))
  it('gives Node the same flags by `npm start` and in benchmarks as by `npx grandlivre`', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      scripts: Readonly<Record<string, string>>
    }
    const node = ['node', ...programFlags()].join(' ')
    expect(scripts['start']).toBe(`${node} cli/grandlivre.ts start`)
    expect(scripts['bench']).toBe(`${node} tests/bench/bench.ts`)
  })
  it('runs every test, each in one project', () => expect(unrunTests(files, projects)).toStrictEqual([]))
})

describe('the test of the house finds', () => {
  it.each([
    [
      'domain/commerce/a.ts',
      "import { x } from '../../event-store/port.ts'",
      'domain may not import event-store',
    ],
    [
      'event-store/a.ts',
      "import type { X } from '../projections/x.ts'",
      'event-store may not import projections',
    ],
    ['commands/a.ts', "export * from '../projections/x.ts'", 'commands may not import projections'],
    ['projections/a.ts', "const x = await import('../commands/x.ts')", 'projections may not import commands'],
    ['replay/a.ts', "import '../cli/main.ts'", 'replay may not import cli'],
    ['domain/commerce/a.ts', "import { x } from '../ledger/chart.ts'", 'only public.ts crosses contexts'],
    ['domain/commerce/a.ts', "import fs from 'node:fs'", 'the domain is pure'],
    ['screens/frame/a.ts', "import { x } from '../ledger/x.ts'", 'the frame of the screens knows no context'],
  ])('an import against the flow: %s: %s', (path, text, complaint) => {
    expect(importViolations(planted(path, text))).toStrictEqual([expect.stringContaining(complaint)])
  })

  it('nothing wrong with an import along the flow', () => {
    const text = `import { z } from 'zod'
      import * as E from 'fp-ts/lib/Either.js'
      import { x } from '../shared/values.ts'
      import { y } from '../ledger/public.ts'`
    expect(importViolations(planted('domain/commerce/a.ts', text))).toStrictEqual([])
    expect(importViolations(planted('cli/a.ts', "import '../api/app.ts'"))).toStrictEqual([])
  })

  it('a clock in the domain, but not in a comment', () => {
    expect(purityViolations(planted('domain/a.ts', 'const now = Date.now()'))).toHaveLength(1)
    expect(purityViolations(planted('domain/a.ts', '// never Date.now()'))).toStrictEqual([])
  })

  // Written in two parts, so that this file does not hold what it looks for.
  const silenced = (word: string): string => `// ${word}-disable-next-line no-console`
  it('a file too long, a silenced tool, a test that runs alone', () => {
    expect(formViolations(planted('api/a.ts', '\n'.repeat(400)))).toHaveLength(1)
    expect(formViolations(planted('api/a.ts', `// @ts-${'ignore'}`))).toHaveLength(1)
    expect(formViolations(planted('api/a.ts', silenced('eslint')))).toHaveLength(1)
    expect(formViolations(planted('api/a.ts', `${silenced('eslint')} -- the reason`))).toStrictEqual([])
    expect(formViolations(planted('tests/a.spec.ts', `it.${'only'}('x')`))).toHaveLength(1)
  })

  it('a test that runs nowhere', () => {
    expect(unrunTests([planted('tests/bench/a.spec.ts', '')], projects)).toHaveLength(1)
    expect(unrunTests([planted('tests/a.ts', "it('runs', () => {})")], projects)).toHaveLength(1)
    expect(unrunTests([planted('domain/a.test.ts', '')], projects)).toHaveLength(1)
    expect(unrunTests([planted('tests/full/a.spec.ts', '')], projects)).toStrictEqual([])
    expect(unrunTests([planted('tests/a.spec.ts', '')], projects)).toStrictEqual([])
  })
})
