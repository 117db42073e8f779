import type { Command } from 'commander'
import type { Context, Register } from '../context.ts'
import type { Sentence } from '../failure.ts'
import type { AsOfOptions } from './replay/as-of.ts'
import type { ExplainOptions } from './replay/explain.ts'
import type { VerifyOptions } from './replay/verify.ts'

const logOption: Sentence = { en: 'the log to replay (main)', fr: 'le journal à rejouer (main)' }
const entityOption: Sentence = {
  en: 'code of the legal entity, where there are several',
  fr: 'code de l’entité, s’il y en a plusieurs',
}

/** `grandlivre replay …`: what an auditor asks of the log. Nothing here writes to it. */
export const register: Register = (program, context) => {
  const { text } = context
  const replay = program.command('replay').description(
    text({
      en: 'verify the log, rebuild what is read from it, see any state as it was known, explain any figure',
      fr: 'vérifier le journal, reconstruire ce qui en est tiré, revoir tout état tel qu’il était connu, expliquer tout chiffre',
    }),
  )
  registerVerify(replay, context)
  registerRebuild(replay, context)
  registerAsOf(replay, context)
  registerExplain(replay, context)
}

const registerVerify = (replay: Command, context: Context): void => {
  const { text } = context
  replay
    .command('verify')
    .description(
      text({
        en: 'check chain, time, numbers, entries, periods, allocations, keys and read models',
        fr: 'contrôler chaîne, temps, numéros, écritures, périodes, lettrages, clés et tables de lecture',
      }),
    )
    .option('--log <name>', text(logOption))
    .option('--log-only', text({ en: 'leave out the read models', fr: 'sans les tables de lecture' }))
    .action(async (options: VerifyOptions) =>
      (await import('./replay/verify.ts')).runVerify(context, options),
    )
}

const registerRebuild = (replay: Command, context: Context): void => {
  const { text } = context
  replay
    .command('rebuild')
    .description(
      text({
        en: 'make read models anew beside the live ones, compare them and put them in their place',
        fr: 'refaire les tables de lecture à côté de celles en service, les comparer et les mettre à leur place',
      }),
    )
    .argument(
      '[projection...]',
      text({ en: 'all, where none is named', fr: 'toutes, si aucune n’est nommée' }),
    )
    .option('--log <name>', text(logOption))
    .action(async (names: readonly string[], options: { readonly log?: string }) =>
      (await import('./replay/rebuild.ts')).runRebuild(context, names, options),
    )
}

const registerAsOf = (replay: Command, context: Context): void => {
  const { text } = context
  replay
    .command('as-of')
    .description(
      text({
        en: 'the state as it was known: trial-balance, customer <code>, invoice <number>, or rows of <projection>.<table> where column=value',
        fr: 'l’état tel qu’il était connu : trial-balance, customer <code>, invoice <numéro>, ou les lignes de <projection>.<table> où colonne=valeur',
      }),
    )
    .argument(
      '<when>',
      text({
        en: 'an instant with its offset, or the place of an event',
        fr: 'un instant avec son décalage, ou le rang d’un événement',
      }),
    )
    .argument('<subject...>', text({ en: 'what to show', fr: 'ce qu’il faut montrer' }))
    .option('--log <name>', text(logOption))
    .option('--entity <code>', text(entityOption))
    .option('--from <month>', text({ en: 'first month, YYYY-MM', fr: 'premier mois, AAAA-MM' }))
    .option('--to <month>', text({ en: 'last month, YYYY-MM', fr: 'dernier mois, AAAA-MM' }))
    .action(async (when: string, subject: readonly string[], options: AsOfOptions) =>
      (await import('./replay/as-of.ts')).runAsOf(context, when, subject, options),
    )
}

const registerExplain = (replay: Command, context: Context): void => {
  const { text } = context
  replay
    .command('explain')
    .description(
      text({
        en: 'the events behind a figure: trial-balance --account, customer <code>, invoice <number>, or <projection>.<table> column=value',
        fr: 'les événements derrière un chiffre : trial-balance --account, customer <code>, invoice <numéro>, ou <projection>.<table> colonne=valeur',
      }),
    )
    .argument('<subject...>', text({ en: 'the figure', fr: 'le chiffre' }))
    .option('--log <name>', text(logOption))
    .option('--entity <code>', text(entityOption))
    .option(
      '--account <number>',
      text({
        en: 'account; 44* for all that begin so',
        fr: 'compte ; 44* pour tous ceux qui commencent ainsi',
      }),
    )
    .option(
      '--period <month>',
      text({ en: 'month YYYY-MM, or year YYYY', fr: 'mois AAAA-MM, ou année AAAA' }),
    )
    .option('--measure <name...>', text({ en: 'these measures only', fr: 'ces mesures seulement' }))
    .option(
      '--as-of <when>',
      text({ en: 'an instant, or the place of an event', fr: 'un instant, ou le rang d’un événement' }),
    )
    .action(async (subject: readonly string[], options: ExplainOptions) =>
      (await import('./replay/explain.ts')).runExplain(context, subject, options),
    )
}
