import { invalidParameter } from '../reading.ts'

/** @throws Problem INVALID_INPUT where a range ends before it begins */
export const inOrder = (from: string, to: string, field = 'to'): void => {
  if (from > to) throw invalidParameter(field, { fr: `${from} ou après`, en: `${from} or later` })
}
