import { once } from 'node:events'
import { LogEndangered } from '../../event-store/errors.ts'
import type { Context, Register } from '../context.ts'
import type { DemonstrationUser } from '../../integrations/demonstration/company.ts'
import type { Program } from '../composition.ts'
import { Failure, exitCodes, type Sentence } from '../failure.ts'

const DEFAULT_PORT = 4680

/** How long a start waits for the table of users, in milliseconds. */
const USERS_MS_MAX = 5_000

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
    .option('--port <number>', text({ en: 'port on loopback', fr: 'port local' }), portOf, DEFAULT_PORT)
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

const start = async (context: Context, { log, port, demo }: Options): Promise<void> => {
  const { builtScreens } = await import('../screens/built.ts')
  // Beside what comes next: opening the database, playing the demonstration.
  const building = builtScreens(context)
  const create = log === undefined || demo === true
  const database = await context.openDatabase({ command: 'start', log, create, whenRunning: 'refuse' })
  const { openFor } = await import('../open-program.ts')
  const { heldSentences } = await import('../../commands/outcome.ts')
  const { serve } = await import('../serve.ts')
  const { demonstrationLog } = await import('../demonstration.ts')
  // Only what nobody asked for by name is filled by itself: the embedded server's own log.
  const own = database.embedded && log === undefined && context.eventStoreUrl() === undefined
  const fill = demo === true || own
  const program = await openFor(context, {
    database,
    ...(fill && { create: demonstrationLog() }),
    roles: ['projections', 'reactions'],
    sandboxTime: 'still',
    onFault: error => {
      context.say(faultSentence(error))
    },
  })
  const demonstration = fill ? await tellDemonstration(context, program) : undefined
  program.clock.goWithMachine()
  if (program.logServer) context.say(logServerSentence(program.logServer))
  const held = program.writeSide.held()
  if (held) context.say(heldSentences[held])
  const logging = { level: 'warn', write: (line: string) => process.stderr.write(line) } as const
  const screens = await building
  const { address, close } = await serve(program, { port, logging, screens, demonstration })
  context.onEnd(close)
  if (program.log.kind === 'sandbox')
    context.say({
      en: `This log (${program.log.name}) is a sandbox: nothing in it counts.`,
      fr: `Ce journal (${program.log.name}) est un bac à sable : rien n’y fait foi.`,
    })
  if (await lacksPerson(program)) context.say(noUserYet(log, program))
  context.say({
    en: `Ready: open ${address} in a browser. Ctrl-C stops it.`,
    fr: `Prêt : ouvrez ${address} dans un navigateur. Ctrl-C l’arrête.`,
  })
  const moved = program.moved.then(target => logMoved(program.log.name, target))
  const stopped = once(context.signal, 'abort').then(() => undefined)
  const failure = await Promise.race([database.lost, moved, stopped])
  if (failure) throw failure
}

/** The log goes on elsewhere: this program makes room, so that the move can end (PROTOCOL 12). */
const logMoved = (log: string, target: string): Failure =>
  new Failure(
    'LOG_MOVED',
    {
      en: `The log ${log} is being moved to ${target}: this program ends. Start it again when the move is done, on that place.`,
      fr: `Le journal ${log} est déplacé vers ${target} : ce programme s’arrête. Redémarrez-le quand le déplacement est achevé, sur ce lieu.`,
    },
    { facts: { log, target }, exitCode: exitCodes.refused },
  )

const logServerSentence = ({
  address,
  version,
  batchAppend,
}: NonNullable<Program['logServer']>): Sentence => ({
  en: `The log is on ${address}: EventStoreDB ${version}, appends ${batchAppend ? 'in one stream' : 'one call each'}.`,
  fr: `Le journal est sur ${address} : EventStoreDB ${version}, ajouts ${batchAppend ? 'en un seul flux' : 'par appel'}.`,
})

/** Whether nobody can sign in: known once the table of users is up to date; until then nothing is claimed. */
const lacksPerson = async ({ log, readModels, watch }: Program): Promise<boolean> => {
  const { userTable, users } = await import('../../projections/organisation/users.ts')
  const { schemaOf } = await import('../../projections/definition.ts')
  const head = await log.store.head()
  if (!head) return false
  const { reached } = await watch.waitFor({ projections: [users], position: head.position }, USERS_MS_MAX)
  if (!reached) return false
  const { rowCount } = await readModels.query(
    `select from ${schemaOf(users)}."${userTable.name}" where kind = 'human' and active limit 1`,
  )
  return rowCount === 0
}

const noUserYet = (log: string | undefined, { logServer }: Program): Sentence => {
  const named = `${logServer ? '--eventstore <url> ' : ''}${log === undefined ? '' : `--log ${log} `}`
  const command = `npx grandlivre user create-admin ${named}--login <login> --name <name>`
  return {
    en: `Nobody can sign in yet; make an administrator in another terminal: ${command}`,
    fr: `Personne ne peut encore se connecter ; créez un administrateur dans un autre terminal : ${command}`,
  }
}

/** Plays what is left to play of the demonstration, and says who may sign in to it; undefined where it is none. */
const tellDemonstration = async (
  context: Context,
  program: Program,
): Promise<readonly DemonstrationUser[] | undefined> => {
  const { demonstrate } = await import('../demonstration.ts')
  const { demonstrationUsers } = await import('../../integrations/demonstration/company.ts')
  if (!(await demonstrate(context, program))) return undefined
  context.say({ en: 'Users of the demonstration:', fr: 'Utilisateurs de la démonstration :' })
  for (const { login, password, role } of demonstrationUsers) {
    const line = `  ${login.padEnd(32)} ${password.padEnd(28)} ${role}`
    context.say({ en: line, fr: line })
  }
  return demonstrationUsers
}

const faultSentence = (error: unknown): Sentence => {
  if (error instanceof LogEndangered) return error.sentence
  const reason = error instanceof Error ? error.message : String(error)
  return { en: `Trouble, tried again: ${reason}`, fr: `Incident, nouvelle tentative : ${reason}` }
}
