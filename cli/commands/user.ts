import { createInterface } from 'node:readline'
import { text as wholeText } from 'node:stream/consumers'
import { Failure, exitCodes } from '../failure.ts'
import type { Outcome } from '../../commands/outcome.ts'
import type { Context, Register } from '../context.ts'

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
  const database = await context.openDatabase({ command: 'user create-admin', log, whenRunning: 'share' })
  const { openFor } = await import('../open-program.ts')
  const { createAdministrator } = await import('../../api/sign-in/administrator.ts')
  // What is set off by the new account is the running program's affair, where there is one.
  const { vault, writeSide } = await openFor(context, { database, log, roles: [], sandboxTime: 'machine' })
  const created = await createAdministrator({ commands: writeSide.handler, vault }, { login, name, password })
  if ('refused' in created) throw refused(created.refused)
  context.print(
    { userId: created.userId },
    context.text({
      en: `Administrator ${login} is registered.`,
      fr: `L’administrateur ${login} est enregistré.`,
    }),
  )
}

const refused = (outcome: Outcome): Failure => {
  if (outcome.kind === 'refused')
    return new Failure(outcome.rejection.code, outcome.sentence, { exitCode: exitCodes.refused })
  if (outcome.kind === 'invalid') {
    const [issue] = outcome.issues
    const sentence = { en: issue?.en ?? 'Not accepted.', fr: issue?.fr ?? 'Refusé.' }
    return new Failure('INVALID_INPUT', sentence, { exitCode: exitCodes.usage })
  }
  const sentence =
    'sentence' in outcome ? outcome.sentence : { en: 'Nothing was done.', fr: 'Rien n’a été fait.' }
  return new Failure('NOT_DONE', sentence)
}

/** @throws Failure PASSWORD_REFUSED */
const askPassword = async (context: Context): Promise<string> => {
  const { PASSWORD_CHARACTERS_MAX: max, PASSWORD_CHARACTERS_MIN: min } =
    await import('../../api/sign-in/password.ts')
  const password = process.stdin.isTTY
    ? await askTwice(context)
    : (await wholeText(process.stdin)).replace(/\r?\n$/, '')
  if (password.length >= min && password.length <= max) return password
  throw new Failure(
    'PASSWORD_REFUSED',
    {
      en: `A password has ${min} to ${max} characters; this one has ${password.length}.`,
      fr: `Un mot de passe compte de ${min} à ${max} caractères ; celui-ci en a ${password.length}.`,
    },
    { exitCode: exitCodes.usage },
  )
}

const askTwice = async (context: Context): Promise<string> => {
  const first = await askHidden(context.text({ en: 'Password: ', fr: 'Mot de passe : ' }))
  const second = await askHidden(context.text({ en: 'Once more: ', fr: 'Encore une fois : ' }))
  if (first === second) return first
  throw new Failure(
    'PASSWORDS_DIFFER',
    { en: 'The two passwords are not the same.', fr: 'Les deux mots de passe diffèrent.' },
    { exitCode: exitCodes.usage },
  )
}

/** Reads a line from the terminal without showing it. */
const askHidden = (prompt: string): Promise<string> =>
  new Promise((resolve, reject) => {
    process.stderr.write(prompt)
    // Without an output readline edits the line, but echoes nothing.
    const lines = createInterface({ input: process.stdin, terminal: true })
    let answer: string | undefined
    lines.once('line', line => {
      answer = line
      lines.close()
    })
    lines.once('SIGINT', () => lines.close())
    lines.once('close', () => {
      process.stderr.write('\n')
      if (answer === undefined) reject(nothingTyped())
      else resolve(answer)
    })
  })

const nothingTyped = (): Failure =>
  new Failure(
    'PASSWORD_MISSING',
    { en: 'No password was given.', fr: 'Aucun mot de passe n’a été donné.' },
    { exitCode: exitCodes.interrupted },
  )
