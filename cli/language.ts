import type { Sentence } from './failure.ts'

export type Language = keyof Sentence
export const languages = ['fr', 'en'] as const satisfies readonly Language[]

/**
 * The language to speak: what `--lang` says, else what the machine's locale says, else English. Read before the
 * arguments are parsed, since the help and the errors of parsing speak it too.
 */
export const chooseLanguage = (args: readonly string[], environment: NodeJS.ProcessEnv): Language => {
  const at = args.findIndex(arg => arg === '--lang' || arg.startsWith('--lang='))
  const asked = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1])
  const known = languages.find(language => language === asked)
  if (known) return known
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return locale.startsWith('fr') ? 'fr' : 'en'
}
