import { z } from 'zod'
import { Role } from '../../../domain/organisation/user.events.ts'
import type { Grant } from '../../../domain/organisation/user.events.ts'
import { LIMIT_MAX } from '../../../projections/lists.ts'
import type { Queryable } from '../../../projections/lists.ts'
import { userList } from '../../../projections/organisation/organisation.queries.ts'
import { users } from '../../../projections/organisation/users.ts'
import { combinedDuties } from '../../duties.ts'
import { accountOf } from '../../sign-in/authentication.ts'
import { AREAS, READERS, entitiesOf } from '../../sign-in/rights.ts'
import { visibilityParameters } from '../../visibility.ts'
import type { RouteModule } from '../index.ts'
import { reading } from '../reading.ts'

const Sentence = z.strictObject({ fr: z.string(), en: z.string() })
const Rights = z.strictObject({
  roles: z.array(Role),
  commands: z.array(
    z.strictObject({
      name: z.string(),
      context: z.string(),
      summary: Sentence,
      roles: z.array(Role),
      perEntity: z.boolean(),
      own: z.boolean().describe('One’s own record needs none of the roles'),
      separatedFrom: z.array(z.string()),
      duty: Sentence.optional(),
    }),
  ),
  reads: z.array(z.strictObject({ area: z.enum(AREAS), roles: z.array(Role) })),
  combined: z
    .array(
      z.strictObject({
        userId: z.string(),
        name: z.string().nullable(),
        command: z.string(),
        from: z.array(z.string()),
        entityIds: z.array(z.string()),
      }),
    )
    .describe('Users who hold separated duties together: never both on one document'),
})

/** All accounts that open. */
const activeUsers = async (db: Queryable) => {
  const all = []
  let cursor: string | undefined
  do {
    const page = await userList.page(db, { filter: { active: 'true' }, limit: LIMIT_MAX, cursor })
    all.push(...page.rows)
    cursor = page.next
  } while (cursor !== undefined)
  return all
}

/** The matrix of rights as the registry of commands has it, and who combines what is separated. */
export const rightsRoutes: RouteModule = (app, deps) => {
  const commands = deps.registry.describe()
  const matrix = {
    roles: Role.options,
    commands: commands.map(({ name, context, summary, roles, perEntity, own, separatedFrom, duty }) => ({
      name,
      context,
      summary,
      roles,
      perEntity,
      own,
      separatedFrom,
      ...(duty && { duty }),
    })),
    reads: AREAS.map(area => ({ area, roles: READERS[area] })),
  }
  app.get('/api/organisation/rights', {
    schema: {
      summary: 'Who may do what, which duties are separated, and who combines them',
      querystring: z.strictObject(visibilityParameters),
      response: { 200: Rights },
    },
    handler: async request => {
      entitiesOf(request, 'audit')
      const active = await reading(deps, request, [users], activeUsers)
      const holders = active.map(({ userId, grants }) => ({ userId, grants: grants as readonly Grant[] }))
      const combined = await Promise.all(
        combinedDuties(commands, holders).map(async each => ({
          ...each,
          name: (await deps.accounts.personOf(each.userId))?.name ?? null,
        })),
      )
      const subjects = [...new Set(combined.map(({ userId }) => `person-${userId}`))]
      const { userId: actor } = accountOf(request)
      deps.audit.recordSensitiveRead({ actor, query: 'rights', subjects, purpose: 'account' })
      return { ...matrix, combined }
    },
  })
}
