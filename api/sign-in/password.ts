import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Password hashes: argon2id with 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet), in the PHC string
 * format. It runs in the thread pool; at most two at a time, so that sign-ins never hold up everything else.
 */
const PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1 } as const
const SALT_BYTES = 16
const HASH_BYTES = 32

/** CNIL, recommandation of 2022-07-21: without further measures, 80 bits; length is what people can do. */
export const PASSWORD_CHARACTERS_MIN = 12
/** More is refused: hashing must not be a way to make the server work. */
export const PASSWORD_CHARACTERS_MAX = 200

const RUNNING_MAX = 2
const WAITING_MAX = 64

interface Parameters {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** More sign-ins wait for their turn than is sensible. */
export class HashingBusy extends Error {
  override readonly name = 'HashingBusy'
}

let running = 0
const waiting: (() => void)[] = []

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= RUNNING_MAX) {
    if (waiting.length >= WAITING_MAX) throw new HashingBusy()
    await new Promise<void>(resolve => waiting.push(resolve))
  }
  running++
  try {
    return await work()
  } finally {
    running--
    waiting.shift()?.()
  }
}

const derive = (password: string, salt: Buffer, parameters: Parameters, tagLength: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // The same characters typed on two keyboards may be composed otherwise (RFC 8265).
    const message = Buffer.from(password.normalize('NFKC'), 'utf8')
    argon2('argon2id', { message, nonce: salt, tagLength, ...parameters }, (error, hash) =>
      error ? reject(error) : resolve(hash),
    )
  })

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** @throws HashingBusy */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(SALT_BYTES)
  const hash = await inTurn(() => derive(password, salt, PARAMETERS, HASH_BYTES))
  const { memory, passes, parallelism } = PARAMETERS
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/**
 * What is compared where there is no password to compare with: a login that does not exist takes the time of one
 * that does.
 */
const NOBODY = `$argon2id$v=19$m=${PARAMETERS.memory},t=${PARAMETERS.passes},p=${PARAMETERS.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/**
 * Whether the password is the one of the hash; never for an absent hash, which takes as long.
 * @throws HashingBusy
 */
export const verifyPassword = async (password: string, stored: string | undefined): Promise<boolean> => {
  const [, memory = '', passes = '', parallelism = '', salt = '', hash = ''] =
    PHC.exec(stored ?? NOBODY) ?? []
  if (hash === '') throw new Error('a password hash in the vault is not of the form that was written')
  const expected = Buffer.from(hash, 'base64')
  const parameters = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const found = await inTurn(() => derive(password, Buffer.from(salt, 'base64'), parameters, expected.length))
  return timingSafeEqual(found, expected) && stored !== undefined
}
