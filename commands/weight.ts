import type { DomainEvent } from '../domain/shared/events.ts'
import type { Codec } from '../event-store/codec.ts'
import type { ReplacePersonal } from '../event-store/personal-fields.ts'

/** As long as a protected field can get from this clear text: key, nonce and tag beside the ciphertext. */
const asLongAsProtected: ReplacePersonal = clear => ({
  $protected: 'x'.repeat(100 + 2 * Buffer.byteLength(clear)),
})

/** What metadata adds to an event, generously. */
const METADATA_BYTES = 1_500

/**
 * Bytes that events take in an append, at most: told before any key is asked for.
 * @throws EventNotEncodable
 */
export const weightOf = (codec: Codec, events: readonly DomainEvent[]): number =>
  events.reduce(
    (bytes, event) =>
      bytes + Buffer.byteLength(codec.prepare(event).data(asLongAsProtected)) + METADATA_BYTES,
    0,
  )
