import { isIPv4 } from 'node:net'
import { StartRefused } from '../errors.ts'
import type { Sentence } from '../errors.ts'

/** What of a connection string may be told to anybody, and what the client must be given. */
export interface Connection {
  /** `esdb://host:2113`, without user, password and options. */
  readonly server: string
  readonly credentials: { readonly username: string; readonly password: string } | undefined
  readonly tls: boolean
  /** Whether every server that the address names is on this machine. */
  readonly isHere: boolean
  /** Whether what is said to the server leaves this machine without TLS: others can read it, and write as well. */
  readonly inTheOpen: boolean
  /** The file of the authority that signed the server's certificate, where one is named. */
  readonly caFile: string | undefined
  /** For the client: on the leader, and with refusals as errors, whatever was asked for. */
  readonly clientString: string
}

const SHAPE = /^(esdb(?:\+discover)?):\/\/(?:([^:@/?]+):([^@/?]*)@)?([^@/?]+)\/?(?:\?([^@]*))?$/

/** An IPv6 address is one, too: PostgreSQL takes it, and that EventStoreDB's client does not is told by name. */
const HOST = /^(?:\[[\da-f:.]+\]|[^:[\]]+)(?::\d+)?$/i

/** Whether these are hosts with or without ports: what else stands at their place may be a piece of a password. */
export const areHosts = (text: string): boolean => text.split(',').every(host => HOST.test(host))

/** Options of the client that a log may be opened with, as the client spells them without case, `-` and `_`. */
const OPTIONS: ReadonlySet<string> = new Set([
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'throwonappendfailure',
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
])

/** Decided here: what is not read from the leader may be old, and an append that is refused must be an error. */
const DECIDED = ['nodePreference=leader', 'throwOnAppendFailure=true']
const decided = (name: string): boolean => name === 'nodepreference' || name === 'throwonappendfailure'

/**
 * Reads `esdb://user:password@host:2113?tls=true&tlsCAFile=…`. What the client would print, password included, ignore, or
 * never manage is refused.
 * @throws StartRefused
 */
export const parseConnectionString = (text: string): Connection => {
  const [, scheme, user, password = '', hosts, query = ''] = SHAPE.exec(text.trim()) ?? []
  if (scheme === undefined || hosts === undefined || !areHosts(hosts)) throw notAConnectionString()
  const server = `${scheme}://${hosts}`
  const { named, kept } = optionsOf(server, query)
  const tls = named.get('tls')?.toLowerCase().endsWith('=false') !== true
  const names = namesOf(server, hosts)
  const numeric = names.find(isIPv4)
  if (numeric !== undefined && tls) throw tlsToNumber(server, numeric)
  const credentials = credentialsOf(server, user, password)
  if (credentials && !tls) throw credentialsWithoutTls(server)
  const isHere = names.every(name => HERE.test(name))
  return {
    server,
    credentials,
    tls,
    isHere,
    inTheOpen: !tls && !isHere,
    caFile: named.get('tlscafile')?.split('=').slice(1).join('='),
    clientString: `${scheme}://${credentials ? encoded(credentials) : ''}${hosts}?${[...kept, ...DECIDED].join('&')}`,
  }
}

const HERE = /^(?:localhost|127(?:\.\d+){3})$/i
const PORT_MAX = 65_535

/** The servers without their ports. */
const namesOf = (server: string, hosts: string): readonly string[] =>
  hosts.split(',').map(host => {
    if (host.startsWith('[')) throw versionSix(server, host)
    const [name = '', port] = host.split(':')
    if (port !== undefined && (Number(port) === 0 || Number(port) > PORT_MAX)) throw noPort(server, port)
    return name
  })

/** The same, to one node of it. */
export const atNode = (
  connection: Connection,
  { address, port }: { readonly address: string; readonly port: number },
): Connection => {
  const toNode = (_: string, login = ''): string => `esdb://${login}${address}:${port}`
  return {
    ...connection,
    clientString: connection.clientString.replace(/^[^/]*\/\/([^@?]*@)?[^?]*/, toNode),
  }
}

/** The options by name, and those that are kept as they were given. */
const optionsOf = (server: string, query: string) => {
  const options = query.split('&').filter(Boolean)
  const named = new Map(options.map(option => [nameOf(option), option]))
  for (const [name, option] of named) if (!OPTIONS.has(name)) throw unknownOption(server, option)
  if (named.has('usercertfile') !== named.has('userkeyfile')) throw halfAPair(server)
  return { named, kept: options.filter(option => !decided(nameOf(option))) }
}

const credentialsOf = (
  server: string,
  user: string | undefined,
  password: string,
): Connection['credentials'] => {
  if (user === undefined) return undefined
  if (password === '') throw passwordEmpty(server)
  return { username: decoded(server, user), password: decoded(server, password) }
}

/** As the client reads them: it would cut a password at a `:`. */
const encoded = ({ username, password }: NonNullable<Connection['credentials']>): string =>
  `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`

const decoded = (server: string, text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    // Its cause would hold a piece of the password.
    throw notEncoded(server)
  }
}

const nameOf = (option: string): string =>
  (option.split('=')[0] ?? '').trim().toLowerCase().replaceAll(/[_-]/g, '')

/**
 * Why the client takes none of it, which by now can only be an option: the value of one, or a file that one names.
 * The client's own words may hold the password, so they are not kept as the cause.
 */
export const unusableOption = ({ server }: Connection, error: unknown): StartRefused => {
  const { code, message } = error as NodeJS.ErrnoException
  const sentenceOf =
    code === 'EISDIR'
      ? fileIsFolder
      : code === 'EACCES'
        ? fileNotReadable
        : /file/i.test(message)
          ? fileMissing
          : valueWrong
  return new StartRefused('EVENTSTORE_URL_OPTION', { server }, sentenceOf(server))
}

const fileMissing = (server: string): Sentence => ({
  en: `The address of ${server} names a file of a certificate or a key that is not there; check tlsCAFile, userCertFile and userKeyFile.`,
  fr: `L’adresse de ${server} désigne un fichier de certificat ou de clé qui n’existe pas ; vérifiez tlsCAFile, userCertFile et userKeyFile.`,
})
const fileIsFolder = (server: string): Sentence => ({
  en: `The address of ${server} names a folder where a file of a certificate or a key is expected; check tlsCAFile, userCertFile and userKeyFile.`,
  fr: `L’adresse de ${server} désigne un dossier là où un fichier de certificat ou de clé est attendu ; vérifiez tlsCAFile, userCertFile et userKeyFile.`,
})
const fileNotReadable = (server: string): Sentence => ({
  en: `The address of ${server} names a file of a certificate or a key that this account may not read; check tlsCAFile, userCertFile and userKeyFile.`,
  fr: `L’adresse de ${server} désigne un fichier de certificat ou de clé que ce compte ne peut lire ; vérifiez tlsCAFile, userCertFile et userKeyFile.`,
})
const valueWrong = (server: string): Sentence => ({
  en: `The address of ${server} gives an option a value that is none of its own; true, false and numbers are written so.`,
  fr: `L’adresse de ${server} donne à une option une valeur qui n’est pas des siennes ; on écrit true, false et les nombres ainsi.`,
})

const notEncoded = (server: string): StartRefused =>
  new StartRefused(
    'EVENTSTORE_URL',
    { server },
    {
      en: `User or password in the address of ${server} holds a % that encodes nothing: percent-encode special characters, % itself as %25.`,
      fr: `L’utilisateur ou le mot de passe de l’adresse de ${server} contient un % qui n’encode rien : codez les caractères spéciaux en %, % lui-même en %25.`,
    },
  )

const passwordEmpty = (server: string): StartRefused =>
  new StartRefused(
    'EVENTSTORE_URL',
    { server },
    {
      en: `The address of ${server} names a user with an empty password: give the password, or leave out user and password.`,
      fr: `L’adresse de ${server} désigne un utilisateur avec un mot de passe vide : donnez le mot de passe, ou retirez utilisateur et mot de passe.`,
    },
  )

const versionSix = (server: string, host: string): StartRefused =>
  new StartRefused(
    'EVENTSTORE_URL',
    { server, host },
    {
      en: `The address of ${server} gives ${host}, and EventStoreDB’s client takes no IPv6 address: use a name that leads there.`,
      fr: `L’adresse de ${server} donne ${host}, et le client d’EventStoreDB n’accepte pas d’adresse IPv6 : employez un nom qui y mène.`,
    },
  )

const noPort = (server: string, port: string): StartRefused =>
  new StartRefused(
    'EVENTSTORE_URL',
    { server, port },
    {
      en: `The address of ${server} gives ${port} as a port: expected 1 to ${PORT_MAX}.`,
      fr: `L’adresse de ${server} donne ${port} comme port : attendu de 1 à ${PORT_MAX}.`,
    },
  )

const credentialsWithoutTls = (server: string): StartRefused =>
  new StartRefused(
    'EVENTSTORE_WITHOUT_TLS',
    { server },
    {
      en: `Without TLS neither user nor password is sent to ${server}: leave out tls=false, or the user and the password.`,
      fr: `Sans TLS, ni utilisateur ni mot de passe n’est envoyé à ${server} : retirez tls=false, ou l’utilisateur et le mot de passe.`,
    },
  )

const tlsToNumber = (server: string, host: string): StartRefused =>
  new StartRefused(
    'EVENTSTORE_TLS_NAME',
    { server, host },
    {
      en: `TLS needs the name of a server, and the address of ${server} gives ${host}: use a name that stands in the server’s certificate.`,
      fr: `TLS demande le nom d’un serveur, et l’adresse de ${server} donne ${host} : employez un nom qui figure dans le certificat du serveur.`,
    },
  )

const notAConnectionString = (): StartRefused =>
  new StartRefused('EVENTSTORE_URL', {}, NOT_A_CONNECTION_STRING)

const NOT_A_CONNECTION_STRING: Sentence = {
  en: 'An EventStoreDB server is named as esdb://host:2113, or esdb+discover://host:2113 for a cluster; what was given is neither.',
  fr: 'Un serveur EventStoreDB se nomme esdb://hôte:2113, ou esdb+discover://hôte:2113 pour une grappe ; ce qui a été donné n’est ni l’un ni l’autre.',
}

const halfAPair = (server: string): StartRefused =>
  new StartRefused(
    'EVENTSTORE_URL_OPTION',
    { server },
    {
      en: `The address of ${server} names a certificate without its key, or a key without its certificate: userCertFile and userKeyFile go together.`,
      fr: `L’adresse de ${server} désigne un certificat sans sa clé, ou une clé sans son certificat : userCertFile et userKeyFile vont ensemble.`,
    },
  )

const unknownOption = (server: string, option: string): StartRefused => {
  const [name = ''] = option.split('=')
  return new StartRefused(
    'EVENTSTORE_URL_OPTION',
    { server, option: name },
    {
      en: `The address of ${server} has the option ${name}, which has no effect here; leave it out (certificates are trusted by tlsCAFile).`,
      fr: `L’adresse de ${server} porte l’option ${name}, sans effet ici ; retirez-la (les certificats sont reconnus par tlsCAFile).`,
    },
  )
}
