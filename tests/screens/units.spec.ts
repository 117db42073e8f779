import { expect, it } from 'vitest'
import { UNITS } from '../../domain/shared/code-lists.ts'
import { UNIT_NAMES } from '../../screens/shapes/unit-names.ts'

it('every unit that is taken has a name', () =>
  expect(Object.keys(UNIT_NAMES).toSorted()).toStrictEqual([...UNITS].toSorted()))
