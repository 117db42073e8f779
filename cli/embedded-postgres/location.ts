import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { Failure, type Sentence } from '../failure.ts'
import { ensureFolder, ensureHome, type Home } from '../home.ts'
import { accountCan, serverAccount, type Account } from './account.ts'
import { freePort, type Access } from './server.ts'

/** Where root's data and binaries go when the server's account cannot enter root's folders. */
export const systemFolder = '/var/lib/grandlivre'

/** What is chosen once and kept, in `postgres.json` of the home, mode 0600; `data` relative to the home if inside. */
const Kept = z.strictObject({ data: z.string(), port: z.int(), password: z.string() })

export type Location = {
  /** The real path, so that one folder has one name. */
  readonly data: string
  readonly account: Account | undefined
  /** Said once, when the data is put somewhere a person would not look for it. */
  readonly notice: Sentence | undefined
}

const keptFile = (home: Home): string => join(home.folder, 'postgres.json')

/** Makes the home if need be, and gives it the one name it has, whatever links lead to it. */
export const settleHome = (home: Home): Home => {
  ensureHome(home, process.getuid?.() === 0 ? 0o711 : 0o700)
  return { ...home, folder: realpathSync(home.folder) }
}

/** Where the data lies, or will lie when nothing is there yet; never a second, empty place beside existing data. */
export const locate = (home: Home): Location => {
  const kept = readKept(home)
  const named = resolve(home.folder, kept?.data ?? 'postgres')
  const begun = existsSync(named)
  const data = begun ? realpathSync(named) : named
  const account = serverAccount(data)
  const usable = account
    ? accountCan(account, '-x', begun ? data : dirname(data))
    : accountCan(account, '-w', home.folder)
  if (usable) return { data, account, notice: undefined }
  if (account === undefined || home.chosen || kept || begun) throw notEnterable(dirname(data), account)
  return elsewhere(home, account)
}

/** A new place each time it is asked for: a project deleted and cloned again at the same path is another project. */
const elsewhere = (home: Home, account: Account): Location => {
  const folder = join(systemFolder, randomBytes(8).toString('hex'))
  ensureFolder(systemFolder, 0o755)
  ensureFolder(folder, 0o755)
  const data = join(folder, 'postgres')
  return {
    data,
    account,
    notice: {
      en: `The account ${account.name} that runs PostgreSQL cannot enter ${home.folder}; its data is kept in ${data}.`,
      fr: `Le compte ${account.name}, qui fait tourner PostgreSQL, ne peut entrer dans ${home.folder} ; ses données sont gardées dans ${data}.`,
    },
  }
}

const notEnterable = (folder: string, account: Account | undefined): Failure => {
  const name = account?.name ?? process.env['USER'] ?? String(process.getuid?.())
  return new Failure(
    'FOLDER_NOT_ENTERABLE',
    {
      en: `The account ${name} that runs PostgreSQL cannot enter and use ${folder}; give it the right to, or name another folder in GRANDLIVRE_HOME.`,
      fr: `Le compte ${name}, qui fait tourner PostgreSQL, ne peut entrer dans ${folder} et s’en servir ; donnez-lui ce droit, ou indiquez un autre dossier dans GRANDLIVRE_HOME.`,
    },
    { facts: { folder, account: name } },
  )
}

const readKept = (home: Home): z.output<typeof Kept> | undefined => {
  let text: string
  try {
    text = readFileSync(keptFile(home), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw unreadable(home, error)
  }
  try {
    return Kept.parse(JSON.parse(text))
  } catch (error) {
    throw unreadable(home, error)
  }
}

const unreadable = (home: Home, cause: unknown): Failure => {
  const file = keptFile(home)
  return new Failure(
    'POSTGRES_SETTINGS_UNREADABLE',
    {
      en: `The file ${file}, which holds the port and password of the embedded PostgreSQL, cannot be read; run the program as the account that made it, or restore the file.`,
      fr: `Le fichier ${file}, qui garde le port et le mot de passe du PostgreSQL embarqué, ne peut être lu ; lancez le programme sous le compte qui l’a créé, ou restaurez le fichier.`,
    },
    { facts: { file }, cause },
  )
}

/** Port and password as kept, if a server was ever set up here. */
export const keptAccess = (home: Home): Access | undefined => {
  const kept = readKept(home)
  return kept && { port: kept.port, password: kept.password }
}

/** Chooses port and password and keeps them, before the data exists: data without a password would be lost. */
export const chooseAccess = async (home: Home, data: string): Promise<Access> => {
  const access = { port: await freePort(21_000, 31_999), password: randomBytes(24).toString('base64url') }
  const inside = relative(home.folder, data)
  const kept = { data: inside.startsWith('..') || isAbsolute(inside) ? data : inside, ...access }
  writeFileSync(keptFile(home), `${JSON.stringify(kept, undefined, 2)}\n`, { mode: 0o600 })
  return access
}

/**
 * What lies in the data folder: `empty` (to be created) or a cluster this program's PostgreSQL can run.
 * @throws Failure when something else is there; it is left untouched.
 */
export const inspectData = (data: string, major: number): 'empty' | 'cluster' => {
  if (!existsSync(data)) return 'empty'
  const versionFile = join(data, 'PG_VERSION')
  if (!existsSync(versionFile)) {
    if (readdirSync(data).length === 0) return 'empty'
    throw new Failure(
      'DATA_FOLDER_FOREIGN',
      {
        en: `The folder ${data} holds something other than PostgreSQL data; move it away, or name another folder in GRANDLIVRE_HOME.`,
        fr: `Le dossier ${data} contient autre chose que des données PostgreSQL ; déplacez-le, ou indiquez un autre dossier dans GRANDLIVRE_HOME.`,
      },
      { facts: { folder: data } },
    )
  }
  const found = Number.parseInt(readFileSync(versionFile, 'utf8'), 10)
  if (found === major) return 'cluster'
  throw new Failure(
    'DATA_FOLDER_OTHER_VERSION',
    {
      en: `The data in ${data} was written by PostgreSQL ${found} and this program runs PostgreSQL ${major}; use the version of the program that wrote it, or move the log to a new folder.`,
      fr: `Les données de ${data} ont été écrites par PostgreSQL ${found} et ce programme fait tourner PostgreSQL ${major} ; utilisez la version du programme qui les a écrites, ou déplacez le journal vers un nouveau dossier.`,
    },
    { facts: { folder: data, found, expected: major } },
  )
}
