import { expect, it } from 'vitest'
import { refusedFields } from '../../api/refused-fields.ts'
import type { Rejection } from '../../domain/shared/aggregate.ts'

const sentence = { fr: 'Déjà pris.', en: 'Taken.' }

it.each([
  ['orderNumber', { number: 'C-1', orderedOn: '2026-01-05' }, ['number']],
  ['customerCode', { code: 'VINET' }, ['code']],
  ['iban', { iban: 'FR76' }, ['iban']],
  ['orderNumber', { orderedOn: '2026-01-05' }, []],
])('a key that is taken, %s, is about the field that holds it', (kind, input, fields) => {
  const taken = { code: 'KEY_TAKEN', kind, ownerStream: 'order-1' } as Rejection
  expect(refusedFields(taken, input, sentence).map(({ field }) => field)).toStrictEqual(fields)
})
