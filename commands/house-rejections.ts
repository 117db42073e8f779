import type { EventNotEncodable } from '../event-store/codec.ts'
import { MAX_BYTES_PER_APPEND } from '../event-store/port.ts'
import { sentencesFor } from './definition.ts'

/** Rejections that any command may meet, whatever its context. */
export type HouseRejection =
  /** The decision made an event that its stored shape refuses: an amount above 10^14, a text too long. */
  | { readonly code: 'RESULT_OUT_OF_BOUNDS'; readonly event: string; readonly field: string }
  | { readonly code: 'TOO_LARGE'; readonly bytes: number; readonly bytesMax: number }

export const tooLarge = (bytes: number, bytesMax: number = MAX_BYTES_PER_APPEND): HouseRejection => ({
  code: 'TOO_LARGE',
  bytes,
  bytesMax,
})

export const outOfBounds = ({ type, issues }: EventNotEncodable): HouseRejection => ({
  code: 'RESULT_OUT_OF_BOUNDS',
  event: type,
  field: issues[0]?.path.map(String).join('.') ?? '',
})

export const houseSentences = sentencesFor<HouseRejection>({
  RESULT_OUT_OF_BOUNDS: ({ event, field }) => ({
    fields: field === '' ? [] : [field],
    fr: `Le résultat dépasse ce qui peut être enregistré (${event}, champ « ${field} ») : réduisez quantités, prix ou textes.`,
    en: `The result exceeds what can be recorded (${event}, field "${field}"): reduce quantities, prices or texts.`,
  }),
  TOO_LARGE: ({ bytes, bytesMax }) => ({
    fields: [],
    fr: `Le document est trop grand pour être enregistré (${bytes} octets, au plus ${bytesMax}) : répartissez-le sur plusieurs.`,
    en: `The document is too large to be recorded (${bytes} bytes, at most ${bytesMax}): divide it into several.`,
  }),
})
