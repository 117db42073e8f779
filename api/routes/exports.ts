import type { FastifyInstance, FastifyRequest } from 'fastify'
import type pg from 'pg'
import { z } from 'zod'
import { text } from '../../domain/shared/values.ts'
import type { Projection } from '../../projections/definition.ts'
import type { ListField } from '../../projections/lists.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { SHAPES } from '../export/cells.ts'
import { openRows, sendExport } from '../export/export.ts'
import type { Bundles } from '../export/export.ts'
import { reading } from './reading.ts'

/** A list, or its groups, as a file: the same question as that of its rows, and what is to be shown of them. */

const LABEL_CHARACTERS_MAX = 200
const ABOUT_LINES_MAX = 80
const COLUMNS_MAX = 60
const WORDS_MAX = 200

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

const Label = z.string().max(LABEL_CHARACTERS_MAX)
const AboutLine = z.tuple([Label, z.string().max(2_000)])

const bodyOf = (fields: readonly ListField[]) =>
  z.strictObject({
    format: z.enum(['csv', 'xlsx']),
    language: z.enum(['fr', 'en']).describe('How numbers are written, and what separates the columns of CSV'),
    title: text(80).describe('Name of the file and of its sheet'),
    timeZone: z
      .string()
      .max(60)
      .refine(isTimeZone, { params: { expected: { fr: 'un fuseau horaire', en: 'a time zone' } } })
      .describe('Of the clock that instants are told by: Europe/Paris'),
    columns: z
      .array(
        z.strictObject({
          field: z.enum(fields.map(({ name }) => name)),
          label: Label,
          as: z.enum(SHAPES),
          words: z
            .record(z.string().max(LABEL_CHARACTERS_MAX), Label)
            .refine(words => Object.keys(words).length <= WORDS_MAX)
            .optional()
            .describe('What its values are called'),
          width: z.int().min(1).max(255).optional().describe('Of the column, in characters'),
        }),
      )
      .min(1)
      .max(COLUMNS_MAX),
    about: z
      .strictObject({ title: text(30), lines: z.array(AboutLine).max(ABOUT_LINES_MAX) })
      .describe('A second sheet of a workbook: what the first one shows'),
  })

export interface ExportRoute {
  readonly path: string
  readonly summary: string
  /** Of the parts of its address, where it has any. */
  readonly params?: z.ZodType
  readonly projections: readonly Projection[]
  readonly querystring: z.ZodType
  readonly fields: readonly ListField[]
  /** @throws BadListRequest */
  readonly rows: (request: FastifyRequest) => (client: pg.ClientBase) => Bundles
}

/** A question that is too long for an address: it changes nothing. */
export const exportRoute = (app: FastifyInstance, deps: ApiDependencies, route: ExportRoute): void => {
  const Body = bodyOf(route.fields)
  app.post(`${route.path}/export`, {
    schema: {
      summary: `${route.summary}, as a file: CSV or XLSX, whole`,
      ...(route.params && { params: route.params }),
      querystring: route.querystring,
      body: Body,
      response: { 200: z.string().describe('The file') },
    },
    handler: async (request, reply) => {
      const read = route.rows(request)
      const rows = await reading(deps, request, route.projections, () => openRows(deps.readModels, read))
      return sendExport(reply, rows, request.body as z.output<typeof Body>)
    },
  })
}
