import type { Command } from 'commander'
import { APPEND_ARRIVES_MS_MAX } from '../../event-store/eventstoredb/deadline.ts'
import type { Context, Register } from '../context.ts'
import { Failure, exitCodes } from '../failure.ts'
import type { Sentence } from '../failure.ts'
import type { CopyOptions } from './log/copy.ts'
import type { PrepareOptions } from './log/prepare.ts'
import { PLACE_VARIABLES } from './log/places.ts'
import type { ReopenOptions } from './log/reopen.ts'

/** How an option says what it takes, and how it is kept from who lists the processes of the machine. */
const place = (option: keyof typeof PLACE_VARIABLES): Sentence => {
  const variable = PLACE_VARIABLES[option]
  return {
    en: `postgres://…, esdb://…, or the name of a log of the embedded server; with a password, in ${variable} or the file that ${variable}_FILE names`,
    fr: `postgres://…, esdb://…, ou le nom d’un journal du serveur embarqué ; avec un mot de passe, dans ${variable} ou le fichier que ${variable}_FILE désigne`,
  }
}
const LOG: Sentence = {
  en: 'the log of the embedded server whose database holds vault and read models (the one named)',
  fr: 'le journal du serveur embarqué dont la base tient le coffre et les tables de lecture (celui qui est nommé)',
}
const EXPLANATION: Sentence = {
  en: 'why, for who reads the log in ten years',
  fr: 'pourquoi, pour qui lira le journal dans dix ans',
}

/** Nothing else keeps out, on EventStoreDB, what a program that died has sent. */
const SETTLE_SECONDS = APPEND_ARRIVES_MS_MAX / 1_000

const secondsOf = (given: string): number => {
  const seconds = Number(given)
  if (given.trim() !== '' && seconds >= 0 && seconds <= 3_600) return seconds
  throw new Failure(
    'SETTLE_INVALID',
    {
      en: `--settle takes a number of seconds from 0 to 3600; "${given}" is not one.`,
      fr: `--settle attend un nombre de secondes de 0 à 3600 ; « ${given} » n’en est pas un.`,
    },
    { facts: { found: given }, exitCode: exitCodes.usage },
  )
}

/** `grandlivre log …`: the log as a whole. */
export const register: Register = (program, context) => {
  const log = program.command('log').description(
    context.text({
      en: 'prepare a server to hold a log, move a log to another store',
      fr: 'préparer un serveur à tenir un journal, déplacer un journal vers un autre magasin',
    }),
  )
  registerPrepare(log, context)
  registerCopy(log, context)
  registerReopen(log, context)
}

const registerPrepare = (log: Command, context: Context): void => {
  const { text } = context
  log
    .command('prepare')
    .description(
      text({
        en: 'make the EventStoreDB server that --eventstore names ready: passwords, the program’s own user, rights',
        fr: 'préparer le serveur EventStoreDB que --eventstore désigne : mots de passe, utilisateur du programme, droits',
      }),
    )
    .requiredOption(
      '--admin-password-file <file>',
      text({ en: 'the password that admin is to have', fr: 'le mot de passe à donner à admin' }),
    )
    .requiredOption(
      '--ops-password-file <file>',
      text({ en: 'the password that ops is to have', fr: 'le mot de passe à donner à ops' }),
    )
    .action(async (options: PrepareOptions) =>
      (await import('./log/prepare.ts')).runPrepare(context, options),
    )
}

const registerCopy = (log: Command, context: Context): void => {
  const { text } = context
  log
    .command('copy')
    .description(
      text({
        en: 'copy the log to another store, shut it, and open it there; repeated, it goes on where it was cut off',
        fr: 'copier le journal vers un autre magasin, le fermer et l’y ouvrir ; répétée, la commande reprend où elle a été coupée',
      }),
    )
    .option('--from <place>', text(place('from')))
    .option('--to <place>', text(place('to')))
    .option(
      '--ahead',
      text({
        en: 'copy what the log holds so far and leave it open; the move itself is shorter then',
        fr: 'copier ce que le journal contient déjà et le laisser ouvert ; le déplacement sera plus court',
      }),
    )
    .option(
      '--settle <seconds>',
      text({
        en: `how long nothing more must come from a source on EventStoreDB, when no program works any more (${SETTLE_SECONDS})`,
        fr: `durée sans nouvel événement d’une source EventStoreDB, une fois tout programme arrêté (${SETTLE_SECONDS})`,
      }),
      secondsOf,
      SETTLE_SECONDS,
    )
    .option('--log <name>', text(LOG))
    .option('--explanation <text>', text(EXPLANATION))
    .action(async (options: CopyOptions) => (await import('./log/copy.ts')).runCopy(context, options))
}

const registerReopen = (log: Command, context: Context): void => {
  const { text } = context
  log
    .command('reopen')
    .description(
      text({
        en: 'give up a move that cannot end: the log is opened again where it was',
        fr: 'renoncer à un déplacement qui ne peut aboutir : le journal est rouvert là où il était',
      }),
    )
    .option('--at <place>', text(place('at')))
    .option('--log <name>', text(LOG))
    .option('--explanation <text>', text(EXPLANATION))
    .action(async (options: ReopenOptions) => (await import('./log/reopen.ts')).runReopen(context, options))
}
