import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { commentList } from '../../projections/collaboration/comments.queries.ts'
import { comments } from '../../projections/collaboration/comments.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { namesOf } from '../sign-in/names.ts'
import { fieldSchema } from './fields.ts'
import { IdParameter, pageOf, pageParameters, pageSchema, readableRow, reading, wirePage } from './reading.ts'
import type { DocumentRoute } from './reading.ts'

const CommentsQuery = z.strictObject(pageParameters)
const Comment = z.intersection(
  fieldSchema(commentList.columns),
  z.object({ authorName: z.string().nullable().describe('Who wrote it, by name') }),
)

/** What was said about a document: whoever may read the document may read it. */
export const commentsRoute = (
  app: FastifyInstance,
  deps: ApiDependencies,
  { path, summary, area, category, projection, find }: DocumentRoute,
): void => {
  app.get(`${path}/:id/comments`, {
    schema: {
      summary: `${summary}: comments on it, the oldest first`,
      params: IdParameter,
      querystring: CommentsQuery,
      response: { 200: pageSchema(Comment) },
    },
    handler: async request => {
      const { id } = request.params as z.output<typeof IdParameter>
      const asked = {
        filter: { document: `${category}-${id}` },
        ...pageOf(request.query as z.output<typeof CommentsQuery>),
      }
      const { rows, next } = await reading(deps, request, [projection, comments], async db => {
        await readableRow(request, find(db, id), area)
        return commentList.page(db, asked)
      })
      const names = await namesOf(
        deps,
        rows.map(({ writtenBy }) => writtenBy),
      )
      return wirePage({
        rows: rows.map(row => ({ ...row, authorName: names.get(row.writtenBy) ?? null })),
        next,
      })
    },
  })
}
