import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob, normalize } from 'node:path'
import ts from 'typescript'

/** A source file by its path in the project, with '/' and without './'. */
export type SourceFile = { readonly path: string; readonly text: string }

const root = join(import.meta.dirname, '..', '..')

/** Which rooms a room may import besides itself (DESIGN §1); cli and tests stand above all and may import any. */
const flow: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  'event-store': ['domain'],
  commands: ['event-store', 'domain'],
  projections: ['event-store', 'domain'],
  replay: ['projections', 'event-store', 'domain'],
  integrations: ['commands', 'domain'],
  api: ['commands', 'projections', 'replay', 'event-store', 'domain'],
  screens: ['domain'],
}

/** What shows any list, document or form: contexts declare themselves to it, and it knows none of them. */
const machinery = ['account', 'api', 'documents', 'forms', 'frame', 'home', 'lists', 'shapes', 'words']

/** What the pure room may use of others' code: schemas, Either, and the digest of bytes. */
const domainPackages = ['zod', 'fp-ts/lib/', 'node:crypto']

/** Clocks, chance and ids, by the names under which they would come into a pure function. */
const impure =
  /\b(?:Date\.now|new Date\(\)|Temporal\.Now|performance\.now|Math\.random|random(?:UUID|UUIDv7|Bytes|Int))\b/

const maxLines = 400

/** Written by the program, which tests/house checks: nobody reads them for their form. */
const made = ['screens/api/generated.ts', 'screens/.built']

export const sourceFiles = (): readonly SourceFile[] =>
  globSync(
    [...Object.keys(flow), 'cli', 'tests'].map(room => `${room}/**/*.{ts,tsx}`),
    { cwd: root, exclude: [...made] },
  ).map(path => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }))

const importsOf = ({ text }: SourceFile): readonly string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)

/** The path in the project that a relative import names. */
const target = (from: string, specifier: string): string => normalize(join(from, '..', specifier))

const roomOf = (path: string): string => path.split('/')[0] ?? ''

/** The context of a file of the domain, or the folder of one of the screens; undefined for those that belong to all. */
const contextOf = (path: string): string | undefined =>
  path.split('/').length > 2 ? path.split('/')[1] : undefined

/** One line per import against the flow between rooms, or past the public file of a context. */
export const importViolations = (file: SourceFile): readonly string[] =>
  importsOf(file).flatMap(specifier => {
    const complaint = specifier.startsWith('.')
      ? relativeComplaint(file.path, target(file.path, specifier))
      : packageComplaint(file.path, specifier)
    return complaint === undefined ? [] : [`${file.path} imports ${specifier}: ${complaint}`]
  })

const relativeComplaint = (from: string, to: string): string | undefined => {
  const room = roomOf(from)
  const allowed = flow[room]
  if (allowed === undefined || to === 'package.json') return undefined
  const toRoom = roomOf(to)
  if (toRoom !== room && !allowed.includes(toRoom)) return `${room} may not import ${toRoom}`
  if (room === 'screens' && toRoom === room) return screensComplaint(contextOf(from), contextOf(to))
  if (room !== 'domain' || contextOf(from) === undefined) return undefined
  const context = contextOf(to)
  const free = context === undefined || context === 'shared' || context === contextOf(from)
  return free || to.endsWith('/public.ts') ? undefined : 'only public.ts crosses contexts'
}

const screensComplaint = (from: string | undefined, to: string | undefined): string | undefined =>
  from === undefined || to === undefined || !machinery.includes(from) || machinery.includes(to)
    ? undefined
    : 'the frame of the screens knows no context'

const packageComplaint = (from: string, name: string): string | undefined =>
  roomOf(from) !== 'domain' || domainPackages.some(allowed => name === allowed || name.startsWith(allowed))
    ? undefined
    : 'the domain is pure'

/** One line per file of the domain that reads a clock, throws dice or makes an id. */
export const purityViolations = ({ path, text }: SourceFile): readonly string[] => {
  const found = roomOf(path) === 'domain' ? impure.exec(withoutComments(text)) : null
  return found ? [`${path} is not pure: ${found[0]}`] : []
}

const withoutComments = (text: string): string => text.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '')

/** Sizes and escapes that lint does not see, because they would be escapes from lint. */
export const formViolations = ({ path, text }: SourceFile): readonly string[] => {
  const lines = text.split('\n').length
  return [
    ...(lines > maxLines ? [`${path} has ${lines} lines, more than ${maxLines}`] : []),
    ...(/@ts-(?:ignore|nocheck|expect-error)/.test(text) ? [`${path} silences the compiler`] : []),
    ...(/eslint-disable(?![^\n]* -- \S)/.test(text) ? [`${path} silences lint without saying why`] : []),
    ...(path.startsWith('tests/') && /\b(?:it|test|describe)\.only\b/.test(text)
      ? [`${path} runs one test only`]
      : []),
  ]
}

type Project = { readonly include: readonly string[]; readonly exclude: readonly string[] }

/** One line per file that holds tests which no project, or more than one, would run. */
export const unrunTests = (files: readonly SourceFile[], projects: readonly Project[]): readonly string[] =>
  files
    .filter(({ path, text }) => /\.(?:spec|test)\.ts$/.test(path) || definesTests(text))
    .flatMap(({ path }) => {
      const running = projects.filter(
        ({ include, exclude }) =>
          include.some(glob => matchesGlob(path, glob)) && !exclude.some(glob => matchesGlob(path, glob)),
      )
      return running.length === 1 ? [] : [`${path} is run by ${running.length} projects of vitest.config.ts`]
    })

/** Helpers may define tests for others to call (a contract suite); they do so inside a function, indented. */
const definesTests = (text: string): boolean => /^(?:it|test|describe)\b/m.test(text)
