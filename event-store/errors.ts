/** One sentence for a person, in each language of the program. */
export interface Sentence {
  readonly fr: string
  readonly en: string
}

export type Facts = Readonly<Record<string, string | number>>

/** Something was done on the server to a stream of the log while the program runs on it: a person has to act. */
export class LogEndangered extends Error {
  readonly sentence: Sentence
  constructor(sentence: Sentence) {
    super(sentence.en)
    this.name = 'LogEndangered'
    this.sentence = sentence
  }
}

/** Why the program does not start, or goes no further until a person has acted. */
export class StartRefused extends Error {
  readonly code: string
  readonly facts: Facts
  readonly sentence: Sentence
  constructor(code: string, facts: Facts, sentence: Sentence) {
    super(`${code}: ${sentence.en}`)
    this.name = 'StartRefused'
    this.code = code
    this.facts = facts
    this.sentence = sentence
  }
}
