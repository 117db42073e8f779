import { ForeignRecord } from '../event-store/foreign.ts'
import { AccessLost, StoreReplaced, StoreShut, StreamDamaged } from '../event-store/port.ts'
import { isUnavailable } from '../event-store/unavailable.ts'
import { Failure, exitCodes } from './failure.ts'
import type { Sentence } from './failure.ts'

const UNAVAILABLE: Sentence = {
  en: 'The server of the log, or that of its database, does not answer any more; see that it runs, then repeat the command.',
  fr: 'Le serveur du journal, ou celui de sa base, ne répond plus ; vérifiez qu’il tourne, puis répétez la commande.',
}
const ACCESS_LOST: Sentence = {
  en: 'The server of the log does not let this program in any more: password or rights were changed; check them, then repeat the command.',
  fr: 'Le serveur du journal ne laisse plus entrer ce programme : mot de passe ou droits ont changé ; vérifiez-les, puis répétez la commande.',
}
const SHUT: Sentence = {
  en: 'The log is shut here: it was moved, or is being copied here and not whole yet.',
  fr: 'Le journal est fermé ici : il a été déplacé, ou sa copie vers ce lieu n’est pas achevée.',
}
const REPLACED: Sentence = {
  en: 'What answers is not the log that was read before: its server lost the newest events, or is another one. Find out which, before anything is repeated.',
  fr: 'Ce qui répond n’est pas le journal qui avait été lu : son serveur a perdu les derniers événements, ou en est un autre. Tirez cela au clair avant de répéter quoi que ce soit.',
}
const damaged = (stream: string): Sentence => ({
  en: `The stream ${stream} is not in the log as it was recorded any more, or may soon not be: something was done to it on the server of the log.`,
  fr: `Le flux ${stream} n’est plus dans le journal tel qu’il a été enregistré, ou pourrait ne plus l’être : on y a touché sur le serveur du journal.`,
})

/** What became of the server of the log, or of the database beside it, while a command worked; undefined for all else. */
export const logFailure = (error: unknown): Failure | undefined => {
  const failure = (code: string, sentence: Sentence): Failure => new Failure(code, sentence, { cause: error })
  if (error instanceof ForeignRecord)
    return new Failure('STREAM_FOREIGN', error.sentence, {
      facts: { stream: error.stream },
      exitCode: exitCodes.refused,
      cause: error,
    })
  if (error instanceof StreamDamaged) return failure('STREAM_DAMAGED', damaged(error.stream))
  if (error instanceof StoreReplaced) return failure('LOG_REPLACED', REPLACED)
  if (error instanceof AccessLost) return failure('EVENTSTORE_ACCESS', ACCESS_LOST)
  if (error instanceof StoreShut) return failure('LOG_MOVED', SHUT)
  return isUnavailable(error) ? failure('UNAVAILABLE', UNAVAILABLE) : undefined
}
