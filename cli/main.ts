import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { Command, CommanderError, Option } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { commands } from './commands/index.ts'
import { createContext, Interrupted, type Context, type Register, type World } from './context.ts'
import { exitCodes, Failure, type ExitCode, type Sentence } from './failure.ts'
import { chooseLanguage, languages, type Language } from './language.ts'
import { styleTitle, usageSentence } from './usage.ts'

const exitCodesHelp: Sentence = {
  en: 'Exit codes: 0 done, 1 failed, 2 not understood, 3 refused, 130 interrupted.',
  fr: 'Codes de sortie : 0 fait, 1 échec, 2 non compris, 3 refusé, 130 interrompu.',
}

/** How long an interrupted command may take to leave its work in order, in milliseconds. */
const graceMs = 5_000

/** What comes this soon after the first signal repeats it: npm passes on the Ctrl-C that the terminal also sent. */
const repeatMs = 2_000

/**
 * Runs the program once: understands the arguments, runs the command, undoes what it opened, and says in one
 * sentence what went wrong. Returns the exit code (see `exitCodes`). The first Ctrl-C asks the command to end;
 * another one, more than two seconds later, ends the process at once.
 */
export const main = async (
  args: readonly string[],
  world: World,
  registers: readonly Register[] = commands,
): Promise<ExitCode> => {
  const language = chooseLanguage(args, world.environment)
  const program = new Command()
  const interruption = interruptible(words => world.stderr.write(`${words[language]}\n`))
  const context = createContext(world, language, interruption.signal, () => program.opts())
  describeProgram(program, context, world)
  for (const register of registers) register(program, context)
  const report = async (error: unknown): Promise<ExitCode> =>
    reportError(await asLogFailure(error), {
      language,
      world,
      json: context.json(),
      debug: program.opts()['debug'] === true,
    })

  let code: ExitCode = await interruption
    .orGrace(program.parseAsync([...args], { from: 'user' }))
    .then(() => exitCodes.ok, report)
  await context.end().catch(async (error: unknown) => {
    const failed = await report(error)
    code = code === exitCodes.ok ? failed : code
  })
  interruption.release()
  return code
}

const describeProgram = (program: Command, context: Context, world: World): void => {
  program
    .name('grandlivre')
    .description(
      context.text({
        en: 'An ERP whose only truth is a log.',
        fr: 'Un ERP dont la seule vérité est un journal.',
      }),
    )
    .version(
      packageJson.version,
      '--version',
      context.text({ en: 'print the version', fr: 'afficher la version' }),
    )
    .helpOption('-h, --help', context.text({ en: 'print this help', fr: 'afficher cette aide' }))
    .helpCommand(false)
    .option('--json', context.text({ en: 'print the result as JSON', fr: 'afficher le résultat en JSON' }))
    .addOption(
      new Option('--lang <language>', context.text({ en: 'language', fr: 'langue' })).choices(languages),
    )
    .option(
      '--eventstore <url>',
      context.text({
        en: 'EventStoreDB server that holds the log, esdb://…; with a password, in EVENTSTORE_URL or the file that EVENTSTORE_URL_FILE names',
        fr: 'serveur EventStoreDB qui tient le journal, esdb://… ; avec un mot de passe, dans EVENTSTORE_URL ou le fichier que EVENTSTORE_URL_FILE désigne',
      }),
    )
    .option(
      '--debug',
      context.text({ en: 'print the cause of an error', fr: 'afficher la cause d’une erreur' }),
    )
    .configureHelp({ showGlobalOptions: true, styleTitle: styleTitle(context.language) })
    .configureOutput({
      writeOut: words => world.stdout.write(words),
      writeErr: words => world.stderr.write(words),
      // Errors are said once, by `reportError`.
      outputError: () => undefined,
    })
    .addHelpText('after', `\n${context.text(exitCodesHelp)}`)
    .exitOverride()
}

type Interruption = {
  readonly signal: AbortSignal
  /** Waits for the work; once interrupted, for a short while more. */
  readonly orGrace: (work: Promise<unknown>) => Promise<unknown>
  readonly release: () => void
}

const interruptible = (say: (words: Sentence) => void): Interruption => {
  const controller = new AbortController()
  let firstAt = 0
  const interrupt = (): void => {
    if (!controller.signal.aborted) {
      firstAt = performance.now()
      say({ en: 'Stopping…', fr: 'Arrêt…' })
      controller.abort()
    } else if (performance.now() - firstAt > repeatMs) process.exit(exitCodes.interrupted)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, interrupt)
  // A program that waits for a signal has nothing else to keep it running.
  const awake = setInterval(() => undefined, 2 ** 30)
  // An error nobody awaited ends the command as one it threw itself: reported, with everything undone.
  const strayError = Promise.withResolvers<never>()
  process.on('uncaughtException', strayError.reject)
  const tooLate = async (): Promise<never> => {
    if (!controller.signal.aborted) await once(controller.signal, 'abort')
    await delay(graceMs, undefined, { ref: false })
    throw new Interrupted()
  }
  return {
    signal: controller.signal,
    orGrace: work => Promise.race([work, tooLate(), strayError.promise]),
    release: () => {
      clearInterval(awake)
      for (const name of signals) process.off(name, interrupt)
      process.off('uncaughtException', strayError.reject)
    },
  }
}

type Reporting = {
  readonly language: Language
  readonly world: World
  readonly json: boolean
  readonly debug: boolean
}

const reportError = (error: unknown, { language, world, json, debug }: Reporting): ExitCode => {
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok
  const { exitCode, code, words, facts } = describeError(error, language)
  const said = json ? JSON.stringify({ error: { code, message: words, ...(facts && { facts }) } }) : words
  if (said !== '') world.stderr.write(`${said}\n`)
  if (debug && error instanceof Error) world.stderr.write(`${error.stack ?? ''}\n${causesOf(error)}`)
  return exitCode
}

/** What became of the servers that a command works with is a failure as any other. */
const asLogFailure = async (error: unknown): Promise<unknown> => {
  if (error instanceof Failure || error instanceof CommanderError || error instanceof Interrupted)
    return error
  // Loaded where it is needed: it knows the drivers of the servers.
  const { logFailure } = await import('./log-failure.ts')
  return logFailure(error) ?? error
}

type Described = {
  readonly exitCode: ExitCode
  readonly code: string
  readonly words: string
  readonly facts?: Failure['facts']
}

const describeError = (error: unknown, language: Language): Described => {
  if (error instanceof Failure) {
    const { exitCode, code, facts } = error
    return { exitCode, code, facts, words: error.sentence[language] }
  }
  if (error instanceof CommanderError) {
    // Commander shows the help of a command group called without a command as an error of this code.
    const words = error.code === 'commander.help' ? '' : usageSentence(error, language)
    return { exitCode: exitCodes.usage, code: 'USAGE', words }
  }
  if (error instanceof Interrupted) {
    return {
      exitCode: exitCodes.interrupted,
      code: 'INTERRUPTED',
      words: { en: 'Interrupted.', fr: 'Interrompu.' }[language],
    }
  }
  const reason = error instanceof Error ? error.message || error.name : String(error)
  const hint = { en: '--debug shows where', fr: '--debug montre où' }[language]
  const start = { en: 'Something unexpected went wrong', fr: 'Une erreur inattendue est survenue' }[language]
  return { exitCode: exitCodes.failure, code: 'UNEXPECTED', words: `${start}: ${reason} (${hint}).` }
}

const causesOf = (error: Error): string =>
  error.cause instanceof Error ? `cause: ${error.cause.stack ?? ''}\n${causesOf(error.cause)}` : ''
