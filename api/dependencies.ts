import type pg from 'pg'
import type { CommandHandler } from '../commands/handler.ts'
import type { AuditRecorder } from '../commands/refusals.ts'
import type { Registry } from '../commands/registry.ts'
import type { Vault } from '../event-store/vault/vault.ts'
import type { ProjectionWatch } from '../projections/engine/watch.ts'
import type { Queryable } from '../projections/lists.ts'
import type { Subject } from '../replay/check.ts'
import type { Source } from '../replay/cut.ts'
import type { Preferences } from './preferences/preferences.ts'
import type { Accounts } from './sign-in/accounts.ts'
import type { IdentityProvider } from './sign-in/identity-provider.ts'

/** What the application is given: the composition root binds these ports to the other rooms. */

/** What `/ready` asks: each throws or answers false where it is not. */
export type Check = () => Promise<boolean>

export interface ApiSettings {
  /** The cookie is `Secure`: browsers come by TLS, ended here or by a proxy. */
  readonly secureCookies: boolean
  /** Addresses of proxies whose X-Forwarded-* headers are believed. */
  readonly trustedProxies?: readonly string[]
  /** Requests of one address in a minute, signed in or not: a whole office may be behind one. */
  readonly requestsPerMinuteMax: number
  /** Requests of one person's sessions in a minute. */
  readonly personRequestsPerMinuteMax: number
  /** Sign-ins of one login from one address in ten minutes. */
  readonly signInsMax: number
  /** How long a query waits at most for `minPosition`. */
  readonly visibilityWaitMsMax: number
  readonly heartbeatMs: number
}

/** What a person may ask of what an address may. */
const PERSONS_PER_ADDRESS = 5

/** Both bounds of requests, from the one that is set. */
export const requestBounds = (perMinuteMax: number) => ({
  requestsPerMinuteMax: perMinuteMax,
  personRequestsPerMinuteMax: Math.ceil(perMinuteMax / PERSONS_PER_ADDRESS),
})

export const defaultSettings: ApiSettings = {
  secureCookies: false,
  ...requestBounds(6_000),
  signInsMax: 10,
  visibilityWaitMsMax: 5_000,
  heartbeatMs: 15_000,
}

export interface ApiLog {
  readonly level: 'silent' | 'error' | 'warn' | 'info'
  /** Where lines go instead of standard output. */
  readonly write?: (line: string) => void
}

export interface ApiDependencies {
  readonly registry: Registry
  readonly commands: CommandHandler
  readonly accounts: Accounts
  readonly vault: Pick<
    Vault,
    'credentials' | 'secondFactors' | 'tokens' | 'invitations' | 'sessions' | 'hmac'
  >
  readonly audit: Pick<AuditRecorder, 'signInRefused' | 'recordSensitiveRead'>
  /** What people chose for themselves. */
  readonly preferences: Preferences
  /** Where the read models are. */
  readonly readModels: Queryable & Pick<pg.Pool, 'connect'>
  /** The log itself, for the auditor's routes; absent: this process does not replay. */
  readonly replay?: Source & Subject
  /** How far the projections are. */
  readonly watch: Pick<ProjectionWatch, 'onChange' | 'current' | 'waitFor'>
  /** Whether a text has the form of the log's positions. */
  readonly isPosition: (text: string) => boolean
  /** Position of the log's last event, read from the store itself. */
  readonly head: () => Promise<string | undefined>
  /** Ordinal of the log's last event, as far as this process knows. */
  readonly logEnd: () => number
  readonly checks: Readonly<Record<string, Check>>
  /** Codes of what endangers the log, as far as this process knows: one for each stream that it concerns. */
  readonly logDangers: () => readonly string[]
  /** What every answer about the log's kind needs: screens of a sandbox say so. */
  readonly log: { readonly kind: 'production' | 'sandbox'; readonly name: string }
  /** Users of a demonstration, with the passwords that everybody knows. */
  readonly demonstration?: readonly {
    readonly login: string
    readonly name: string
    readonly role: string
    readonly password: string
  }[]
  /** Through which people may sign in besides passwords; absent: by password alone. */
  readonly provider?: IdentityProvider
  /** Folder of the built screens; absent: this process answers the API alone. */
  readonly screens?: string
  readonly settings: ApiSettings
  readonly logging: ApiLog
  /** Instant in milliseconds since 1970; `Date.now` outside of tests. Sessions run on the machine's time, not the log's. */
  readonly now?: () => number
}
