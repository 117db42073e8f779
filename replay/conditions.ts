import { z } from 'zod'
import type { Column, SqlType, Table } from '../projections/definition.ts'
import { FigureUnknown } from './explain.ts'

/** Values as rows hold them, written as text; and one of each, to show what is expected. */
const VALUES: Readonly<Record<SqlType, { readonly text: z.ZodType; readonly example: string } | undefined>> =
  {
    text: { text: z.string(), example: 'F1997-000123' },
    uuid: { text: z.guid().lowercase(), example: '01932f0c-0000-7000-8000-000000000001' },
    bigint: { text: z.string().regex(/^(0|-?[1-9]\d*)$/), example: '1234' },
    integer: { text: z.string().regex(/^(0|-?[1-9]\d*)$/), example: '1234' },
    boolean: { text: z.enum(['true', 'false']), example: 'true' },
    date: { text: z.iso.date(), example: '1997-03-31' },
    timestamptz: { text: z.iso.datetime({ precision: 3 }), example: '1997-03-31T21:59:59.000Z' },
    // Nobody names a row by what is in a list or a structure.
    jsonb: undefined,
    'text[]': undefined,
  }

/**
 * Whether rows of a table can be asked for by these values, written as text.
 * @throws FigureUnknown for a column that the table does not have, or a value that its column cannot hold
 */
export const checkConditions = (table: Table, where: Readonly<Record<string, string>>): void => {
  const askable = Object.entries(table.columns).filter(([, { type }]) => VALUES[type])
  const columns = new Map(askable)
  for (const [name, value] of Object.entries(where)) {
    const column = columns.get(name)
    if (!column) throw new FigureUnknown('column', name, [...columns.keys()])
    if (!mayHold(column, value)) throw new FigureUnknown('value', `${name}=${value}`, expectedOf(column))
  }
}

const mayHold = ({ type, nullable, values }: Column, value: string): boolean =>
  (nullable && value === 'null') ||
  (values ? values.includes(value) : VALUES[type]?.text.safeParse(value).success === true)

const expectedOf = ({ type, values }: Column): readonly string[] => values ?? [VALUES[type]?.example ?? '']
