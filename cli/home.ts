import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Failure } from './failure.ts'

/** The folder of the project: the one that holds package.json. */
export const projectFolder = resolve(import.meta.dirname, '..')

/**
 * The folder that holds what must outlive a run: the embedded server's data, its password, the master key of the
 * vault. `.grandlivre/` in the project, or where GRANDLIVRE_HOME says.
 */
export type Home = {
  readonly folder: string
  /** Named by GRANDLIVRE_HOME: then nothing is ever kept elsewhere. */
  readonly chosen: boolean
}

export const homeOf = (environment: NodeJS.ProcessEnv): Home => {
  const chosen = environment['GRANDLIVRE_HOME']
  return chosen
    ? { folder: resolve(chosen), chosen: true }
    : { folder: join(projectFolder, '.grandlivre'), chosen: false }
}

/**
 * Makes the folder if it is missing. `mode` is given as it is, whatever the umask; an existing folder keeps its own.
 * @throws Failure HOME_UNUSABLE when it can be neither made nor used.
 */
export const ensureHome = (home: Home, mode: number): void => {
  try {
    if (statSync(home.folder, { throwIfNoEntry: false })?.isDirectory()) return
    mkdirSync(home.folder, { recursive: true })
    chmodSync(home.folder, mode)
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new Failure(
      'HOME_UNUSABLE',
      {
        en: `The data folder ${home.folder} cannot be made (${reason}); give this account the right to write there, or name another folder in GRANDLIVRE_HOME.`,
        fr: `Le dossier de données ${home.folder} ne peut être créé (${reason}) ; donnez à ce compte le droit d’y écrire, ou indiquez un autre dossier dans GRANDLIVRE_HOME.`,
      },
      { facts: { folder: home.folder, reason }, cause },
    )
  }
}
