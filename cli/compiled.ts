import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

/**
 * A start reads some hundreds of files; taking the types out of them and compiling them is a third of it. What was
 * compiled is kept beside the packages, which are trusted alike and renewed together. Node finds it by the content of
 * each file, and goes on without where the folder cannot be written.
 */
const FOLDER = join(import.meta.dirname, '../node_modules/.cache/compiled')

/** From here on, files that were compiled before are not compiled again. */
export const reuseCompiled = (): void => {
  enableCompileCache(FOLDER)
}

/** Keeps what was compiled so far also for whoever starts after this process is killed. */
export const keepCompiled = (): void => {
  flushCompileCache()
}
