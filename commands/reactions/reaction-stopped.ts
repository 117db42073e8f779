import type { Sentence } from '../definition.ts'

/** A reaction goes on only where it knows that it stopped: an operator says where else (PROTOCOL 15, DESIGN §5). */
export class ReactionStopped extends Error {
  readonly code: 'CHECKPOINT_MISSING' | 'CHECKPOINT_DIFFERS'
  readonly reaction: string
  readonly french: string
  constructor(code: ReactionStopped['code'], reaction: string) {
    const why = WHY[code]
    super(`Reaction "${reaction}": ${why.en} An operator must say where it goes on.`)
    this.name = 'ReactionStopped'
    this.code = code
    this.reaction = reaction
    this.french = `Réaction « ${reaction} » : ${why.fr} Un opérateur doit dire où elle reprend.`
  }
}

const WHY: Readonly<Record<ReactionStopped['code'], Sentence>> = {
  CHECKPOINT_MISSING: {
    fr: "elle ne sait pas où elle s'était arrêtée dans ce journal.",
    en: 'it does not know where in this log it stopped.',
  },
  CHECKPOINT_DIFFERS: {
    fr: "son repère n'est pas de ce journal (copié, restauré ou remplacé).",
    en: 'its checkpoint is not of this log (copied, restored or replaced).',
  },
}
