import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { projections } from './all.ts'
import { analyticsViews } from './analytics/views.ts'
import { schemaOf } from './definition.ts'
import type { Table } from './definition.ts'
import { namedColumns } from './engine/tables.ts'

/** The dictionary of the read models, written from their declarations: `npm run docs` writes docs/read-models.md. */

const FILE = join(import.meta.dirname, '../docs/read-models.md')

const cell = (text: string): string => text.replaceAll('|', '\\|')

const tableText = (table: Table): string => {
  const marks = [
    `key ${table.key.map(k => `\`${k}\``).join(', ')}`,
    ...(table.history ? ['keeps history'] : []),
    ...(table.appendOnly ? ['rows never change'] : []),
  ]
  const rows = namedColumns(table).map(
    c => `| \`${c.name}\` | ${c.type}${c.nullable ? ', may be null' : ''} | ${cell(c.comment)} |`,
  )
  return [
    `### ${table.name}`,
    '',
    `${table.comment}. ${marks.join('; ')}.`,
    '',
    '| column | type | what |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n')
}

/** The whole text, as it should stand in docs/read-models.md. */
export const dictionary = async (): Promise<string> => {
  const parts = [
    '# The read models',
    '',
    'Written from the declarations in `projections/` by `npm run docs`; do not edit.',
    '',
    'Each projection lives in a schema of its own name and version. Tables that keep history have a column `since`',
    '(the ordinal since which a row stands so) and a table `<name>_history` of superseded rows with `until` besides.',
    ...projections.flatMap(projection => [
      '',
      `## ${schemaOf(projection)}`,
      '',
      `${projection.comment}.`,
      ...projection.tables.flatMap(table => ['', tableText(table)]),
    ]),
    '',
    '## analytics',
    '',
    'Views for analysts: amounts in units of currency; the role `grandlivre_analyst` reads them and nothing else.',
    ...analyticsViews.flatMap(view => [
      '',
      `### ${view.name}`,
      '',
      `${view.comment}.`,
      '',
      '| column | what |',
      '| --- | --- |',
      ...view.columns.map(([name, , comment]) => `| \`${name}\` | ${cell(comment)} |`),
    ]),
    '',
  ]
  const options = await resolveConfig(FILE)
  return format(parts.join('\n'), { ...options, parser: 'markdown' })
}
