import { createInterface } from 'node:readline'
import { text as wholeText } from 'node:stream/consumers'
import type { Context } from './context.ts'
import { Failure, exitCodes } from './failure.ts'

/**
 * A new password: asked for twice on a terminal, where it is not shown, or read from standard input.
 * @throws Failure PASSWORD_REFUSED, PASSWORDS_DIFFER, PASSWORD_MISSING, PASSWORD_OF_SEVERAL_LINES
 */
export const askPassword = async (context: Context): Promise<string> => {
  const { PASSWORD_CHARACTERS_MAX: max, PASSWORD_CHARACTERS_MIN: min } =
    await import('../api/sign-in/password.ts')
  const password = process.stdin.isTTY
    ? await askTwice(context)
    : (await wholeText(process.stdin)).replace(/\r?\n$/, '')
  if (/[\r\n]/.test(password)) throw severalLines()
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

const severalLines = (): Failure =>
  new Failure(
    'PASSWORD_OF_SEVERAL_LINES',
    {
      en: 'Standard input holds several lines; expected one: the password, once.',
      fr: "L'entrée standard contient plusieurs lignes ; attendue une seule : le mot de passe, une fois.",
    },
    { exitCode: exitCodes.usage },
  )

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
