import type { Sentence } from '../errors.ts'
import type { Danger } from '../port.ts'
import type { Recorded } from './records.ts'

const METADATA = '$metadata'
const STREAM_DELETED = '$streamDeleted'

export const metadataStreamOf = (stream: string): string => `$$${stream}`

/** The stream of ours that a record of the server's speaks of; undefined where it is none. */
export const streamConcerned = ({
  streamId,
  type,
}: Pick<Recorded, 'streamId' | 'type'>): string | undefined => {
  const stream =
    type === STREAM_DELETED
      ? streamId
      : type === METADATA && streamId.startsWith('$$')
        ? streamId.slice(2)
        : '$'
  return stream.startsWith('$') ? undefined : stream
}

/** `$tb` of a stream that was deleted and can be appended to again: the greatest revision there is. */
const DELETED_FROM = 2 ** 63

const isNumber = (value: unknown): value is number => typeof value === 'number' && value > 0

/** What a record of the server's lets happen to the events of a stream. */
export const dangerOf = (
  stream: string,
  { type, data }: Pick<Recorded, 'type' | 'data'>,
): Danger | undefined => {
  if (type === STREAM_DELETED) return danger('STREAM_ENDED', stream, ENDED)
  const { $tb, $maxCount, $maxAge } = (data ?? {}) as Record<string, unknown>
  if (isNumber($tb))
    return $tb >= DELETED_FROM
      ? danger('STREAM_DELETED', stream, DELETED)
      : danger('STREAM_TRUNCATED', stream, truncated($tb))
  if (isNumber($maxCount)) return danger('STREAM_LIMITED', stream, limited('$maxCount', $maxCount))
  if (isNumber($maxAge)) return danger('STREAM_LIMITED', stream, limited('$maxAge', $maxAge))
  return undefined
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
const limited = (key: string, value: number): Sentence => ({
  en: `has ${key} ${value} on the EventStoreDB server, which destroys events at the next scavenge. Write its metadata without it before.`,
  fr: `porte ${key} ${value} sur le serveur EventStoreDB, ce qui détruit des événements au prochain nettoyage. Réécrivez avant cela ses métadonnées sans cette limite.`,
})
