import { firstPrevHash, verifyEvent } from '../../event-store/chain.ts'
import type { ChainFault, ChainState } from '../../event-store/chain.ts'
import type { Sentence } from '../../event-store/errors.ts'
import { endsWithHash, hashOf } from '../../event-store/metadata.ts'
import { placeOf } from '../check.ts'
import type { Check, Fault } from '../check.ts'
import { StreamHeads } from '../../event-store/stream-heads.ts'

/** Every stream is a dense chain whose hashes and ids are those of its bytes (PROTOCOL 2, 3). */
export const chain: Check = {
  name: 'chain',
  title: {
    fr: 'Chaque flux est une chaîne dont les empreintes sont justes',
    en: 'Each stream is a chain whose hashes are right',
  },
  begin: ({ logId }, report) => {
    const heads = new StreamHeads()
    return {
      see: (event, stored) => {
        const before = heads.get(stored.stream) ?? {
          revision: -1,
          hash: firstPrevHash(logId, stored.stream),
        }
        const after = verifyEvent(before, stored)
        if (!('fault' in after)) {
          heads.set(stored.stream, after)
          return
        }
        report(placeOf(event), faultOf(after, before))
        // Goes on from what is stored: one altered event is one finding.
        const hash = endsWithHash(stored.metadata) ? hashOf(stored.metadata) : before.hash
        heads.set(stored.stream, { revision: stored.revision, hash })
      },
    }
  },
}

const faultOf = ({ stream, revision, fault }: ChainFault, before: ChainState): Fault => {
  switch (fault) {
    case 'revision':
      return {
        code: 'REVISION_NOT_NEXT',
        found: String(revision),
        expected: String(before.revision + 1),
        sentence: {
          fr: `Le flux ${stream} passe de la révision ${before.revision} à ${revision} : il manque un événement, ou il y en a un de trop.`,
          en: `Stream ${stream} goes from revision ${before.revision} to ${revision}: an event is missing, or there is one too many.`,
        },
      }
    case 'prevHash':
      return {
        code: 'PREVIOUS_HASH_WRONG',
        found: 'another prevHash',
        expected: before.hash,
        sentence: {
          fr: `L’événement ${revision} de ${stream} ne suit pas celui qui le précède : un événement a été changé, retiré ou apporté d’un autre journal.`,
          en: `Event ${revision} of ${stream} does not follow the one before it: an event was changed, removed or brought from another log.`,
        },
      }
    case 'metadata':
      return bytes('METADATA_WITHOUT_HASH', stream, revision, {
        fr: 'ses métadonnées ne finissent pas par leur empreinte',
        en: 'its metadata do not end with their hash',
      })
    case 'hash':
      return bytes('HASH_WRONG', stream, revision, {
        fr: 'son contenu, son auteur, son instant, son type ou sa place a été changé',
        en: 'its content, author, instant, type or place was changed',
      })
    case 'id':
      return bytes('EVENT_ID_WRONG', stream, revision, {
        fr: 'son identifiant n’est pas celui de son contenu',
        en: 'its id is not that of its content',
      })
  }
}

const bytes = (code: string, stream: string, revision: number, { fr, en }: Sentence): Fault => ({
  code,
  found: 'other bytes',
  expected: 'the bytes that were hashed',
  sentence: {
    fr: `L’événement ${revision} de ${stream} n’est plus celui qui a été enregistré : ${fr}.`,
    en: `Event ${revision} of ${stream} is no longer the one recorded: ${en}.`,
  },
})
