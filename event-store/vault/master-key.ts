import { randomBytes } from 'node:crypto'
import { link, open, readFile, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StartRefused } from '../errors.ts'

const KEY_BYTES = 32
const TEXT = /^[A-Za-z0-9_-]{43}\n?$/

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/**
 * Reads the key that wraps all others from a file only its owner can read.
 * @throws StartRefused where the file is missing, open to others, or holds no key
 */
export const readMasterKey = async (file: string): Promise<Buffer> => {
  const key = await readIfPresent(file)
  if (!key)
    throw new StartRefused(
      'VAULT_MASTER_KEY_MISSING',
      { file },
      {
        en: `The vault is closed: its master key ${file} is missing. Put it back from its backup; nothing else opens the vault.`,
        fr: `Le coffre est fermé : sa clé maîtresse ${file} est absente. Remettez-la depuis sa sauvegarde ; rien d'autre n'ouvre le coffre.`,
      },
    )
  return key
}

/** The key of a vault that is just being made: the file's if it stands there already, else a new one. */
export const readOrCreateMasterKey = async (file: string): Promise<Buffer> =>
  (await readIfPresent(file)) ?? (await createMasterKey(file))

const readIfPresent = async (file: string): Promise<Buffer | undefined> => {
  let text: string
  let mode: number
  try {
    mode = (await stat(file)).mode
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  if ((mode & 0o077) !== 0)
    throw new StartRefused(
      'VAULT_MASTER_KEY_OPEN',
      { file, mode: (mode & 0o777).toString(8) },
      {
        en: `The master key ${file} can be read by others: its mode must be 600.`,
        fr: `La clé maîtresse ${file} est lisible par d'autres : ses droits doivent être 600.`,
      },
    )
  if (!TEXT.test(text))
    throw new StartRefused(
      'VAULT_MASTER_KEY_INVALID',
      { file },
      {
        en: `The file ${file} holds no master key: 43 characters of base64url are expected.`,
        fr: `Le fichier ${file} ne contient pas de clé maîtresse : 43 caractères base64url sont attendus.`,
      },
    )
  return Buffer.from(text.trim(), 'base64url')
}

/**
 * On disk before anything is wrapped with it: a key lost in a power cut would lose all that it wraps. Under its name it
 * stands whole or not at all, so that whoever was cut off may begin again.
 */
const createMasterKey = async (file: string): Promise<Buffer> => {
  const key = randomBytes(KEY_BYTES)
  const begun = `${file}.${randomBytes(4).toString('hex')}`
  const handle = await open(begun, 'wx', 0o600)
  try {
    await handle.writeFile(`${key.toString('base64url')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await link(begun, file)
  await unlink(begun)
  const folder = await open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
  return key
}
