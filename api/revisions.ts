import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from './problems.ts'

/** The revision of a document is its ETag; If-Match says which revision a command's author saw. */

const REVISION = /^"(\d{1,9})"$/

/** @throws Problem INVALID_HEADER for an If-Match that is no revision */
export const revisionOfHeader = (request: FastifyRequest): number | undefined => {
  const header = request.headers['if-match']
  if (header === undefined) return undefined
  const revision = REVISION.exec(header)?.[1]
  if (revision !== undefined) return Number(revision)
  throw new Problem(
    'INVALID_HEADER',
    {
      fr: 'L’en-tête If-Match porte la révision du document entre guillemets, telle que donnée par ETag : "3".',
      en: 'The header If-Match carries the revision of the document in quotes, as given by ETag: "3".',
    },
    {
      errors: [
        {
          field: 'If-Match',
          expected: {
            fr: 'une révision entre guillemets, telle que donnée par ETag',
            en: 'a revision in quotes, as given by ETag',
          },
        },
      ],
    },
  )
}

export const setRevision = (reply: FastifyReply, revision: number | undefined): void => {
  if (revision !== undefined) reply.header('ETag', `"${revision}"`)
}

/** Answers 304 where the caller has this revision already. */
export const isNotModified = (request: FastifyRequest, revision: number): boolean =>
  request.headers['if-none-match'] === `"${revision}"`
