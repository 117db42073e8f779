import { readFile } from 'node:fs/promises'
import type { Context, Register } from '../context.ts'
import { Failure, exitCodes } from '../failure.ts'
import { askPassword } from '../password.ts'

interface Options {
  readonly production?: boolean
  readonly log?: string
  readonly company: string
  readonly adminLogin: string
  readonly adminName: string
}

/** `grandlivre init --production`: the only way to open a log whose figures count. */
export const register: Register = (program, context) => {
  const { text } = context
  program
    .command('init')
    .description(
      text({
        en: 'open an empty log for real business: its legal entity and its first administrator',
        fr: 'ouvrir un journal vide pour une activité réelle : son entité juridique et son premier administrateur',
      }),
    )
    .option(
      '--production',
      text({
        en: 'confirm: what is recorded in this log counts, and it can never become a sandbox',
        fr: 'confirmer : ce qui y est enregistré fait foi, et il ne pourra jamais devenir un bac à sable',
      }),
    )
    .requiredOption(
      '--company <file>',
      text({
        en: 'JSON file of the legal entity (docs/company.md)',
        fr: 'fichier JSON de l’entité (docs/company.md)',
      }),
    )
    .requiredOption(
      '--admin-login <login>',
      text({ en: 'login of the administrator', fr: 'identifiant de l’administrateur' }),
    )
    .requiredOption(
      '--admin-name <name>',
      text({ en: 'name of the administrator', fr: 'nom de l’administrateur' }),
    )
    .option('--log <name>', text({ en: 'the log to open (main)', fr: 'le journal à ouvrir (main)' }))
    .action((options: Options) => init(context, options))
}

const init = async (context: Context, options: Options): Promise<void> => {
  if (options.production !== true) throw notConfirmed
  const { readCompany } = await import('../company-file.ts')
  const company = readCompany(
    options.company,
    await readFile(options.company, 'utf8').catch(missingFile(options.company)),
  )
  const password = await askPassword(context)
  const database = await context.openDatabase({
    command: 'init',
    log: options.log,
    create: true,
    whenRunning: 'refuse',
  })
  const { openFor } = await import('../open-program.ts')
  const { openBooks } = await import('../production.ts')
  const program = await openFor(context, {
    database,
    create: { kind: 'production', name: options.log ?? 'main' },
    // Nothing else works on the log meanwhile: no reaction ends what a run cut short left to be gone on with.
    roles: [],
    sandboxTime: 'machine',
  })
  const administrator = { login: options.adminLogin, name: options.adminName, password }
  const { entityId, userId } = await openBooks(program, company, administrator)
  context.print(
    { logId: program.log.id, entityId, userId },
    context.text({
      en: `The production log is open: ${company.name}, administrator ${options.adminLogin}. Start it with "grandlivre start${options.log === undefined ? '' : ` --log ${options.log}`}".`,
      fr: `Le journal de production est ouvert : ${company.name}, administrateur ${options.adminLogin}. Démarrez-le par « grandlivre start${options.log === undefined ? '' : ` --log ${options.log}`} ».`,
    }),
  )
}

const notConfirmed = new Failure(
  'PRODUCTION_NOT_CONFIRMED',
  {
    en: 'A log is opened for real business only with --production; a sandbox opens by itself with "start" or "import".',
    fr: 'Un journal ne s’ouvre pour une activité réelle qu’avec --production ; un bac à sable s’ouvre de lui-même par « start » ou « import ».',
  },
  { exitCode: exitCodes.usage },
)

const missingFile =
  (file: string) =>
  (cause: unknown): never => {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new Failure(
      'COMPANY_FILE_UNREADABLE',
      {
        en: `The file ${file} of --company cannot be read (${reason}).`,
        fr: `Le fichier ${file} de --company ne peut être lu (${reason}).`,
      },
      { facts: { file, reason }, exitCode: exitCodes.usage, cause },
    )
  }
