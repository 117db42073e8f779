import type { Command } from 'commander'
import type { Context, Register } from '../context.ts'
import type { Sentence } from '../failure.ts'
import type { CopyOptions } from './log/copy.ts'
import type { ReopenOptions } from './log/reopen.ts'

const PLACE: Sentence = {
  en: 'postgres://…, esdb://…, or the name of a log of the embedded server',
  fr: 'postgres://…, esdb://…, ou le nom d’un journal du serveur embarqué',
}
const LOG: Sentence = {
  en: 'the log of the embedded server whose database holds vault and read models (the one named)',
  fr: 'le journal du serveur embarqué dont la base tient le coffre et les tables de lecture (celui qui est nommé)',
}
const EXPLANATION: Sentence = {
  en: 'why, for who reads the log in ten years',
  fr: 'pourquoi, pour qui lira le journal dans dix ans',
}

/** `grandlivre log …`: the log as a whole. */
export const register: Register = (program, context) => {
  const log = program.command('log').description(
    context.text({
      en: 'move a log to another store',
      fr: 'déplacer un journal vers un autre magasin',
    }),
  )
  registerCopy(log, context)
  registerReopen(log, context)
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
    .requiredOption('--from <place>', text(PLACE))
    .requiredOption('--to <place>', text(PLACE))
    .option(
      '--ahead',
      text({
        en: 'copy what the log holds so far and leave it open; the move itself is shorter then',
        fr: 'copier ce que le journal contient déjà et le laisser ouvert ; le déplacement sera plus court',
      }),
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
    .requiredOption('--at <place>', text(PLACE))
    .option('--log <name>', text(LOG))
    .option('--explanation <text>', text(EXPLANATION))
    .action(async (options: ReopenOptions) => (await import('./log/reopen.ts')).runReopen(context, options))
}
