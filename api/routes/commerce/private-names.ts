import type { FastifyRequest } from 'fastify'
import { namesOfPersons } from '../../../projections/organisation/organisation.queries.ts'
import type { ApiDependencies } from '../../dependencies.ts'
import { accountOf } from '../../sign-in/authentication.ts'

/** What is needed here of a row, which goes on whole. */
export interface CustomerRow {
  readonly personId: string | null
  readonly name: string | null
}

const PURPOSE = 'accounting'

/**
 * Rows of customers with the names of natural persons among them. These stand in no table of customers; reading them is
 * written down, and one that was forgotten has none.
 */
export const withPrivateNames = async (
  deps: ApiDependencies,
  request: FastifyRequest,
  rows: readonly CustomerRow[],
): Promise<readonly object[]> => {
  const persons = rows.flatMap(({ personId }) => personId ?? [])
  if (persons.length === 0) return rows
  const { userId: actor } = accountOf(request)
  const subjects = persons.map(personId => `person-${personId}`)
  deps.audit.recordSensitiveRead({ actor, query: 'customers', subjects, purpose: PURPOSE })
  const names = await namesOfPersons(deps.readModels, PURPOSE, persons)
  return rows.map(row => (row.personId === null ? row : { ...row, name: names.get(row.personId) ?? null }))
}
