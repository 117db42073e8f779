import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** AES-256-GCM: a random nonce of 12 bytes, a tag of 16 behind the ciphertext. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface Box {
  readonly nonce: Buffer
  /** Ciphertext and tag. */
  readonly sealed: Buffer
}

/** @param bound what the box is bound to: it opens only with the same text (additional authenticated data) */
export const encrypt = (key: Buffer, clear: Buffer, bound: string): Box => {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(bound, 'utf8'))
  return { nonce, sealed: Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]) }
}

/** The clear bytes, or undefined where key, binding or bytes are not those it was made with. */
export const decrypt = (key: Buffer, { nonce, sealed }: Box, bound: string): Buffer | undefined => {
  if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(bound, 'utf8'))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])
  } catch {
    return undefined
  }
}

/** A secret under the master key, bound to its own name, in one piece: nonce, ciphertext, tag. */
export const wrap = (master: Buffer, secret: Buffer, name: string): Buffer => {
  const { nonce, sealed } = encrypt(master, secret, `grandlivre.1\n${name}`)
  return Buffer.concat([nonce, sealed])
}

export const unwrap = (master: Buffer, wrapped: Buffer, name: string): Buffer | undefined =>
  decrypt(
    master,
    { nonce: wrapped.subarray(0, NONCE_BYTES), sealed: wrapped.subarray(NONCE_BYTES) },
    `grandlivre.1\n${name}`,
  )
