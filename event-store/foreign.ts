import type { Sentence } from './errors.ts'
import { decodeMetadata, endsWithHash } from './metadata.ts'
import type { Metadata } from './metadata.ts'
import type { StoredEvent } from './port.ts'

/** What a record is known by. */
type Kind = Pick<StoredEvent, 'type' | 'metadata'>
type Place = Pick<StoredEvent, 'stream' | 'type'> & { readonly revision: number | bigint }

/** The types of records that only a server writes. */
export const isServersType = (type: string): boolean => type.startsWith('$')

/**
 * Whether somebody wrote a record on the server of the log: of a type of the server's own, or without the metadata that
 * every append of ours has. It is asked of every record that is read, so it looks at the end of the text alone; what a
 * forger makes look like ours the chain shows.
 */
export const isForeign = ({ type, metadata }: Kind): boolean => isServersType(type) || !endsWithHash(metadata)

/** What is said of such a record, behind the name of its stream. */
export const foreign = ({ type, revision }: Omit<Place, 'stream'>): Sentence => ({
  en: `holds at revision ${revision} a record of type ${type}, which is no event: somebody wrote it on the server of the log. Find out who, and restore the server from a backup of before.`,
  fr: `contient à la révision ${revision} un enregistrement de type ${type}, qui n’est pas un événement : quelqu’un l’a écrit sur le serveur du journal. Cherchez qui, et restaurez le serveur depuis une sauvegarde antérieure.`,
})

/** A record of the log that no program of ours wrote, where its content is needed. */
export class ForeignRecord extends Error {
  readonly stream: string
  readonly sentence: Sentence
  constructor(record: Place) {
    const { stream } = record
    const { en, fr } = foreign(record)
    super(`stream ${stream}: ${en}`)
    this.name = 'ForeignRecord'
    this.stream = stream
    this.sentence = { en: `The stream ${stream} ${en}`, fr: `Le flux ${stream} ${fr}` }
  }
}

/** The metadata of an event that was read. @throws ForeignRecord, MetadataInvalid */
export const readMetadata = (event: StoredEvent): Metadata => {
  if (isForeign(event)) throw new ForeignRecord(event)
  return decodeMetadata(event.metadata)
}
