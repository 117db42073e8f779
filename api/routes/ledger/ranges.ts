import { invalidParameter } from '../reading.ts'

/** @throws Problem INVALID_INPUT where a range ends before it begins */
export const inOrder = (from: string, to: string, field = 'to'): void => {
  if (from > to) throw invalidParameter(field, { fr: `${from} ou après`, en: `${from} or later` })
}

/** @throws Problem INVALID_INPUT where an axis has no value, or a value no axis */
export const inPair = ({
  axis,
  value,
}: {
  readonly axis?: string | undefined
  readonly value?: string | undefined
}) => {
  if ((axis === undefined) === (value === undefined)) return
  const [missing, given] = axis === undefined ? ['axis', 'value'] : ['value', 'axis']
  throw invalidParameter(missing, {
    fr: `« ${missing} » avec « ${given} »`,
    en: `"${missing}" with "${given}"`,
  })
}
