import type * as Oidc from 'openid-client'
import type { Grant } from '../../domain/organisation/user.events.ts'

/**
 * Sign-in through an OpenID Connect provider: the authorization code flow with PKCE, state and nonce. What concerns the
 * protocol is the library's; here is what this program asks for, and what it takes from the answer.
 */
export interface ProviderSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Rights by the groups that the provider says; a group that is not here gives none. */
  readonly groups: Readonly<Record<string, readonly Grant[]>>
  /** Whether who comes for the first time is registered; otherwise an account is linked by its holder. */
  readonly createsUsers: boolean
}

/** What must come back unchanged with the code. */
export interface Checks {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Who somebody is, as the provider vouches for it. */
export interface VouchedFor {
  readonly issuer: string
  readonly subject: string
  readonly login: string
  readonly name: string
  readonly groups: readonly string[]
}

/** The provider does not answer. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable'
}
/** What came back is not what was asked for: another state or nonce, a code that is over, a signature that is wrong. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused'
}

/** Loaded once somebody comes through a provider: a start without one does not wait for it. */
const library = (): Promise<typeof Oidc> => import('openid-client')

const SCOPE = 'openid profile email groups'
const ANSWER_S_MAX = 10
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** Asked for its description once it is needed, and again where it did not answer: a start never waits for it. */
export class IdentityProvider {
  readonly settings: ProviderSettings
  private configuration: Promise<Oidc.Configuration> | undefined

  constructor(settings: ProviderSettings) {
    this.settings = settings
  }

  /** Where a browser is sent to sign in, and what must come back. @throws ProviderUnavailable */
  async begin(redirectUri: string): Promise<{ readonly url: string; readonly checks: Checks }> {
    const configuration = await this.discovered()
    const oidc = await library()
    const verifier = oidc.randomPKCECodeVerifier()
    const checks = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier }
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: SCOPE,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    return { url: url.href, checks }
  }

  /**
   * Who came back, by the address they came back to.
   * @throws ProviderUnavailable, ProviderRefused
   */
  async complete(address: URL, { state, nonce, verifier }: Checks): Promise<VouchedFor> {
    const configuration = await this.discovered()
    const oidc = await library()
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, address, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) throw new ProviderRefused('no identity was told')
      return vouchedFor(claims)
    } catch (cause) {
      if (cause instanceof ProviderRefused) throw cause
      throw isAway(cause)
        ? new ProviderUnavailable('the provider does not answer', { cause })
        : new ProviderRefused('what came back is not what was asked for', { cause })
    }
  }

  /** Where a browser is sent to sign out there too; undefined where the provider has no such address, or is away. */
  async signOutUrl(backTo: string): Promise<string | undefined> {
    try {
      const configuration = await this.discovered()
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
      const oidc = await library()
      return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: backTo }).href
    } catch (error) {
      if (error instanceof ProviderUnavailable) return undefined
      throw error
    }
  }

  private discovered(): Promise<Oidc.Configuration> {
    this.configuration ??= this.discover().catch((cause: unknown) => {
      this.configuration = undefined
      throw new ProviderUnavailable('the provider does not answer', { cause })
    })
    return this.configuration
  }

  private async discover(): Promise<Oidc.Configuration> {
    const oidc = await library()
    const { issuer, clientId, clientSecret } = this.settings
    const server = new URL(issuer)
    const near = server.protocol === 'http:' && LOOPBACK.has(server.hostname)
    return oidc.discovery(server, clientId, clientSecret, undefined, {
      timeout: ANSWER_S_MAX,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out: on loopback there is no wire
      ...(near && { execute: [oidc.allowInsecureRequests] }),
    })
  }
}

const AWAY: ReadonlySet<string> = new Set(['OAUTH_TIMEOUT', 'ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET'])

/** Whether nobody answered, as against an answer that is wrong. */
const isAway = (error: unknown): boolean => {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown }
  if (typeof code === 'string' && AWAY.has(code)) return true
  return cause instanceof Error && isAway(cause)
}

const LOGIN_MAX = 254
const NAME_MAX = 200

const textOf = (value: unknown, max: number): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, max).trim() : undefined

const vouchedFor = (claims: Oidc.IDToken): VouchedFor => {
  const { iss, sub, preferred_username: username, email, name, groups } = claims
  const login = textOf(username, LOGIN_MAX) ?? textOf(email, LOGIN_MAX) ?? sub
  return {
    issuer: iss,
    subject: sub,
    login,
    name: textOf(name, NAME_MAX) ?? login.slice(0, NAME_MAX),
    groups: Array.isArray(groups) ? groups.filter(group => typeof group === 'string') : [],
  }
}

/** The rights that somebody's groups give, each once. */
export const grantsOf = (
  { groups: mapping }: ProviderSettings,
  groups: readonly string[],
): readonly Grant[] => {
  const given = groups.flatMap(group => (Object.hasOwn(mapping, group) ? (mapping[group] ?? []) : []))
  return [...new Map(given.map(grant => [`${grant.role} ${grant.entityId}`, grant])).values()]
}
