import { once } from 'node:events'
import type { Context, Register } from '../context.ts'
import { Failure, exitCodes } from '../failure.ts'

interface Options {
  readonly log?: string
  readonly port: number
  readonly demo?: boolean
}

/** `grandlivre start`: runs everything until Ctrl-C. */
export const register: Register = (program, context) => {
  const { text } = context
  program
    .command('start')
    .description(
      text({
        en: 'start the program and run until Ctrl-C; an empty embedded log is filled with a demonstration',
        fr: 'démarrer le programme, jusqu’à Ctrl-C ; un journal embarqué vide reçoit une démonstration',
      }),
    )
    .option('--log <name>', text({ en: 'the log to open (main)', fr: 'le journal à ouvrir (main)' }))
    .option('--port <number>', text({ en: 'port on loopback', fr: 'port local' }), portOf, 4680)
    .option(
      '--demo',
      text({
        en: 'fill an empty log with the demonstration, also that of DATABASE_URL',
        fr: 'remplir un journal vide avec la démonstration, y compris celui de DATABASE_URL',
      }),
    )
    .action((options: Options) => start(context, options))
}

const portOf = (given: string): number => {
  const port = Number(given)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new Failure(
    'PORT_INVALID',
    {
      en: `--port takes a number from 1 to 65535; "${given}" is not one.`,
      fr: `--port attend un nombre de 1 à 65535 ; « ${given} » n’en est pas un.`,
    },
    { exitCode: exitCodes.usage },
  )
}

const start = async (context: Context, options: Options): Promise<void> => {
  const database = await context.openDatabase({ command: 'start', log: options.log, whenRunning: 'refuse' })
  const { openFor } = await import('../open-program.ts')
  const { serve } = await import('../serve.ts')
  const demonstration = options.demo === true || (database.embedded && options.log === undefined)
  const opened = await openFor(context, {
    database,
    log: options.log,
    ...(demonstration && { create: { kind: 'sandbox', name: 'demonstration' } as const }),
    roles: ['projections', 'reactions'],
    sandboxTime: 'machine',
    onFault: error => {
      context.say(faultSentence(error))
    },
  })
  const logging = { level: 'warn', write: (line: string) => process.stderr.write(line) } as const
  const { address, close } = await serve(opened, { port: options.port, logging })
  context.onEnd(close)
  if (opened.log.kind === 'sandbox') context.say(sandboxSentence)
  context.say({
    en: `Ready at ${address}. Ctrl-C stops it.`,
    fr: `Prêt sur ${address}. Ctrl-C l’arrête.`,
  })
  const failure = await Promise.race([database.lost, once(context.signal, 'abort').then(() => undefined)])
  if (failure) throw failure
}

const sandboxSentence = {
  en: 'This is a sandbox with demonstration data. Users and their passwords:',
  fr: 'Ceci est un bac à sable avec des données de démonstration. Utilisateurs et mots de passe :',
}

const faultSentence = (error: unknown): { readonly en: string; readonly fr: string } => {
  const reason = error instanceof Error ? error.message : String(error)
  return { en: `Working on: ${reason}`, fr: `Incident en cours : ${reason}` }
}
