import { BlockList, isIP } from 'node:net'
import { Failure, exitCodes } from '../failure.ts'
import type { ProviderOptions } from '../identity-provider.ts'
import { ROLES } from '../roles.ts'

/** What a process of `start` may do: answer over HTTP, and what any process may do beside. */
export const START_ROLES = ['api', ...ROLES] as const
export type StartRole = (typeof START_ROLES)[number]

/** The options as they were given. */
export interface StartOptions extends ProviderOptions {
  readonly log?: string
  readonly roles?: readonly StartRole[]
  readonly port?: number
  readonly healthPort?: number
  readonly host?: string
  readonly proxy?: readonly string[]
  readonly requestsPerMinute?: number
  readonly demo?: boolean
}

const DEFAULT_PORT = 4680
const LOOPBACK = '127.0.0.1'

/** Where the API answers, and whom it believes what he says of a caller. */
export interface Answering {
  readonly port: number
  readonly host: string
  /** Addresses of what ends TLS before it; absent: who calls is on this machine. */
  readonly proxies?: readonly string[]
  /** Requests of one address in a minute; absent: the usual bound. */
  readonly requestsPerMinuteMax?: number
}

/** @throws Failure ROLES_INVALID */
export const rolesOf = (given: string): readonly StartRole[] => {
  const names = given.split(',').map(name => name.trim())
  const roles = START_ROLES.filter(role => names.includes(role))
  if (roles.length === names.length) return roles
  const known = START_ROLES.join(', ')
  throw misuse(
    'ROLES_INVALID',
    `--roles takes some of ${known}, once each, separated by commas; "${given}" is not that.`,
    `--roles attend certains de ${known}, une fois chacun, séparés par des virgules ; « ${given} » n’en est pas.`,
  )
}

/** @throws Failure PORT_INVALID */
export const portOf =
  (option: '--port' | '--health-port') =>
  (given: string): number => {
    const port = Number(given)
    if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
    throw misuse(
      'PORT_INVALID',
      `${option} takes a number from 1 to 65535; "${given}" is not one.`,
      `${option} attend un nombre de 1 à 65535 ; « ${given} » n’en est pas un.`,
    )
  }

/** @throws Failure REQUESTS_INVALID */
export const requestsOf = (given: string): number => {
  const requests = Number(given)
  if (Number.isInteger(requests) && requests >= 1) return requests
  throw misuse(
    'REQUESTS_INVALID',
    `--requests-per-minute takes a whole number from 1 up; "${given}" is not one.`,
    `--requests-per-minute attend un nombre entier à partir de 1 ; « ${given} » n’en est pas un.`,
  )
}

/** @throws Failure HOST_INVALID */
export const hostOf = (given: string): string => {
  if (isIP(given) !== 0) return given
  throw misuse(
    'HOST_INVALID',
    `--host takes an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::; "${given}" is not one.`,
    `--host attend une adresse de cette machine, comme 127.0.0.1, 0.0.0.0 ou :: ; « ${given} » n’en est pas une.`,
  )
}

/** @throws Failure PROXY_INVALID */
export const proxiesOf = (given: string): readonly string[] => {
  const addresses = given.split(',').map(address => address.trim())
  if (addresses.every(isAddressOrRange)) return addresses
  throw misuse(
    'PROXY_INVALID',
    `--proxy takes addresses or ranges separated by commas, such as 10.0.0.7 or 10.0.0.0/24; "${given}" is not that.`,
    `--proxy attend des adresses ou des plages séparées par des virgules, comme 10.0.0.7 ou 10.0.0.0/24 ; « ${given} » n’en est pas.`,
  )
}

const isAddressOrRange = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  // A range of everybody is no proxy.
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= widest(version))
  )
}

const widest = (version: number): number => (version === 4 ? 32 : 128)

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/**
 * Where the API answers, by the options together; undefined where this process does not answer.
 * @throws Failure OPTION_OF_THE_API, HEALTH_PORT_OF_THE_API, HOST_IN_THE_OPEN
 */
export const answeringOf = ({
  roles = START_ROLES,
  port,
  host,
  proxy,
  requestsPerMinute,
  healthPort,
}: StartOptions): Answering | undefined => {
  if (!roles.includes('api')) {
    const given = Object.entries({ port, host, proxy, 'requests-per-minute': requestsPerMinute }).find(
      ([, value]) => value !== undefined,
    )
    if (given) throw optionOfTheApi(given[0])
    return undefined
  }
  if (healthPort !== undefined) throw healthOfTheApi()
  const address = host ?? LOOPBACK
  if (proxy === undefined && !loopback.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6'))
    throw inTheOpen(address)
  return {
    port: port ?? DEFAULT_PORT,
    host: address,
    ...(proxy && { proxies: proxy }),
    ...(requestsPerMinute !== undefined && { requestsPerMinuteMax: requestsPerMinute }),
  }
}

/** @throws Failure DEMO_NEEDS_ROLES where the demonstration would wait for numbers that nobody gives */
export const refuseDemonstrationWithoutRoles = ({ demo, roles = START_ROLES }: StartOptions): void => {
  if (demo !== true || playsAll(roles)) return
  throw misuse(
    'DEMO_NEEDS_ROLES',
    '--demo plays a business, which takes the roles projections and reactions; leave --roles out.',
    '--demo joue une activité, ce qui demande les rôles projections et reactions ; retirez --roles.',
  )
}

/** Whether everything that a business needs beside the API runs in this process. */
export const playsAll = (roles: readonly StartRole[]): boolean => ROLES.every(role => roles.includes(role))

const misuse = (code: string, en: string, fr: string): Failure =>
  new Failure(code, { en, fr }, { exitCode: exitCodes.usage })

const optionOfTheApi = (name: string): Failure =>
  misuse(
    'OPTION_OF_THE_API',
    `--${name} is about the API, and --roles leaves the API out; drop one of the two.`,
    `--${name} concerne l’API, et --roles exclut l’API ; retirez l’un des deux.`,
  )

const healthOfTheApi = (): Failure =>
  misuse(
    'HEALTH_PORT_OF_THE_API',
    'A process with the API says at its own port how it is (/health, /ready); --health-port is for one without.',
    'Un processus avec l’API dit sur son propre port comment il va (/health, /ready) ; --health-port est pour un processus sans elle.',
  )

const inTheOpen = (host: string): Failure =>
  new Failure(
    'HOST_IN_THE_OPEN',
    {
      en: `On ${host} passwords would travel in clear: name by --proxy the addresses of what ends TLS before this program, or leave --host out.`,
      fr: `Sur ${host}, les mots de passe circuleraient en clair : indiquez par --proxy les adresses de ce qui termine TLS devant ce programme, ou retirez --host.`,
    },
    { facts: { host }, exitCode: exitCodes.refused },
  )
