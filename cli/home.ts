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

/** Makes a folder with exactly that mode, whatever the umask; an existing one keeps its own. */
export const ensureFolder = (folder: string, mode: number): void => {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, mode)
}

/** @throws Failure HOME_UNUSABLE when the home is missing and cannot be made. */
export const ensureHome = (home: Home, mode: number): void => {
  try {
    ensureFolder(home.folder, mode)
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
