import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { IdentityProvider } from '../api/sign-in/identity-provider.ts'
import { Grant } from '../domain/organisation/user.events.ts'
import { Failure, exitCodes } from './failure.ts'
import type { FailureFacts, Sentence } from './failure.ts'

/** What `start` is told of an identity provider: each by its option, else by its variable of the environment. */
export interface ProviderOptions {
  readonly oidcIssuer?: string | undefined
  readonly oidcClientId?: string | undefined
  readonly oidcSecretFile?: string | undefined
  readonly oidcGroups?: string | undefined
  readonly oidcCreateUsers?: boolean | undefined
}

const VARIABLES = {
  oidcIssuer: 'GRANDLIVRE_OIDC_ISSUER',
  oidcClientId: 'GRANDLIVRE_OIDC_CLIENT_ID',
  oidcSecretFile: 'GRANDLIVRE_OIDC_SECRET_FILE',
  oidcGroups: 'GRANDLIVRE_OIDC_GROUPS',
} as const
type Named = keyof typeof VARIABLES
const CREATE_USERS = 'GRANDLIVRE_OIDC_CREATE_USERS'

const OPTION: Readonly<Record<Named, string>> = {
  oidcIssuer: '--oidc-issuer',
  oidcClientId: '--oidc-client-id',
  oidcSecretFile: '--oidc-secret-file',
  oidcGroups: '--oidc-groups',
}
const NEEDED = ['oidcIssuer', 'oidcClientId', 'oidcSecretFile'] as const

/**
 * The identity provider that people may sign in through; undefined where nothing of it is given.
 * @throws Failure where something of it is missing or wrong, naming it
 */
export const identityProvider = (
  options: ProviderOptions,
  environment: NodeJS.ProcessEnv,
): IdentityProvider | undefined => {
  const value = (name: Named): string | undefined =>
    options[name] ?? (environment[VARIABLES[name]] || undefined)
  const given = Object.keys(VARIABLES).some(name => value(name as Named) !== undefined)
  if (!given) return undefined
  const missing = NEEDED.find(name => value(name) === undefined)
  if (missing !== undefined) throw incomplete(missing)
  const groupsFile = value('oidcGroups')
  return new IdentityProvider({
    issuer: issuerOf(value('oidcIssuer') ?? ''),
    clientId: value('oidcClientId') ?? '',
    clientSecret: secretOf(value('oidcSecretFile') ?? ''),
    groups: groupsFile === undefined ? {} : groupsOf(groupsFile),
    createsUsers: options.oidcCreateUsers === true || environment[CREATE_USERS] === 'true',
  })
}

const wrong = (code: string, sentence: Sentence, facts: FailureFacts, cause?: unknown): Failure =>
  new Failure(code, sentence, { facts, exitCode: exitCodes.usage, cause })

const incomplete = (missing: Named): Failure =>
  wrong(
    'OIDC_INCOMPLETE',
    {
      en: `The identity provider lacks ${OPTION[missing]} (or ${VARIABLES[missing]}).`,
      fr: `Il manque ${OPTION[missing]} (ou ${VARIABLES[missing]}) au fournisseur d’identité.`,
    },
    { option: OPTION[missing] },
  )

const LOOPBACK = /^(?:127\.0\.0\.1|localhost|\[::1\])$/

const issuerOf = (issuer: string): string => {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname))
  if (safe) return issuer
  throw wrong(
    'OIDC_ISSUER_INVALID',
    {
      en: `--oidc-issuer takes an https address (http on this machine alone); "${issuer}" is not one.`,
      fr: `--oidc-issuer attend une adresse https (http sur cette machine seule) ; « ${issuer} » n’en est pas une.`,
    },
    { issuer },
  )
}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw wrong(
      'OIDC_FILE_UNREADABLE',
      {
        en: `The file ${file} of the identity provider cannot be read.`,
        fr: `Le fichier ${file} du fournisseur d’identité est illisible.`,
      },
      { file },
      cause,
    )
  }
}

const secretOf = (file: string): string => {
  const secret = read(file).trim()
  if ((statSync(file).mode & 0o077) !== 0)
    throw wrong(
      'OIDC_SECRET_OPEN',
      {
        en: `The secret ${file} can be read by others: its mode must be 600.`,
        fr: `Le secret ${file} est lisible par d’autres : ses droits doivent être 600.`,
      },
      { file },
    )
  if (secret !== '') return secret
  throw wrong(
    'OIDC_SECRET_EMPTY',
    {
      en: `The file ${file} holds no secret: the one that the provider gave is expected.`,
      fr: `Le fichier ${file} ne contient pas de secret : attendu celui que le fournisseur a donné.`,
    },
    { file },
  )
}

const Groups = z.record(z.string().min(1), z.array(Grant).min(1))

const groupsOf = (file: string): z.output<typeof Groups> => {
  const text = read(file)
  try {
    return Groups.parse(JSON.parse(text))
  } catch (cause) {
    throw wrong(
      'OIDC_GROUPS_INVALID',
      {
        en: `The file ${file} does not say rights by group: {"Accounting": [{"role": "accountant", "entityId": "all"}]} is expected.`,
        fr: `Le fichier ${file} ne dit pas les droits par groupe : attendu {"Comptabilité": [{"role": "accountant", "entityId": "all"}]}.`,
      },
      { file },
      cause,
    )
  }
}
