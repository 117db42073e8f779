import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Role } from '../../../domain/organisation/user.events.ts'
import type { ListField, Lookup, Queryable } from '../../../projections/lists.ts'
import { findUser, userList, userTokenList } from '../../../projections/organisation/organisation.queries.ts'
import { users } from '../../../projections/organisation/users.ts'
import type { ApiDependencies } from '../../dependencies.ts'
import { accountOf } from '../../sign-in/authentication.ts'
import { entitiesOf } from '../../sign-in/rights.ts'
import type { RouteModule } from '../index.ts'
import { listRoutes, partsRoute } from '../lists.ts'
import { documentRoutes } from '../reading.ts'
import type { DocumentRoute } from '../reading.ts'
import { storyRoute } from '../story.ts'

const PATH = '/api/organisation/users'

/** Names and logins stand in no table of users: they are read where an account says them, and the read is recorded. */
const PERSON_FIELDS: readonly ListField[] = [
  { name: 'login', type: 'text', nullable: true, comment: 'What they sign in with; null once forgotten' },
  { name: 'name', type: 'text', nullable: true, comment: 'Their name; null once forgotten' },
]

interface UserRow {
  readonly userId: string
}

const withPerson = async <R extends UserRow>({ accounts }: ApiDependencies, row: R) => {
  const person = await accounts.personOf(row.userId)
  return { ...row, login: person?.login ?? null, name: person?.name ?? null }
}

const recordRead = (deps: ApiDependencies, request: FastifyRequest, rows: readonly UserRow[]): void => {
  const { userId: actor } = accountOf(request)
  const subjects = rows.map(({ userId }) => `person-${userId}`)
  deps.audit.recordSensitiveRead({ actor, query: 'users', subjects, purpose: 'account' })
}

/** A user with the name, as of now and as of then: the name is the account's own and does not change. */
const findWithPerson = (deps: ApiDependencies): Lookup<object> => {
  const find: Lookup<object> = async (db, id) => {
    const row = await findUser(db, id)
    return row && withPerson(deps, row)
  }
  const { asOf } = findUser
  if (!asOf) return find
  return Object.assign(find, {
    asOf: async (db: Queryable, ordinal: number, id: string) => {
      const row = await asOf(db, ordinal, id)
      return row && withPerson(deps, row)
    },
  })
}

const documentOf = (deps: ApiDependencies): DocumentRoute => ({
  path: PATH,
  summary: 'A user',
  area: 'users',
  category: 'user',
  projection: users,
  find: findWithPerson(deps),
  fields: [...userList.columns, ...PERSON_FIELDS],
})

const Policy = z.strictObject({ secondFactorRoles: z.array(Role) })

/** Users with their names, for those who keep and audit accounts; and how people must sign in. */
export const userRoutes: RouteModule = (app, deps) => {
  const document = documentOf(deps)
  listRoutes(app, deps, [
    {
      path: PATH,
      summary: 'Users',
      area: 'users',
      projection: users,
      list: userList,
      completed: {
        fields: PERSON_FIELDS,
        rows: (request, rows) => {
          recordRead(deps, request, rows as readonly UserRow[])
          return Promise.all((rows as readonly UserRow[]).map(row => withPerson(deps, row)))
        },
      },
    },
  ])
  documentRoutes(app, deps, document)
  storyRoute(app, deps, document)
  partsRoute(app, deps, {
    document,
    name: 'tokens',
    summary: 'Tokens of a user, without their secrets',
    list: userTokenList,
    by: 'userId',
  })
  app.get('/api/organisation/sign-in-policy', {
    schema: { summary: 'Which roles need a second factor', response: { 200: Policy } },
    handler: async request => {
      entitiesOf(request, 'users')
      return deps.accounts.policy()
    },
  })
}
