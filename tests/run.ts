/**
 * The test command: `node tests/run.ts quick|full [path …]`.
 *
 * `quick` is everything a change must pass: format, types, lint, and every test outside tests/full.
 * `full` runs what takes longer. With paths, only the tests in them run. The last line is always
 * `N passed, N failed, N skipped`; a skip not listed with its reason in tests/skips.json counts as failed.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { startVitest, type TestCase, type TestModule } from 'vitest/node'
import { judge, parseSkips, type Outcome } from './support/verdict.ts'

const root = new URL('..', import.meta.url).pathname
const checks = {
  format: ['prettier', '--check', '--log-level', 'warn', '.'],
  types: ['tsc', '--noEmit', '--pretty'],
  'types of the screens': ['tsc', '--noEmit', '--pretty', '-p', 'screens'],
  lint: ['eslint', '--max-warnings', '0', '.'],
} as const

/**
 * Runs one static check, with what the tests leave of the machine: at the same priority it would make those that wait
 * for a server look slow. Its output is shown only when it fails.
 */
const check = async (name: keyof typeof checks): Promise<Outcome> => {
  const [program, ...args] = checks[name]
  const child = spawn('nice', ['-n', '10', `${root}node_modules/.bin/${program}`, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  const code = await new Promise<number | null>(resolve => {
    child.once('error', error => {
      output.push(Buffer.from(String(error)))
      resolve(null)
    })
    child.once('close', resolve)
  })
  if (code !== 0) console.error(Buffer.concat(output).toString())
  console.log(`${code === 0 ? '✓' : '✗'} ${name}`)
  return { file: 'checks', test: name, state: code === 0 ? 'passed' : 'failed' }
}

const ofTest = (file: string, test: TestCase): Outcome => {
  const { state } = test.result()
  // A test left pending was never run: the run broke off before it.
  return { file, test: test.fullName, state: state === 'pending' ? 'failed' : state }
}

/** A module without a failed test may still have failed: it did not load, or a hook of it threw. */
const ofModule = (module: TestModule): readonly Outcome[] => {
  const file = relative(root, module.moduleId)
  const tests = [...module.children.allTests()].map(test => ofTest(file, test))
  const failedElsewhere = !module.ok() && !tests.some(({ state }) => state === 'failed')
  return failedElsewhere ? [...tests, { file, test: '(module)', state: 'failed' }] : tests
}

const runTests = async (project: string, paths: readonly string[]): Promise<readonly Outcome[]> => {
  const vitest = await startVitest([...paths], { run: true, watch: false, root, project })
  const outcomes = vitest.state.getTestModules().flatMap(ofModule)
  const strayErrors = vitest.state.getUnhandledErrors().length
  await vitest.close()
  if (strayErrors > 0) return [...outcomes, { file: 'vitest', test: 'no unhandled error', state: 'failed' }]
  return outcomes.length > 0 ? outcomes : [{ file: 'vitest', test: 'finds tests', state: 'failed' }]
}

const [project = 'quick', ...paths] = process.argv.slice(2)
const whole = paths.length === 0
const checked =
  project === 'quick' && whole
    ? Promise.all(Object.keys(checks).map(name => check(name as keyof typeof checks)))
    : []
const tested = await runTests(project, paths)
const skips = parseSkips(readFileSync(new URL('skips.json', import.meta.url), 'utf8'))
const verdict = judge([...(await checked), ...tested], skips, whole ? project : undefined, process.env)

for (const complaint of verdict.complaints) console.error(complaint)
console.log(`${verdict.passed} passed, ${verdict.failed} failed, ${verdict.skipped} skipped`)
process.exitCode = verdict.failed === 0 ? 0 : 1
