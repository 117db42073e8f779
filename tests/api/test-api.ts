import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { z } from 'zod'
import { createApi } from '../../api/app.ts'
import { defaultSettings } from '../../api/dependencies.ts'
import type { ApiDependencies, ApiSettings } from '../../api/dependencies.ts'
import type { Account } from '../../api/sign-in/accounts.ts'
import { hashPassword } from '../../api/sign-in/password.ts'
import { defineCommand, sentencesFor } from '../../commands/definition.ts'
import type { CommandRequest } from '../../commands/handler.ts'
import type { Outcome } from '../../commands/outcome.ts'
import { createRegistry } from '../../commands/registry.ts'
import { parseInput } from '../../commands/validation.ts'
import type { Role } from '../../domain/organisation/user.events.ts'
import { Cents, Day, Uuid, text } from '../../domain/shared/values.ts'
import type { Session } from '../../event-store/vault/accounts.ts'
import type { Change } from '../../projections/engine/batch.ts'

/** The application over ports in memory: what concerns HTTP alone is tested without a database. */

export const PASSWORD = 'un mot de passe assez long'
export const ENTITY = '01932f0c-5a00-7000-8000-00000000e001'
export const OTHER_ENTITY = '01932f0c-5a00-7000-8000-00000000e002'

const roles: readonly Role[] = [
  'sales',
  'billing',
  'accountant',
  'chiefAccountant',
  'auditor',
  'analyst',
  'administrator',
]
export const userIdOf = (role: Role): string =>
  `01932f0c-5a00-7000-8000-00000000a00${roles.indexOf(role) + 1}`
export const tokenOf = (role: Role): string => `test-token-of-${role}`

type TestRejection = { readonly code: 'PERIOD_CLOSED'; readonly day: string; readonly firstOpenDay: string }

export const testRegistry = createRegistry([
  {
    commands: [
      defineCommand({
        name: 'ledger.postNote',
        summary: { fr: 'Passe une note.', en: 'Posts a note.' },
        input: z.strictObject({
          entityId: Uuid,
          day: Day,
          label: text(80),
          amount: Cents,
          lines: z.array(z.strictObject({ account: text(15) })).optional(),
        }),
        roles: ['accountant', 'chiefAccountant'],
        entity: input => input.entityId,
        steps: () => [],
      }),
      defineCommand({
        name: 'organisation.greet',
        summary: { fr: 'Salue.', en: 'Greets.' },
        input: z.strictObject({ name: text(80) }),
        roles: ['administrator', 'sales'],
        steps: () => [],
      }),
    ],
    sentences: sentencesFor<TestRejection>({
      PERIOD_CLOSED: ({ day, firstOpenDay }) => ({
        fields: ['day'],
        fr: `Le ${day} est dans une période close : premier jour ouvert ${firstOpenDay}.`,
        en: `${day} lies in a closed period: the first open day is ${firstOpenDay}.`,
      }),
    }),
  },
])

export interface TestApi {
  readonly app: FastifyInstance
  /** Every command that reached the handler. */
  readonly commands: CommandRequest[]
  readonly refusedSignIns: { readonly code: string; readonly loginDigest: string }[]
  readonly logLines: string[]
  readonly sessions: Map<string, Session>
  /** A commit of a projection, as the engine announces it. */
  readonly change: (change: Change) => void
  /** Moves the clock of sessions. */
  readonly advance: (ms: number) => void
  /** Answers of the handler, by default what a good command gets. */
  answer: (request: CommandRequest) => Promise<Outcome>
  readonly leave: (role: Role) => void
  readonly as: (role: Role) => { readonly authorization: string }
  readonly signIn: (login?: string, password?: string) => Promise<LightMyRequestResponse>
}

const accountOf = (role: Role, left: ReadonlySet<Role>): Account => ({
  userId: userIdOf(role),
  kind: 'human',
  grants: [{ role, entityId: role === 'accountant' ? ENTITY : 'all' }],
  active: !left.has(role),
  credentialId: CREDENTIAL,
  factorId: undefined,
  needsFactor: false,
  identity: undefined,
  invitationId: undefined,
  holdsToken: tokenId => tokenId === userIdOf(role),
})
const CREDENTIAL = '01932f0c-5a00-7000-8000-00000000c001'

const memorySessions = (sessions: Map<string, Session>): ApiDependencies['vault']['sessions'] => ({
  async put({ secret, ...session }) {
    sessions.set(secret, session)
  },
  find: async secret => sessions.get(secret),
  async extend(secret, expiresAt) {
    const session = sessions.get(secret)
    if (session) sessions.set(secret, { ...session, expiresAt })
  },
  ofUser: async (userId, after) =>
    [...sessions.values()].filter(session => session.userId === userId && session.expiresAt > after),
  async remove(secret) {
    sessions.delete(secret)
  },
  async removeOne(userId, sessionId) {
    for (const [secret, session] of sessions)
      if (session.userId === userId && session.sessionId === sessionId) sessions.delete(secret)
  },
  async removeOf(userId) {
    for (const [secret, session] of sessions) if (session.userId === userId) sessions.delete(secret)
  },
  async removeExpired(before) {
    for (const [secret, session] of sessions) if (session.expiresAt < before) sessions.delete(secret)
  },
})

/** The one password of all test accounts, hashed once for a whole file. */
const passwordHash = hashPassword(PASSWORD)

export const handled = async (request: CommandRequest): Promise<Outcome> => {
  const definition = testRegistry.find(request.name)
  if (!definition) return { kind: 'unknownCommand', sentence: { fr: 'inconnue', en: 'unknown' } }
  const parsed = parseInput(definition.input, request.input)
  if (!parsed.ok) return { kind: 'invalid', issues: parsed.issues }
  if (!request.actor.grants.some(grant => definition.roles.includes(grant.role)))
    return { kind: 'forbidden', sentence: { fr: 'Interdit.', en: 'Forbidden.' } }
  const event = {
    id: '5e6f0c00-0000-5000-8000-000000000001',
    type: 'ledger.NotePosted',
    stream: 'note-1',
    revision: 3,
  }
  return { kind: 'done', events: [event], position: '0000000000000042' }
}

interface Observed {
  readonly commands: CommandRequest[]
  readonly refusedSignIns: { readonly code: string; readonly loginDigest: string }[]
  readonly logLines: string[]
  readonly sessions: Map<string, Session>
  readonly listeners: Set<(change: Change) => void>
  readonly left: Set<Role>
  now: number
  answer: (request: CommandRequest) => Promise<Outcome>
}

const observed = (): Observed => ({
  commands: [],
  refusedSignIns: [],
  logLines: [],
  sessions: new Map(),
  listeners: new Set(),
  left: new Set(),
  now: Date.parse('2026-01-15T09:00:00.000Z'),
  answer: handled,
})

const byId = new Map(roles.map(role => [userIdOf(role), role]))
const byLogin = new Map(roles.map(role => [`${role}@exemple.fr`, userIdOf(role)]))
const unused = (what: string) => () => Promise.reject(new Error(`${what} is not part of this test`))

const testVault = (seen: Observed): ApiDependencies['vault'] => ({
  credentials: {
    put: unused('setting a password'),
    ofUser: async userId =>
      byId.has(userId) ? { credentialId: CREDENTIAL, passwordHash: await passwordHash } : undefined,
    removeOf: unused('removing a password'),
  },
  tokens: {
    put: unused('issuing a token'),
    find: async secret => {
      const role = roles.find(r => tokenOf(r) === secret)
      const expiresAt = '2027-01-01T00:00:00.000Z'
      return role && { tokenId: userIdOf(role), userId: userIdOf(role), expiresAt }
    },
    remove: unused('removing a token'),
    removeOf: unused('removing tokens'),
  },
  sessions: memorySessions(seen.sessions),
  secondFactors: {
    put: unused('offering a second factor'),
    find: unused('a second factor'),
    useStep: unused('a second factor'),
    putRecoveryCodes: unused('recovery codes'),
    useRecoveryCode: unused('recovery codes'),
    recoveryCodesLeft: unused('recovery codes'),
    removeOthers: unused('removing second factors'),
    removeOf: unused('removing second factors'),
  },
  invitations: {
    put: unused('an invitation'),
    find: async () => undefined,
    removeOf: unused('removing invitations'),
  },
  hmac: (kind, clear) => `digest of ${kind} ${clear.length}`,
})

/** Dependencies in memory, and what can be seen of them from outside. */
export const testDependencies = (seen: Observed = observed()): ApiDependencies => ({
  registry: testRegistry,
  commands: {
    handle(request) {
      seen.commands.push(request)
      return seen.answer(request)
    },
  },
  accounts: {
    ofLogin: async login => byLogin.get(login),
    ofIdentity: async () => undefined,
    find: async userId => {
      const role = byId.get(userId)
      return role && accountOf(role, seen.left)
    },
    policy: async () => ({ secondFactorRoles: [] }),
    personOf: async userId => {
      const role = byId.get(userId)
      return role && { login: `${role}@exemple.fr`, name: `Camille ${role}` }
    },
  },
  vault: testVault(seen),
  audit: {
    signInRefused: attempt => void seen.refusedSignIns.push(attempt),
    recordSensitiveRead: () => undefined,
  },
  preferences: undefined as never,
  readModels: undefined as never,
  watch: {
    onChange: listener => {
      seen.listeners.add(listener)
      return () => seen.listeners.delete(listener)
    },
    current: async () =>
      new Map([['customers_v1', { ordinal: 40, position: '40', state: 'running', failure: undefined }]]),
    waitFor: async () => ({ reached: true }),
  },
  isPosition: () => true,
  head: async () => '0000000000000099',
  logEnd: () => 42,
  checks: {},
  logDangers: () => [],
  log: { kind: 'sandbox', name: 'essai' },
  settings: defaultSettings,
  logging: { level: 'info', write: line => void seen.logLines.push(line) },
  now: () => seen.now,
})

export const testApi = async (
  settings: Partial<ApiSettings> = {},
  more: Partial<ApiDependencies> = {},
): Promise<TestApi> => {
  const seen = observed()
  const app = createApi({
    ...testDependencies(seen),
    settings: { ...defaultSettings, ...settings },
    ...more,
  })
  await app.ready()
  return Object.assign(seen, {
    app,
    change: (change: Change) => seen.listeners.forEach(listener => listener(change)),
    advance: (ms: number) => void (seen.now += ms),
    leave: (role: Role) => void seen.left.add(role),
    as: (role: Role) => ({ authorization: `Bearer ${tokenOf(role)}` }),
    signIn: (login = 'accountant@exemple.fr', password = PASSWORD) =>
      app.inject({ method: 'POST', url: '/api/session', payload: { login, password } }),
  })
}

/** The value of the session cookie that an answer sets. */
export const cookieOf = (response: LightMyRequestResponse): string => {
  const value = response.cookies.find(cookie => cookie.name.endsWith('grandlivre'))?.value
  if (!value) throw new Error('the answer sets no session cookie')
  return value
}
