import { randomUUID, randomUUIDv7 } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../../commands/authorisation.ts'
import type { Outcome } from '../../commands/outcome.ts'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { same } from '../../domain/shared/same.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { Problem } from '../problems.ts'
import type { Account } from '../sign-in/accounts.ts'
import { accountOf, refuseCrossSite, setSessionCookie } from '../sign-in/authentication.ts'
import { keepBegun, takeBegun } from '../sign-in/begun-sign-in.ts'
import { ProviderRefused, ProviderUnavailable, grantsOf } from '../sign-in/identity-provider.ts'
import type { IdentityProvider, VouchedFor } from '../sign-in/identity-provider.ts'
import { publicUrlOf } from '../sign-in/public-url.ts'
import { tookEffect } from '../sign-in/secrets.ts'
import type { Sessions } from '../sign-in/sessions.ts'

type Dependencies = ApiDependencies & { readonly provider: IdentityProvider }

const CALLBACK = '/api/sign-in/callback'
const ACCOUNT_PAGE = '/organisation/account'
const GoOn = z.strictObject({ goOn: z.string().describe('Where the browser goes on') })

/** Why somebody whom the provider sent back does not come in: what the page of sign-in says, by its code. */
export const REFUSALS = [
  'SIGN_IN_STALE',
  'PROVIDER_REFUSED',
  'PROVIDER_UNAVAILABLE',
  'USER_UNKNOWN',
  'ACCOUNT_CLOSED',
  'NO_ROLE',
  'LOGIN_TAKEN',
  'IDENTITY_TAKEN',
] as const
type Refusal = (typeof REFUSALS)[number]

class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal)
    this.refusal = refusal
  }
}

/** Sign-in through the identity provider, and the link of one's own account to it. */
export const providerRoutes = (app: FastifyInstance, deps: Dependencies, sessions: Sessions): void => {
  const begin = async (
    request: FastifyRequest,
    reply: FastifyReply,
    linking?: string,
  ): Promise<z.output<typeof GoOn>> => {
    const redirectUri = `${publicUrlOf(request)}${CALLBACK}`
    const { url, checks } = await deps.provider.begin(redirectUri).catch((error: unknown) => {
      throw error instanceof ProviderUnavailable ? unavailable() : error
    })
    keepBegun(reply, deps, { ...checks, ...(linking !== undefined && { linking }) })
    return { goOn: url }
  }

  app.post('/api/sign-in/provider', {
    config: { open: true },
    schema: { summary: 'Begins a sign-in through the identity provider', response: { 200: GoOn } },
    handler: async (request, reply) => {
      if (request.headers.origin !== undefined) refuseCrossSite(request)
      return begin(request, reply)
    },
  })

  app.post('/api/me/identity', {
    schema: {
      summary: 'Begins the link of one’s own account to the identity provider',
      response: { 200: GoOn },
    },
    handler: (request, reply) => begin(request, reply, accountOf(request).userId),
  })

  app.get(CALLBACK, {
    config: { open: true },
    schema: { summary: 'Where the identity provider sends a browser back to', hide: true },
    handler: async (request, reply) => {
      try {
        return await reply.redirect(await cameBack(deps, sessions, request, reply))
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal === undefined) throw error
        deps.audit.signInRefused({ code: refusal, loginDigest: deps.vault.hmac('loginTried', 'provider') })
        return reply.redirect(`/?refused=${refusal}`)
      }
    },
  })
}

const refusalOf = (error: unknown): Refusal | undefined => {
  if (error instanceof Refused) return error.refusal
  if (error instanceof ProviderUnavailable) return 'PROVIDER_UNAVAILABLE'
  return error instanceof ProviderRefused ? 'PROVIDER_REFUSED' : undefined
}

const unavailable = (): Problem =>
  new Problem('PROVIDER_UNAVAILABLE', {
    fr: 'Le fournisseur d’identité ne répond pas ; la connexion par mot de passe reste possible.',
    en: 'The identity provider does not answer; signing in by password goes on.',
  })

/** Signs in, or links, whoever the provider vouches for: the page where the browser goes on. @throws Refused… */
const cameBack = async (
  deps: Dependencies,
  sessions: Sessions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> => {
  const begun = takeBegun(request, reply, deps)
  if (!begun) throw new Refused('SIGN_IN_STALE')
  const address = new URL(request.url, publicUrlOf(request))
  const identity = await deps.provider.complete(address, begun)
  const known = await deps.accounts.ofIdentity(identity.issuer, identity.subject)
  if (begun.linking !== undefined) {
    await link(deps, begun.linking, known, identity)
    return `${ACCOUNT_PAGE}?linked=true`
  }
  const account = await accountFor(deps, identity, known)
  const cookie = await sessions.begin(account.userId, 'provider', request.headers['user-agent'])
  setSessionCookie(reply, deps.settings, cookie)
  return '/'
}

const PROVIDER: Actor = { userId: SYSTEM_ACTORS.identityProvider, grants: [] }

const sendAs = (deps: Dependencies, actor: Actor, name: string, input: object): Promise<Outcome> =>
  deps.commands.handle({ name, input, actor, origin: 'screen', key: randomUUID() })

const link = async (
  deps: Dependencies,
  userId: string,
  known: string | undefined,
  { issuer, subject }: VouchedFor,
): Promise<void> => {
  const account = await deps.accounts.find(userId)
  if (!account?.active) throw new Refused('ACCOUNT_CLOSED')
  if (known !== undefined && known !== userId) throw new Refused('IDENTITY_TAKEN')
  const { grants } = account
  const linked = await sendAs(deps, { userId, grants }, 'organisation.linkIdentity', {
    userId,
    issuer,
    subject,
  })
  if (!tookEffect(linked)) throw new Refused(isEnding(linked) ? 'SIGN_IN_STALE' : 'IDENTITY_TAKEN')
}

/** An earlier link of the account is still being ended: in a moment the way there is open again. */
const isEnding = (outcome: Outcome): boolean =>
  outcome.kind === 'refused' && outcome.rejection.code === 'IDENTITY_LINK_ENDED'

/** The account of who signs in, with the rights that the groups say now where groups say them. */
const accountFor = async (
  deps: Dependencies,
  identity: VouchedFor,
  known: string | undefined,
): Promise<Account> => {
  const account = known === undefined ? undefined : await deps.accounts.find(known)
  // A claim without its account is a registration that was cut off: it goes on under the same id.
  if (!account) return registered(deps, identity, known ?? randomUUIDv7())
  if (!account.active || account.identity === undefined) throw new Refused('ACCOUNT_CLOSED')
  if (account.identity.rightsFrom === 'groups') await followGroups(deps, identity, account)
  return account
}

const followGroups = async (
  deps: Dependencies,
  { groups }: VouchedFor,
  { userId, grants: present }: Account,
): Promise<void> => {
  const grants = grantsOf(deps.provider.settings, groups)
  if (!same(grants, present, 'different'))
    await sendAs(deps, PROVIDER, 'organisation.grantFromGroups', { userId, grants })
  // Rights that the groups took away are gone from the account, too, before its holder is turned away.
  if (grants.length === 0) throw new Refused('NO_ROLE')
}

const registered = async (deps: Dependencies, identity: VouchedFor, userId: string): Promise<Account> => {
  const { settings } = deps.provider
  if (!settings.createsUsers) throw new Refused('USER_UNKNOWN')
  const { issuer, subject, login, name, groups } = identity
  const grants = grantsOf(settings, groups)
  if (grants.length === 0) throw new Refused('NO_ROLE')
  // Whoever has this login here is somebody else until they have linked their account themselves.
  const holder = await deps.accounts.ofLogin(login)
  if (holder !== undefined && holder !== userId) throw new Refused('LOGIN_TAKEN')
  const input = { userId, issuer, subject, login, name, grants }
  const outcome = await sendAs(deps, PROVIDER, 'organisation.registerProviderUser', input)
  const account = tookEffect(outcome) ? await deps.accounts.find(userId) : undefined
  if (!account) throw new Refused('PROVIDER_REFUSED')
  return account
}
