import { readFileSync } from 'node:fs'
import { Failure, exitCodes } from './failure.ts'

/** Variables whose value holds a password. Each may lie in a file instead, which the same name with _FILE names. */
export const SECRET_SETTINGS = ['DATABASE_URL', 'EVENTSTORE_URL', 'LOG_FROM', 'LOG_TO', 'LOG_AT'] as const

/**
 * The environment with the contents of the files that it names: what runs beside a program may read its environment,
 * and who may read a file is a matter of its mode.
 * @throws Failure SETTING_TWICE, SETTING_FILE_UNREADABLE
 */
export const withSecretFiles = (given: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const read = SECRET_SETTINGS.flatMap(name => {
    const file = given[`${name}_FILE`]
    if (!file) return []
    if (given[name]) throw settingTwice(name)
    return [[name, readSecretFile(file, `${name}_FILE`)] as const]
  })
  return read.length === 0 ? given : { ...given, ...Object.fromEntries(read) }
}

/**
 * What a file holds that a variable or an option names, without the line's end.
 * @throws Failure SETTING_FILE_UNREADABLE, also where there is nothing in it
 */
export const readSecretFile = (file: string, namedBy: string): string => {
  try {
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
    if (text !== '') return text
  } catch (cause) {
    throw fileUnreadable(file, namedBy, (cause as NodeJS.ErrnoException).code ?? String(cause), cause)
  }
  throw fileUnreadable(file, namedBy, 'EMPTY')
}

const settingTwice = (name: string): Failure =>
  new Failure(
    'SETTING_TWICE',
    {
      en: `${name} and ${name}_FILE are both set; keep one of them.`,
      fr: `${name} et ${name}_FILE sont tous deux définis ; gardez l’un des deux.`,
    },
    { facts: { setting: name }, exitCode: exitCodes.usage },
  )

const fileUnreadable = (file: string, namedBy: string, reason: string, cause?: unknown): Failure =>
  new Failure(
    'SETTING_FILE_UNREADABLE',
    {
      en: `The file ${file} of ${namedBy} cannot be used (${reason}); it must hold one line that this account can read.`,
      fr: `Le fichier ${file} de ${namedBy} ne peut être utilisé (${reason}) ; il doit contenir une ligne lisible par ce compte.`,
    },
    { facts: { file, namedBy, reason }, exitCode: exitCodes.usage, cause },
  )
