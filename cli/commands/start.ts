import { once } from 'node:events'
import type { IdentityProvider } from '../../api/sign-in/identity-provider.ts'
import { LogEndangered } from '../../event-store/errors.ts'
import { keepCompiled } from '../compiled.ts'
import type { Context, Register } from '../context.ts'
import type { DemonstrationUser } from '../../integrations/demonstration/company.ts'
import type { Program } from '../composition.ts'
import { Failure, exitCodes, type Sentence } from '../failure.ts'
import { providerOptions } from './provider-options.ts'
import {
  START_ROLES,
  answeringOf,
  hostOf,
  playsAll,
  portOf,
  requestsOf,
  proxiesOf,
  refuseDemonstrationWithoutRoles,
  rolesOf,
} from './start-options.ts'
import type { Answering, StartOptions, StartRole } from './start-options.ts'

/** How long a start waits for the table of users, in milliseconds. */
const USERS_MS_MAX = 5_000

/** `grandlivre start`: runs everything until Ctrl-C. */
export const register: Register = (program, context) => {
  const { text } = context
  const command = program
    .command('start')
    .description(
      text({
        en: 'start the program and run until Ctrl-C; an empty embedded log is filled with a demonstration',
        fr: 'démarrer le programme, jusqu’à Ctrl-C ; un journal embarqué vide reçoit une démonstration',
      }),
    )
    .option('--log <name>', text({ en: 'the log to open (main)', fr: 'le journal à ouvrir (main)' }))
    .option(
      '--roles <roles>',
      text({
        en: `what this process does, of ${START_ROLES.join(', ')} (all)`,
        fr: `ce que fait ce processus, parmi ${START_ROLES.join(', ')} (tout)`,
      }),
      rolesOf,
    )
    .option(
      '--port <number>',
      text({ en: 'port of the API (4680)', fr: 'port de l’API (4680)' }),
      portOf('--port'),
    )
    .option(
      '--health-port <number>',
      text({
        en: 'port on 127.0.0.1 for /health and /ready alone, of a process without the API (none)',
        fr: 'port sur 127.0.0.1 pour /health et /ready seulement, d’un processus sans l’API (aucun)',
      }),
      portOf('--health-port'),
    )
    .option(
      '--host <address>',
      text({
        en: 'address to listen on (127.0.0.1); another one only behind a proxy that ends TLS',
        fr: 'adresse d’écoute (127.0.0.1) ; une autre seulement derrière un proxy qui termine TLS',
      }),
      hostOf,
    )
    .option(
      '--proxy <addresses>',
      text({
        en: 'addresses or ranges of the proxy that ends TLS: it is believed who calls, and cookies are for TLS alone',
        fr: 'adresses ou plages du proxy qui termine TLS : il dit qui appelle, et les cookies exigent TLS',
      }),
      proxiesOf,
    )
    .option(
      '--requests-per-minute <number>',
      text({
        en: 'requests of one address that are answered in a minute (6000); of one person, a fifth',
        fr: 'demandes d’une adresse auxquelles il est répondu en une minute (6000) ; d’une personne, un cinquième',
      }),
      requestsOf,
    )
    .option(
      '--demo',
      text({
        en: 'fill an empty log with the demonstration, also that of DATABASE_URL',
        fr: 'remplir un journal vide avec la démonstration, y compris celui de DATABASE_URL',
      }),
    )
  providerOptions(command, context)
  command.action((options: StartOptions) => start(context, options))
}

const start = async (context: Context, options: StartOptions): Promise<void> => {
  const { log, demo, roles = START_ROLES } = options
  const answering = answeringOf(options)
  refuseDemonstrationWithoutRoles(options)
  const { identityProvider } = await import('../identity-provider.ts')
  // What is wrong with it is said before anything is opened.
  const provider = answering && identityProvider(options, context.environment)
  const { builtScreens } = await import('../screens/built.ts')
  // Beside what comes next: opening the database, playing the demonstration.
  const building = answering && builtScreens(context)
  const create = log === undefined || demo === true
  // What comes later is read while the database starts.
  const [database, { openFor }, { demonstrationLog }] = await Promise.all([
    context.openDatabase({ command: 'start', log, create, whenRunning: 'refuse' }),
    import('../open-program.ts'),
    import('../demonstration.ts'),
    answering && import('../serve.ts'),
  ])
  // Only what nobody asked for by name is filled by itself: the embedded server's own log.
  const own = database.embedded && log === undefined && context.eventStoreUrl() === undefined
  const fill = demo === true || (own && playsAll(roles))
  const program = await openFor(context, {
    database,
    ...(fill && { create: demonstrationLog() }),
    roles: roles.filter(role => role !== 'api'),
    sandboxTime: 'still',
    onFault: error => {
      void faultSentence(error).then(context.say)
    },
  })
  const demonstration = fill ? await tellDemonstration(context, program) : undefined
  program.clock.goWithMachine()
  await tellLog(context, program)
  if (answering)
    await answer(context, program, { answering, screens: await building, demonstration, provider, log })
  else context.say(atWork(roles, program, await healthOf(context, program, options)))
  keepCompiled()
  const moved = program.moved.then(target => logMoved(program.log.name, target))
  const stopped = once(context.signal, 'abort').then(() => undefined)
  const replaced = program.replaced.then(() => logReplaced(program.log.name))
  const failure = await Promise.race([database.lost, moved, replaced, stopped])
  if (failure) throw failure
}

/** Says where the log is and what keeps it from being written to, before anybody works on it. */
const tellLog = async (context: Context, program: Program): Promise<void> => {
  const { heldSentences } = await import('../../commands/outcome.ts')
  const { inTheOpenSentence, serverInTheOpen } = await import('../in-the-open.ts')
  if (program.logServer) context.say(logServerSentence(program.logServer))
  if (program.logServer?.projects) context.say(projectsSentence(program.logServer.address))
  const inTheOpen = serverInTheOpen(context.eventStoreUrl())
  if (inTheOpen !== undefined) context.say(inTheOpenSentence(inTheOpen))
  const held = program.writeSide.held()
  if (held) context.say(heldSentences[held])
  if (program.log.kind === 'sandbox')
    context.say({
      en: `This log (${program.log.name}) is a sandbox: nothing in it counts.`,
      fr: `Ce journal (${program.log.name}) est un bac à sable : rien n’y fait foi.`,
    })
}

interface Answers {
  readonly answering: Answering
  readonly screens: string | undefined
  readonly demonstration: readonly DemonstrationUser[] | undefined
  readonly provider: IdentityProvider | undefined
  readonly log: string | undefined
}

const answer = async (
  context: Context,
  program: Program,
  { answering, screens, demonstration, provider, log }: Answers,
): Promise<void> => {
  const { serve } = await import('../serve.ts')
  const logging = { level: 'warn', write: (line: string) => process.stderr.write(line) } as const
  const { address, close } = await serve(program, { ...answering, logging, screens, demonstration, provider })
  context.onEnd(close)
  if (await lacksPerson(program)) context.say(noUserYet(log, program))
  context.say(answering.proxies ? readyBehind(address, answering.proxies) : ready(address))
}

const ready = (address: string): Sentence => ({
  en: `Ready: open ${address} in a browser. Ctrl-C stops it.`,
  fr: `Prêt : ouvrez ${address} dans un navigateur. Ctrl-C l’arrête.`,
})

const readyBehind = (address: string, proxies: readonly string[]): Sentence => ({
  en: `Ready: answers at ${address} to the proxy at ${proxies.join(', ')}. Ctrl-C stops it.`,
  fr: `Prêt : répond à ${address} au proxy à ${proxies.join(', ')}. Ctrl-C l’arrête.`,
})

/** Opens the port on which a process without the API says how it is. @returns its address; undefined where none is asked for */
const healthOf = async (
  context: Context,
  program: Program,
  { healthPort }: StartOptions,
): Promise<string | undefined> => {
  if (healthPort === undefined) return undefined
  const { serveHealth } = await import('../health.ts')
  const { conditionOf } = await import('../serve.ts')
  const { address, close } = await serveHealth(conditionOf(program), healthPort)
  context.onEnd(close)
  return address
}

const atWork = (roles: readonly StartRole[], { log }: Program, health: string | undefined): Sentence => {
  const [en, fr] =
    health === undefined
      ? ['No port is open.', 'Aucun port n’est ouvert.']
      : [`${health}/ready says whether it works.`, `${health}/ready dit s’il travaille.`]
  return {
    en: `At work on the log ${log.name}: ${roles.join(', ')}. ${en} Ctrl-C stops it.`,
    fr: `Au travail sur le journal ${log.name} : ${roles.join(', ')}. ${fr} Ctrl-C l’arrête.`,
  }
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

/** What it remembers of the log holds no more: it has to begin from its checkpoints (PROTOCOL 15). */
const logReplaced = (log: string): Failure =>
  new Failure(
    'LOG_REPLACED',
    {
      en: `This program ends, as the log ${log} is not the one that it had read. Start it again: it says then what is to be decided.`,
      fr: `Ce programme s’arrête, car le journal ${log} n’est pas celui qu’il avait lu. Redémarrez-le : il dira alors ce qu’il faut décider.`,
    },
    { facts: { log }, exitCode: exitCodes.refused },
  )

const logServerSentence = ({
  address,
  version,
  batchAppend,
}: NonNullable<Program['logServer']>): Sentence => ({
  en: `The log is on ${address}: EventStoreDB ${version}, appends ${batchAppend ? 'in one stream' : 'one call each'}.`,
  fr: `Le journal est sur ${address} : EventStoreDB ${version}, ajouts ${batchAppend ? 'en un seul flux' : 'par appel'}.`,
})

const projectsSentence = (address: string): Sentence => ({
  en: `Projections of the server ${address} have written links beside the events, which whoever reads the log has to pass over: turn projections off there (RUN_PROJECTIONS=None).`,
  fr: `Des projections du serveur ${address} ont écrit à côté des événements des liens que tout lecteur du journal doit franchir : désactivez-y les projections (RUN_PROJECTIONS=None).`,
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

const faultSentence = async (error: unknown): Promise<Sentence> => {
  if (error instanceof LogEndangered) return error.sentence
  const { logFailure } = await import('../log-failure.ts')
  const reason = error instanceof Error ? error.message : String(error)
  const { en, fr } = logFailure(error)?.sentence ?? { en: reason, fr: reason }
  return { en: `Trouble, tried again: ${en}`, fr: `Incident, nouvelle tentative : ${fr}` }
}
