/**
 * A failure a person can act on: a stable code, the facts, and one sentence in each language of the program.
 * The command line prints the sentence and leaves with `exitCode`; no stack is shown unless `--debug` asks for it.
 */
export type Sentence = { readonly fr: string; readonly en: string }

/** What the shell sees when the program ends. The one list of exit codes. */
export const exitCodes = {
  ok: 0,
  /** Something went wrong: a server, a file, a bug. */
  failure: 1,
  /** The command was not understood: an unknown option, a missing argument. */
  usage: 2,
  /** The program understood and declines: a rule forbids it, or another instance is at work. */
  refused: 3,
  /** Ended by Ctrl-C or a termination signal before the work was done. */
  interrupted: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export type FailureFacts = Readonly<Record<string, string | number | boolean | null>>

export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: string
  readonly sentence: Sentence
  readonly facts: FailureFacts
  readonly exitCode: ExitCode

  constructor(
    code: string,
    sentence: Sentence,
    options: { facts?: FailureFacts; exitCode?: ExitCode; cause?: unknown } = {},
  ) {
    super(`${code}: ${sentence.en}`, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.sentence = sentence
    this.facts = options.facts ?? {}
    this.exitCode = options.exitCode ?? exitCodes.failure
  }
}
