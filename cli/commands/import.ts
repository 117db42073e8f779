import type { Profile } from '../../integrations/import/profile.ts'
import type { Business } from '../../integrations/import/read-business.ts'
import type { Reject } from '../../integrations/import/rejects.ts'
import type { Context, Register } from '../context.ts'
import { exitCodes, Failure } from '../failure.ts'
import type { Program } from '../composition.ts'
import type { ImportResult } from '../import-run.ts'

interface Options {
  readonly dryRun?: boolean
  readonly log?: string
  readonly rejects?: string
  readonly closeThrough?: string
}

/** `grandlivre import <profile> <folder>`: plays the business of another system's files in a sandbox log of its own. */
export const register: Register = (program, context) => {
  const { text } = context
  program
    .command('import')
    .description(
      text({
        en: 'play the business of another system’s files in a sandbox log of its own, and hold the books against them',
        fr: 'rejouer l’activité des fichiers d’un autre système dans un journal bac à sable, puis comparer les livres aux fichiers',
      }),
    )
    .argument(
      '<profile>',
      text({
        en: 'name of a profile (northwind), or its JSON file',
        fr: 'nom d’un profil (northwind), ou son fichier JSON',
      }),
    )
    .argument('<folder>', text({ en: 'folder of the files', fr: 'dossier des fichiers' }))
    .option(
      '--dry-run',
      text({ en: 'read and check only; add nothing', fr: 'lire et contrôler seulement ; ne rien ajouter' }),
    )
    .option(
      '--log <name>',
      text({ en: 'the log to open (the profile’s name)', fr: 'le journal à ouvrir (le nom du profil)' }),
    )
    .option(
      '--rejects <file>',
      text({
        en: 'write rows that were not imported here (CSV)',
        fr: 'écrire ici les lignes non importées (CSV)',
      }),
    )
    .option(
      '--close-through <month>',
      text({
        en: 'then close the months up to this one for ever (YYYY-MM)',
        fr: 'puis clôturer définitivement les mois jusqu’à celui-ci (AAAA-MM)',
      }),
    )
    .action((profile: string, folder: string, options: Options) =>
      importFiles(context, profile, folder, options),
    )
}

const importFiles = async (
  context: Context,
  name: string,
  folder: string,
  options: Options,
): Promise<void> => {
  const { loadProfile } = await import('../../integrations/import/profile.ts')
  const { readBusiness } = await import('../../integrations/import/read-business.ts')
  const { asPlayed } = await import('../refused.ts')
  checkMonth(options.closeThrough)
  const profile = await asPlayed(loadProfile(name))
  const business = await asPlayed(readBusiness(profile, folder))
  if (options.dryRun === true) return dryRun(context, profile, business, options)
  const result = await asPlayed(playOn(context, profile, business, options))
  await writeRejects(context, result.rejects, options.rejects)
  const { resultJson, resultText } = await import('../import-report.ts')
  context.print(resultJson(context, profile, business, result), resultText(context, result))
  const failure = failureOf(result)
  if (failure) throw failure
}

const checkMonth = (month: string | undefined): void => {
  if (month === undefined || /^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return
  throw new Failure(
    'MONTH_INVALID',
    {
      en: `--close-through takes a month written YYYY-MM; "${month}" is not one.`,
      fr: `--close-through attend un mois écrit AAAA-MM ; « ${month} » n’en est pas un.`,
    },
    { facts: { found: month }, exitCode: exitCodes.usage },
  )
}

const dryRun = async (
  context: Context,
  profile: Profile,
  business: Business,
  options: Options,
): Promise<void> => {
  const { controlTotals } = await import('../../integrations/import/control.ts')
  const totals = controlTotals(profile, business)
  await writeRejects(context, business.rejects, options.rejects)
  const { dryRunJson, dryRunText } = await import('../import-report.ts')
  context.print(dryRunJson(context, profile, business, totals), dryRunText(context, business, totals))
  if (business.rejects.length > 0) throw rejected(business.rejects.length)
}

const playOn = async (
  context: Context,
  profile: Profile,
  business: Business,
  options: Options,
): Promise<ImportResult> => {
  const { openFor } = await import('../open-program.ts')
  const { openingInstant } = await import('../../integrations/import/play.ts')
  const { runImport } = await import('../import-run.ts')
  const given = context.environment['DATABASE_URL'] ? undefined : profile.profile.toLowerCase()
  const log = options.log ?? given
  const database = await context.openDatabase({ command: 'import', log, create: true, whenRunning: 'share' })
  const program = await openFor(context, {
    database,
    create: { kind: 'sandbox', name: profile.profile, at: openingInstant(profile, business) },
    roles: ['projections', 'reactions'],
    sandboxTime: 'still',
    // Nobody watches the read models while they fill: large batches cost a tenth of small ones.
    gatherMs: 500,
    onFault: error => {
      const reason = error instanceof Error ? error.message : String(error)
      context.say({ en: `Working on: ${reason}`, fr: `Incident en cours : ${reason}` })
    },
  })
  refuseForeignLog(program, profile)
  let bar: ReturnType<Context['progress']> | undefined
  const onProgress = (done: number, total: number): void => {
    bar ??= context.progress({ en: 'Import', fr: 'Import' }, total)
    bar.to(done)
  }
  try {
    const { closeThrough } = options
    return await runImport(program, profile, business, { onProgress, signal: context.signal, closeThrough })
  } finally {
    bar?.end()
  }
}

/** An import has a log of its own: its clock begins with the business, and its totals are all that is there. */
const refuseForeignLog = ({ log }: Program, { profile }: Profile): void => {
  if (log.kind === 'sandbox' && log.name === profile) return
  throw new Failure(
    'LOG_OF_ANOTHER_BUSINESS',
    {
      en: `This log (${log.name}, ${log.kind}) is not a sandbox of the profile "${profile}"; choose another one with --log.`,
      fr: `Ce journal (${log.name}, ${log.kind}) n’est pas un bac à sable du profil « ${profile} » ; choisissez-en un autre avec --log.`,
    },
    { facts: { log: log.name, kind: log.kind, profile }, exitCode: exitCodes.refused },
  )
}

const writeRejects = async (
  context: Context,
  rejects: readonly Reject[],
  file: string | undefined,
): Promise<void> => {
  const { rejectsCsv } = await import('../../integrations/import/rejects.ts')
  const { writeFile } = await import('node:fs/promises')
  const csv = rejectsCsv(rejects, context.language)
  if (file !== undefined) await writeFile(file, csv).catch(notWritten(file))
  else if (rejects.length > 0 && !context.json()) context.say({ en: csv, fr: csv })
}

const notWritten =
  (file: string) =>
  (cause: unknown): never => {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new Failure(
      'REJECTS_NOT_WRITTEN',
      {
        en: `The file ${file} of --rejects cannot be written (${reason}); name one in a folder that exists and that this account may write to.`,
        fr: `Le fichier ${file} de --rejects ne peut être écrit (${reason}) ; indiquez-en un dans un dossier qui existe et où ce compte peut écrire.`,
      },
      { facts: { file, reason }, exitCode: exitCodes.usage, cause },
    )
  }

const failureOf = ({ interrupted, rejects, comparisons }: ImportResult): Failure | undefined => {
  if (interrupted)
    return new Failure(
      'INTERRUPTED',
      { en: 'The import stopped before its end.', fr: 'L’import s’est arrêté avant la fin.' },
      { exitCode: exitCodes.interrupted },
    )
  const differences = comparisons.filter(({ source, books }) => source !== books).length
  if (differences > 0)
    return new Failure(
      'BOOKS_DIFFER',
      {
        en: `The books differ from the files in ${differences} figures, marked ≠ above.`,
        fr: `Les livres diffèrent des fichiers sur ${differences} montants, marqués ≠ ci-dessus.`,
      },
      { facts: { differences } },
    )
  return rejects.length > 0 ? rejected(rejects.length) : undefined
}

const rejected = (count: number): Failure =>
  new Failure(
    'ROWS_REJECTED',
    {
      en: `Rejected, with file, line, field, found and expected: ${count}. All other rows stand.`,
      fr: `Rejets, avec fichier, ligne, champ, trouvé et attendu : ${count}. Toutes les autres lignes sont bonnes.`,
    },
    { facts: { rejects: count } },
  )
