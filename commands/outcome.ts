import type { Rejection } from '../domain/shared/aggregate.ts'
import type { RefusalSentence, Sentence } from './definition.ts'
import type { HeldBecause } from './hold.ts'

/** Names an event of the log to a client. */
export interface EventSummary {
  readonly id: string
  readonly type: string
  readonly stream: string
  readonly revision: number
}

/** What is wrong with one field of an input. Never the value itself: it may be personal. */
export interface InputIssue {
  /** Path in the input, joined by dots; empty for the input as a whole. */
  readonly field: string
  /** The kind of thing that was found ("text of 300 characters"). */
  readonly found?: Sentence
  readonly expected: Sentence
  /** The whole in a sentence. */
  readonly fr: string
  readonly en: string
}

/** An event that a command would record, in its stored form. */
export interface PreviewedEvent {
  readonly type: string
  readonly stream: string
  readonly revision: number
  readonly data: unknown
  /** True where a registrar would still give the final number and day. */
  readonly provisional?: boolean
}

/** The number a registrar gave in answer to a request. */
export interface Issued extends EventSummary {
  readonly number: string
  readonly issuedOn: string
}

/** What became of a command. Every kind is an answer; none is thrown. */
export type Outcome =
  | {
      readonly kind: 'done'
      /** Events that the command recorded, then those that answered it. */
      readonly events: readonly EventSummary[]
      /** The store's position of the last of them: what `minPosition` of a query takes. */
      readonly position: string
      readonly issued?: Issued
    }
  /** Recorded, but its registrar has not answered within the time a caller waits. */
  | { readonly kind: 'accepted'; readonly events: readonly EventSummary[]; readonly position: string }
  /** What was asked already holds: nothing was recorded. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'preview'; readonly events: readonly PreviewedEvent[] }
  | { readonly kind: 'refused'; readonly rejection: Rejection; readonly sentence: RefusalSentence }
  | { readonly kind: 'invalid'; readonly issues: readonly InputIssue[] }
  /** The key was used before with another input. */
  | { readonly kind: 'keyConflict'; readonly sentence: Sentence }
  /** The state is not the one the caller saw, or too many others changed it at once. */
  | { readonly kind: 'conflict'; readonly reason: 'staleRevision' | 'busy'; readonly sentence: Sentence }
  | { readonly kind: 'forbidden'; readonly duty?: Sentence; readonly sentence: Sentence }
  | { readonly kind: 'unknownCommand'; readonly sentence: Sentence }
  /** The log does not answer: it may have happened. The same key again tells. */
  | {
      readonly kind: 'unavailable'
      readonly sentence: Sentence
      /** The stream that the log holds no longer as it was recorded, where it was that. */
      readonly damaged?: string
    }

export const sentences = {
  keyConflict: {
    fr: "Cette clé d'idempotence a déjà servi pour une autre demande : employez une nouvelle clé.",
    en: 'This idempotency key was used before for another request: use a new key.',
  },
  staleRevision: {
    fr: 'Le document a changé depuis que vous l’avez lu : relisez-le, puis recommencez.',
    en: 'The document has changed since you read it: read it again, then repeat.',
  },
  busy: {
    fr: 'Trop de personnes modifient ce document en même temps : recommencez dans un instant.',
    en: 'Too many people are changing this document at the same time: repeat in a moment.',
  },
  forbidden: {
    fr: "Vos droits ne permettent pas cette action dans cette entité : demandez-les à l'administrateur.",
    en: 'Your rights do not allow this action in this entity: ask the administrator for them.',
  },
  unknownCommand: {
    fr: "Aucune commande ne porte ce nom : la liste des commandes est dans la description de l'API.",
    en: 'No command has this name: the commands are listed in the description of the API.',
  },
  unavailable: {
    fr: "Le journal ne répond pas : la demande a peut-être abouti. Répétez-la avec la même clé, elle n'aura lieu qu'une fois.",
    en: 'The log does not answer: the request may have taken effect. Repeat it with the same key; it takes effect once.',
  },
  accessLost: {
    fr: "Le serveur du journal ne laisse pas entrer ce programme : rien n'est enregistré. Prévenez l'exploitant, puis répétez la demande avec la même clé.",
    en: 'The server of the log does not let this program in: nothing is recorded. Tell the operator, then repeat the request with the same key.',
  },
} as const satisfies Record<string, Sentence>

/** Why a stream is neither read nor appended to: something was done to it on the server of the log. */
export const damagedSentence = (stream: string): Sentence => ({
  fr: `Le flux ${stream} n'est plus dans le journal tel qu'il a été enregistré, ou pourrait ne plus l'être : rien n'y est ajouté. Prévenez l'exploitant : il doit intervenir sur le serveur du journal.`,
  en: `The stream ${stream} is not in the log as it was recorded any more, or may soon not be: nothing is appended to it. Tell the operator: he has to act on the server of the log.`,
})

/** Why nothing was recorded where the log is held. */
export const heldSentences: Readonly<Record<HeldBecause, Sentence>> = {
  replaced: {
    fr: "Ce journal n'est pas celui qui avait été lu : rien n'est enregistré tant qu'un administrateur n'a pas confirmé par « organisation.resumeLog » qu'il continue.",
    en: 'This log is not the one that was read before: nothing is recorded until an administrator has confirmed by "organisation.resumeLog" that it goes on.',
  },
  moved: {
    fr: "Ce journal est fermé ici, parce qu'il a été déplacé ou que sa copie n'est pas achevée : rien n'est enregistré. Répétez la demande, avec la même clé, là où il continue.",
    en: 'This log is shut here, because it was moved or its copy is not finished: nothing is recorded. Repeat the request, with the same key, where the log goes on.',
  },
  absent: {
    fr: "Ce programme a perdu un instant sa base : rien n'est enregistré. Répétez la demande, avec la même clé, dans un instant.",
    en: 'This program has lost its database for a moment: nothing is recorded. Repeat the request, with the same key, in a moment.',
  },
}
