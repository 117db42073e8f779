import { createHash } from 'node:crypto'

/**
 * Ids and keys of an import follow from what is imported and from nothing else, so that a second run asks for the
 * same things under the same names and nothing happens twice (PROTOCOL 13).
 */

/** The longest key that the command handler takes, in characters. */
const KEY_LENGTH_MAX = 200

/**
 * The id of an imported thing: a UUID of version 7 whose time is the day the thing is from, and whose other bits
 * are the digest of what it is called.
 * @param day the business day: ids sort as the business went
 */
export const importedId = (day: string, ...name: readonly string[]): string => {
  const time = Date.parse(`${day}T00:00:00.000Z`).toString(16).padStart(12, '0')
  const digest = createHash('sha256').update(name.join('\n'), 'utf8').digest('hex')
  const variant = ((Number.parseInt(digest.charAt(3), 16) & 0x3) | 0x8).toString(16)
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${digest.slice(0, 3)}`,
    `${variant}${digest.slice(4, 7)}`,
    digest.slice(7, 19),
  ].join('-')
}

/** The idempotency key of one command of an import: visible ASCII, never too long. */
export const importKey = (...parts: readonly string[]): string => {
  const key = parts.map(part => encodeURIComponent(part)).join(':')
  if (key.length <= KEY_LENGTH_MAX) return key
  const digest = createHash('sha256').update(key, 'utf8').digest('hex')
  return `${key.slice(0, KEY_LENGTH_MAX - digest.length - 1)}:${digest}`
}
