import type { Sentence } from '../errors.ts'
import { foreign, isServersType } from '../foreign.ts'
import type { Danger } from '../port.ts'
import { isTombstone } from './records.ts'
import type { Recorded } from './records.ts'

const OF_METADATA = '$$'

export const metadataStreamOf = (stream: string): string => `${OF_METADATA}${stream}`

/**
 * The stream of ours whose events a record is a danger to, or takes it back; undefined where it is none. The server takes
 * any record beside a stream for that stream's metadata, whatever its type.
 */
export const streamConcerned = ({
  streamId,
  type,
}: Pick<Recorded, 'streamId' | 'type'>): string | undefined => {
  const stream = streamId.startsWith(OF_METADATA) ? streamId.slice(2) : isServersType(type) ? streamId : '$'
  return stream.startsWith('$') ? undefined : stream
}

/** `$tb` of a stream that was deleted and can be appended to again: the greatest revision there is. */
const DELETED_FROM = 2 ** 63

/** Metadata that destroy nothing: rights that somebody gave, or what the server does not know. */
const STREAM_METADATA = 'STREAM_METADATA'

/** Whether a danger is to events themselves: others are told, and nothing stops for them. */
export const destroys = ({ code }: Danger): boolean => code !== STREAM_METADATA

const isNumber = (value: unknown): value is number => typeof value === 'number' && value > 0

/** What a record says of a stream, as much as counts. */
type Sign = Pick<Recorded, 'streamId' | 'type' | 'revision' | 'isJson' | 'data'>

/** What a record that concerns a stream means for its events. */
export const dangerOf = (stream: string, record: Sign): Danger | undefined => {
  if (isTombstone(record)) return danger('STREAM_ENDED', stream, ENDED)
  if (record.streamId === stream) return foreignIn(stream, record)
  // The server reads JSON only, and takes anything else for no metadata at all.
  return record.isJson ? dangerOfMetadata(stream, record.data) : undefined
}

/** A record of a stream that no program of ours wrote there. */
export const foreignIn = (stream: string, record: Parameters<typeof foreign>[0]): Danger =>
  danger('STREAM_FOREIGN', stream, foreign(record))

const dangerOfMetadata = (stream: string, metadata: unknown): Danger | undefined => {
  const { $tb, $maxCount, $maxAge } = (metadata ?? {}) as Record<string, unknown>
  if (isNumber($tb))
    return $tb >= DELETED_FROM
      ? danger('STREAM_DELETED', stream, DELETED)
      : danger('STREAM_TRUNCATED', stream, truncated($tb))
  if (isNumber($maxCount)) return danger('STREAM_LIMITED', stream, limited('$maxCount', $maxCount))
  if (isNumber($maxAge)) return danger('STREAM_LIMITED', stream, limited('$maxAge', $maxAge))
  const others = typeof metadata === 'object' && metadata !== null ? Object.keys(metadata) : []
  return others.length === 0 ? undefined : danger(STREAM_METADATA, stream, besides(others))
}

const danger = (code: string, stream: string, what: Sentence): Danger => ({
  code,
  stream,
  sentence: { en: `The stream ${stream} ${what.en}`, fr: `Le flux ${stream} ${what.fr}` },
})

const ENDED: Sentence = {
  en: 'was ended for ever on the EventStoreDB server (tombstone): its events are lost. Restore the server from a backup.',
  fr: 'a été clos pour toujours sur le serveur EventStoreDB (tombstone) : ses événements sont perdus. Restaurez le serveur depuis une sauvegarde.',
}
const DELETED: Sentence = {
  en: 'was deleted on the EventStoreDB server: its events go at the next scavenge. Write its metadata without $tb before.',
  fr: 'a été supprimé sur le serveur EventStoreDB : ses événements partent au prochain nettoyage. Réécrivez avant cela ses métadonnées sans $tb.',
}
const truncated = ($tb: number): Sentence => ({
  en: `was cut off before revision ${$tb} on the EventStoreDB server: what lies before goes at the next scavenge. Write its metadata without $tb before.`,
  fr: `a été tronqué avant la révision ${$tb} sur le serveur EventStoreDB : ce qui précède part au prochain nettoyage. Réécrivez avant cela ses métadonnées sans $tb.`,
})
const besides = (keys: readonly string[]): Sentence => ({
  en: `has metadata on the EventStoreDB server (${keys.join(', ')}), where a stream of the log has none: rights of its own may let others write or delete it. Find out who wrote them, and write {} in their place.`,
  fr: `porte sur le serveur EventStoreDB des métadonnées (${keys.join(', ')}), alors qu’un flux du journal n’en a pas : des droits propres peuvent laisser d’autres y écrire ou le supprimer. Cherchez qui les a écrites, et écrivez {} à leur place.`,
})
const limited = (key: string, value: number): Sentence => ({
  en: `has ${key} ${value} on the EventStoreDB server, which destroys events at the next scavenge. Write its metadata without it before.`,
  fr: `porte ${key} ${value} sur le serveur EventStoreDB, ce qui détruit des événements au prochain nettoyage. Réécrivez avant cela ses métadonnées sans cette limite.`,
})
