import { StartRefused } from '../event-store/errors.ts'
import { parseConnectionString } from '../event-store/eventstoredb/connection-string.ts'
import type { Log } from '../event-store/log.ts'
import { isPostgres } from './open-store.ts'
import type { Sentence } from './failure.ts'

/**
 * The server of a log that is reached without TLS beyond this machine: whoever is on the way reads and writes the log, and
 * the server asks nobody who he is. Undefined where none is.
 * @throws StartRefused where the address is none
 */
export const serverInTheOpen = (eventStoreUrl: string | undefined): string | undefined => {
  if (eventStoreUrl === undefined || isPostgres(eventStoreUrl)) return undefined
  const { server, inTheOpen } = parseConnectionString(eventStoreUrl)
  return inTheOpen ? server : undefined
}

/**
 * A log that counts is not worked on over such a link.
 * @throws StartRefused EVENTSTORE_IN_THE_OPEN
 */
export const refuseInTheOpen = (kind: Log['kind'] | undefined, eventStoreUrl: string | undefined): void => {
  const server = kind === 'production' ? serverInTheOpen(eventStoreUrl) : undefined
  if (server === undefined) return
  throw new StartRefused(
    'EVENTSTORE_IN_THE_OPEN',
    { server },
    {
      en: `A production log is not read or written without TLS on another machine: set up TLS on ${server} and leave out tls=false.`,
      fr: `Un journal de production n’est ni lu ni écrit sans TLS sur une autre machine : mettez TLS en place sur ${server} et retirez tls=false.`,
    },
  )
}

export const inTheOpenSentence = (server: string): Sentence => ({
  en: `Warning: the link to ${server} has no TLS: whoever is on the way can read and change this log.`,
  fr: `Attention : la liaison avec ${server} est sans TLS : quiconque est sur le chemin peut lire et modifier ce journal.`,
})
