import { expect, it } from 'vitest'
import { judge, parseSkips, type Outcome } from '../support/verdict.ts'

const outcome = (test: string, state: Outcome['state'], file = 'tests/a.spec.ts'): Outcome => ({
  file,
  test,
  state,
})
const reason = 'needs an account of its own'

it('counts what passed, failed and was skipped with a reason', () => {
  const run = [outcome('one', 'passed'), outcome('two', 'failed'), outcome('three', 'skipped')]
  const verdict = judge(run, [{ file: 'tests/a.spec.ts', test: 'three', reason }], 'quick', {})
  expect(verdict).toStrictEqual({ passed: 1, failed: 1, skipped: 1, complaints: [] })
})

it('turns a skip without a listed reason red', () => {
  expect(judge([outcome('one', 'skipped')], [], 'quick', {})).toStrictEqual({
    passed: 0,
    failed: 1,
    skipped: 0,
    complaints: ['Skipped without a reason in tests/skips.json: tests/a.spec.ts > one'],
  })
})

it('allows a skip that is listed for a setting only where that is set', () => {
  const skips = [{ file: 'tests/a.spec.ts', test: 'one', reason, onlyWith: 'EVENTSTORE_URL' }]
  const run = [outcome('one', 'skipped')]
  expect(judge(run, skips, 'quick', { EVENTSTORE_URL: 'esdb://host' })).toMatchObject({
    failed: 0,
    skipped: 1,
  })
  for (const environment of [{}, { EVENTSTORE_URL: '' }])
    expect(judge(run, skips, 'quick', environment)).toMatchObject({ failed: 1, skipped: 0 })
})

it('turns a listed skip whose test is gone red, in the run that would have met it', () => {
  const skips = [{ file: 'tests/full/b.spec.ts', test: 'gone', reason }]
  expect(judge([outcome('one', 'passed')], skips, 'full', {}).failed).toBe(1)
  expect(judge([outcome('one', 'passed')], skips, 'quick', {}).failed).toBe(0)
  expect(judge([outcome('one', 'passed')], skips, undefined, {}).failed).toBe(0)
})

it('does not read a list of skips without reasons', () => {
  expect(() => parseSkips('[{"file": "tests/a.spec.ts", "test": "one", "reason": ""}]')).toThrow()
})
