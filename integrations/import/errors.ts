import type { Sentence } from '../../commands/definition.ts'

/**
 * What makes a whole import impossible: a profile that says nonsense, a file that is not there or not in its
 * encoding. Nothing was recorded. One row that cannot be read is no such failure: it is rejected (`rejects.ts`).
 */
export class ImportFailure extends Error {
  override readonly name = 'ImportFailure'
  readonly code: string
  readonly sentence: Sentence
  readonly facts: Readonly<Record<string, string | number>>

  constructor(code: string, sentence: Sentence, facts: Readonly<Record<string, string | number>> = {}) {
    super(`${code}: ${sentence.en}`)
    this.code = code
    this.sentence = sentence
    this.facts = facts
  }
}
