import type { Rejection } from '../domain/shared/aggregate.ts'
import type { Sentence } from '../commands/definition.ts'
import type { Outcome } from '../commands/outcome.ts'
import { ImportFailure } from './import/errors.ts'

/** Who a played command comes from. */
export type Sender =
  | { readonly kind: 'importer' }
  | { readonly kind: 'demonstration' }
  | { readonly kind: 'operator' }
  | { readonly kind: 'user'; readonly userId: string }

/**
 * What playing a business does to the world: commands under keys, and a clock that only goes forward. Nothing else
 * is written.
 */
export interface Stage {
  readonly execute: (command: {
    readonly name: string
    readonly input: unknown
    readonly key: string
    readonly sender: Sender
  }) => Promise<Outcome>
  readonly clock: {
    now(): string
    advanceTo(instant: string): void
  }
}

/** A command that the books refused: a value, so that what leans on it can be left out by name. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  readonly sentence: Sentence
  readonly rejection: Rejection | undefined

  constructor(command: string, code: string, sentence: Sentence, rejection?: Rejection) {
    super(`${command}: ${code}: ${sentence.en}`)
    this.code = code
    this.sentence = sentence
    this.rejection = rejection
  }
}

/** How often a number is asked for before its registrar counts as gone; each time the caller waits for seconds. */
const NUMBER_ATTEMPTS_MAX = 12
const BUSY_ATTEMPTS_MAX = 5

export type Done = Extract<Outcome, { kind: 'done' }> | Extract<Outcome, { kind: 'nothing' }>

export interface Player {
  /**
   * Sends a command and waits until it took effect; nothing happens when it did before.
   * @throws Refused by the books; ImportFailure where nobody answers
   */
  readonly play: (name: string, input: unknown, key: string, sender?: Sender) => Promise<Done>
  /** Sets the clock forward. An instant that has passed already changes nothing (PROTOCOL 10: never back). */
  readonly until: (instant: string) => void
}

export const createPlayer = ({ execute, clock }: Stage, usual: Sender): Player => ({
  play: async (name, input, key, sender = usual) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await execute({ name, input, key, sender })
      if (outcome.kind === 'done' || outcome.kind === 'nothing') return outcome
      const again =
        (outcome.kind === 'accepted' && attempt < NUMBER_ATTEMPTS_MAX) ||
        (outcome.kind === 'conflict' && attempt < BUSY_ATTEMPTS_MAX)
      if (!again) throw failureOf(name, outcome)
    }
  },
  until: instant => {
    if (instant > clock.now()) clock.advanceTo(instant)
  },
})

const failureOf = (name: string, outcome: Exclude<Outcome, Done>): Error => {
  switch (outcome.kind) {
    case 'refused':
      return new Refused(name, outcome.rejection.code, outcome.sentence, outcome.rejection)
    case 'invalid': {
      const of = (language: keyof Sentence): string => outcome.issues.map(i => i[language]).join(' ')
      return new Refused(name, 'INVALID_INPUT', { fr: of('fr'), en: of('en') })
    }
    case 'keyConflict':
      return new Refused(name, 'CHANGED_SINCE', {
        en: 'what was imported the first time: it was changed since, and what is recorded never changes',
        fr: 'ce qui a été importé la première fois : modifié depuis, or ce qui est enregistré ne change plus',
      })
    case 'conflict':
    case 'unavailable':
    case 'forbidden':
    case 'unknownCommand':
      return new ImportFailure('COMMAND_NOT_ANSWERED', {
        en: `${name} could not be carried out: ${outcome.sentence.en} Start again: it goes on where it stopped.`,
        fr: `${name} n’a pu être exécutée : ${outcome.sentence.fr} Relancez : la suite reprend où elle s’est arrêtée.`,
      })
    case 'accepted':
      return new ImportFailure('NUMBER_NOT_GIVEN', {
        en: `${name} is recorded, but its number is not given: no registrar answers. Start again: it goes on where it stopped.`,
        fr: `${name} est enregistrée, mais son numéro n’est pas attribué : aucun numéroteur ne répond. Relancez : la suite reprend.`,
      })
    case 'preview':
      return new Error(`impossible: ${name} was only previewed`)
  }
}

/** Works through items, at most `limit` at a time, in their order of beginning; the first error ends it. */
export const inParallel = async <T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const waiting = items.values()
  let failed = false
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      if (failed) return
      try {
        await work(item)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
}
