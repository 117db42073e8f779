import { StartRefused } from '../errors.ts'
import type { Sentence } from '../errors.ts'
import type { Danger } from '../port.ts'
import type { ServerFacts } from './client.ts'
import type { Connection } from './connection-string.ts'
import { typeOf } from './failures.ts'

/** The first version that says of an event in a stream where in the log it lies, in its long-term edition. */
const OLDEST = [22, 10] as const

/**
 * A server of EventStoreDB 22.10 or later, or of KurrentDB, whose protocol is the same. Before 21.10 a server does not
 * even tell its version.
 * @throws StartRefused
 */
export const judgeServer = (server: string, { version }: ServerFacts): void => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  const found =
    version === 'unknown' ? { en: 'older than 21.10', fr: 'antérieur à 21.10' } : { en: version, fr: version }
  throw new StartRefused(
    'EVENTSTORE_TOO_OLD',
    { server, version },
    {
      en: `EventStoreDB 22.10 or later is needed; ${server} is ${found.en}.`,
      fr: `Il faut EventStoreDB 22.10 ou plus récent ; ${server} est ${found.fr}.`,
    },
  )
}

/**
 * What was done on the server to the streams of the log. Who goes on appending to such a log would learn of it when
 * events are gone.
 * @throws StartRefused
 */
export const judgeDangers = (server: string, [first, ...others]: readonly Danger[]): void => {
  if (!first) return
  const more = others.length
  throw new StartRefused(
    first.code,
    { server, more, ...(first.stream !== undefined && { stream: first.stream }) },
    {
      en: more === 0 ? first.sentence.en : `${first.sentence.en} And ${more} more.`,
      fr: more === 0 ? first.sentence.fr : `${first.sentence.fr} Et ${more} autre(s).`,
    },
  )
}

/** Turns what a server answers to the first question into the reason why there is no start, in one sentence. */
export const startRefused = (connection: Connection, error: unknown): StartRefused => {
  if (error instanceof StartRefused) return error
  const { server, credentials, tls } = connection
  const reason = reasonOf(error)
  const refused = (code: string, sentence: Sentence): StartRefused =>
    Object.assign(new StartRefused(code, { server, reason }, sentence), { cause: error })
  if (typeOf(rootOf(error)) === 'access-denied')
    return refused(
      'EVENTSTORE_ACCESS',
      credentials ? wrongPassword(server, credentials.username) : noPassword(server),
    )
  if (tls && /certificate|self.signed|altname|CERT_/i.test(reason))
    return refused('EVENTSTORE_CERTIFICATE', untrusted(server, reason))
  return refused('EVENTSTORE_UNREACHABLE', unreachable(connection, reason))
}

const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error

const reasonOf = (error: unknown): string => {
  const root = rootOf(error)
  return root instanceof Error ? root.message || root.name : String(root)
}

const wrongPassword = (server: string, user: string): Sentence => ({
  en: `The server ${server} does not let ${user} read its log: check user and password, and that the user may read $all.`,
  fr: `Le serveur ${server} ne laisse pas ${user} lire son journal : vérifiez utilisateur et mot de passe, et le droit de lire $all.`,
})
const noPassword = (server: string): Sentence => ({
  en: `The server ${server} asks for a user and a password: esdb://user:password@…, over TLS, with special characters percent-encoded.`,
  fr: `Le serveur ${server} demande un utilisateur et un mot de passe : esdb://utilisateur:mot-de-passe@…, par TLS, les caractères spéciaux codés en %.`,
})
const untrusted = (server: string, reason: string): Sentence => {
  if (/expired/i.test(reason))
    return {
      en: `The certificate of ${server} has expired; give the server a new one.`,
      fr: `Le certificat de ${server} a expiré ; donnez-en un nouveau au serveur.`,
    }
  if (/altname/i.test(reason))
    return {
      en: `The certificate of ${server} is for another name; use a name that stands in it.`,
      fr: `Le certificat de ${server} est établi pour un autre nom ; employez un nom qui y figure.`,
    }
  return {
    en: `The certificate of ${server} is not trusted, as nobody known here vouches for it; name the authority that signed it with tlsCAFile=….`,
    fr: `Le certificat de ${server} n’est pas reconnu, car personne de connu ici ne s’en porte garant ; indiquez l’autorité qui l’a signé par tlsCAFile=….`,
  }
}

/** What is known of a server that cannot be reached, in our own words: those of the client and of Node are for nobody. */
const UNREACHED: readonly (readonly [RegExp, Sentence])[] = [
  [/ECONNREFUSED/, { en: ': nobody listens there', fr: ' : personne n’y écoute' }],
  [/ENOTFOUND|EAI_AGAIN|name resolution/i, { en: ': its name is not known', fr: ' : son nom est inconnu' }],
  [/did not answer within|ETIMEDOUT|EHOSTUNREACH/, { en: ': no answer', fr: ' : pas de réponse' }],
]
const NOTHING: Sentence = { en: '', fr: '' }
const unreachable = (connection: Connection, reason: string): Sentence => {
  const { server, tls } = connection
  const why = UNREACHED.find(([pattern]) => pattern.test(reason))?.[1] ?? NOTHING
  const hint = tls ? tlsHint(connection) : NOTHING
  return {
    en: `The server ${server} cannot be reached${tls ? ' over TLS' : ''}${why.en}; check that it runs and that the address is right${hint.en}.`,
    fr: `Le serveur ${server} est injoignable${tls ? ' par TLS' : ''}${why.fr} ; vérifiez qu’il tourne et que l’adresse est juste${hint.fr}.`,
  }
}

/** What else to look at where TLS is spoken. To leave it out is an advice for a server of this machine alone. */
const tlsHint = ({ server, isHere }: Connection): Sentence => {
  if (/\+discover|,/.test(server))
    return {
      en: ', that its nodes have TLS, and that each advertises itself by a name of its certificate, not by a number',
      fr: ', que ses nœuds ont TLS, et que chacun s’annonce par un nom de son certificat, non par un numéro',
    }
  return isHere
    ? {
        en: ', with ?tls=false for one on this machine that runs without TLS',
        fr: ', avec ?tls=false pour un serveur de cette machine qui tourne sans TLS',
      }
    : { en: ', and that it has TLS', fr: ', et qu’il a TLS' }
}
