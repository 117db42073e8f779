import { expect, it } from 'vitest'
import pg from 'pg'
import { StoreUnavailable } from '../../event-store/port.ts'
import { asStoreError } from '../../event-store/postgres/failures.ts'
import { isUnavailable } from '../../event-store/unavailable.ts'

const reported = (code: string): Error => Object.assign(new pg.DatabaseError(code, 0, 'error'), { code })

it.each([
  Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  new Error('Connection terminated unexpectedly'),
  new Error('timeout expired'),
  new Error('Query read timeout'),
  new Error('Cannot use a pool after calling end on the pool'),
  reported('57P01'),
  reported('40001'),
])('a server that is away is unavailable: %s', error => {
  expect(isUnavailable(error)).toBe(true)
  expect(asStoreError(error)).toBeInstanceOf(StoreUnavailable)
})

it.each([
  new TypeError('x is not a function'),
  Object.assign(new TypeError('bad argument'), { code: 'ERR_INVALID_ARG_TYPE' }),
  new Error('impossible: a key claimed twice'),
  reported('42P01'),
])('a defect, or a statement refused, passes through as it is: %s', error => {
  expect(isUnavailable(error)).toBe(false)
  expect(asStoreError(error)).toBe(error)
})
