import type { Context, Register } from '../context.ts'
import { askPassword } from '../password.ts'

interface Options {
  readonly login: string
  readonly name: string
  readonly log?: string
}

/** `grandlivre user …`: accounts, as far as they cannot be made by somebody who is signed in. */
export const register: Register = (program, context) => {
  const { text } = context
  const user = program
    .command('user')
    .description(text({ en: 'accounts of users', fr: 'comptes des utilisateurs' }))
  user
    .command('create-admin')
    .description(
      text({
        en: 'register an administrator; the password is asked for, or read from standard input',
        fr: 'enregistrer un administrateur ; le mot de passe est demandé, ou lu sur l’entrée standard',
      }),
    )
    .requiredOption('--login <login>', text({ en: 'what they sign in with', fr: 'identifiant de connexion' }))
    .requiredOption('--name <name>', text({ en: 'their name', fr: 'nom de la personne' }))
    .option('--log <name>', text({ en: 'the log to open (main)', fr: 'le journal à ouvrir (main)' }))
    .action((options: Options) => createAdmin(context, options))
}

const createAdmin = async (context: Context, { login, name, log }: Options): Promise<void> => {
  const password = await askPassword(context)
  const database = await context.openDatabase({
    command: 'user create-admin',
    log,
    create: false,
    whenRunning: 'share',
  })
  const { openFor } = await import('../open-program.ts')
  const { registerAdministrator } = await import('../administrator.ts')
  // What is set off by the new account is the running program's affair, where there is one.
  const program = await openFor(context, { database, roles: [], sandboxTime: 'machine' })
  const userId = await registerAdministrator(program, { login, name, password })
  context.print(
    { userId },
    context.text({
      en: `Administrator ${login} is registered.`,
      fr: `L’administrateur ${login} est enregistré.`,
    }),
  )
}
