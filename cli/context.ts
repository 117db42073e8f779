import type { Command } from 'commander'
import { withJsonIntegers } from '../domain/shared/json.ts'
import { openDatabase, type Database, type DatabaseRequest } from './database.ts'
import type { Sentence } from './failure.ts'
import type { Language } from './language.ts'
import { startProgress, type Progress } from './progress.ts'
import { withSecretFiles } from './settings.ts'

/** The outside world of one run of the program: given by the entry, replaced in tests. */
export type World = {
  readonly environment: NodeJS.ProcessEnv
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

/** What a command is given to work with. Results go to stdout, everything said meanwhile to stderr. */
export type Context = {
  /** With the contents of the files that it names (settings.ts); known once asked for, that is inside actions. */
  readonly environment: NodeJS.ProcessEnv
  readonly language: Language
  readonly text: (sentence: Sentence) => string
  /** Whether `--json` was given; known once the arguments are parsed, that is inside actions. */
  readonly json: () => boolean
  /** Aborted by Ctrl-C or a termination signal; long work watches it. */
  readonly signal: AbortSignal
  /** Prints the one result of the command: the value with `--json`, else the text. */
  readonly print: (value: unknown, text: string) => void
  readonly say: (sentence: Sentence) => void
  readonly progress: (label: Sentence, total: number) => Progress
  /** The server of the log, if `--eventstore` or EVENTSTORE_URL names one; known once the arguments are parsed. */
  readonly eventStoreUrl: () => string | undefined
  /** Opens the database of a log and stops what it started when the command ends. */
  readonly openDatabase: (
    request: Pick<DatabaseRequest, 'command' | 'log' | 'create' | 'whenRunning'>,
  ) => Promise<Database>
  /** Registers what must be undone when the command ends, however it ends; the last registered runs first. */
  readonly onEnd: (undo: () => Promise<void> | void) => void
}

/** Thrown by work that stops because the signal of its context was aborted. */
export class Interrupted extends Error {}

/** What a file of cli/commands exports: it adds its command to the program. */
export type Register = (program: Command, context: Context) => void

export type RunningContext = Context & { readonly end: () => Promise<void> }

/** What the options that every command has were given as; known once the arguments are parsed. */
export type GlobalOptions = () => { readonly json?: boolean; readonly eventstore?: string }

export const createContext = (
  world: World,
  language: Language,
  signal: AbortSignal,
  options: GlobalOptions,
): RunningContext => {
  const json = (): boolean => options().json === true
  let known: NodeJS.ProcessEnv | undefined
  const environment = (): NodeJS.ProcessEnv => (known ??= withSecretFiles(world.environment))
  const eventStoreUrl = (): string | undefined =>
    options().eventstore ?? (environment()['EVENTSTORE_URL'] || undefined)
  const undo: (() => Promise<void> | void)[] = []
  const text = (sentence: Sentence): string => sentence[language]
  const say = (sentence: Sentence): void => {
    world.stderr.write(`${text(sentence)}\n`)
  }
  const end = async (): Promise<void> => {
    const failures: unknown[] = []
    for (let step = undo.pop(); step; step = undo.pop()) {
      try {
        await step()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
  return {
    get environment() {
      return environment()
    },
    language,
    text,
    json,
    eventStoreUrl,
    signal,
    say,
    print: (value, words) => {
      world.stdout.write(`${json() ? JSON.stringify(value, withJsonIntegers, 2) : words}\n`)
    },
    progress: (label, total) => startProgress(world.stderr, text(label), total, json()),
    openDatabase: request => {
      const place = { eventStoreUrl: eventStoreUrl(), environment: environment() }
      const opening = openDatabase({ ...request, ...place, say })
      // Also where the command ended before the database was open.
      undo.push(() =>
        opening.then(
          database => database.stop(),
          () => undefined,
        ),
      )
      return opening
    },
    onEnd: step => {
      undo.push(step)
    },
    end,
  }
}
