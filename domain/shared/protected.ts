import { z } from 'zod'
import { Uuid, text } from './values.ts'

/**
 * Why a person's field is kept. Each purpose has one key per person, and its own retention (GDPR art. 5-1-e):
 * forgetting a person for one purpose leaves what another purpose still needs.
 */
export const PURPOSES = ['account', 'prospecting', 'contract', 'accounting'] as const
export const Purpose = z.enum(PURPOSES)
export type Purpose = z.output<typeof Purpose>

/** A field as stored: `v1.<keyId>.<nonce>.<ciphertext and tag>`, each part in base64url, the key id a UUID. */
export const ProtectedField = z.strictObject({
  $protected: z.string().regex(/^v1\.[0-9a-f-]{36}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22,}$/),
})
export type ProtectedField = z.output<typeof ProtectedField>

/**
 * A personal field in the domain: the clear text when a command brings it, the opaque stored form when it was read
 * back. Decisions never need the clear text, so the domain never holds a key; the codec protects clear text on the
 * way to the log and copies the stored form as it is.
 */
export type Personal = string | ProtectedField

const protections = new WeakMap<z.ZodType, { readonly max: number }>()

/** Schema of one protected field of at most `maxLength` characters in clear. */
export const personal = (maxLength: number) => {
  const schema = z.union([text(maxLength), ProtectedField])
  protections.set(schema, { max: maxLength })
  return schema
}

/** Whether a schema was made by `personal`. */
export const isPersonal = (schema: z.ZodType): boolean => protections.has(schema)

const subjects = new WeakMap<z.ZodType, { readonly purpose: Purpose }>()

/**
 * Schema of a group of fields about one natural person: `personId` says who, the purpose says why. Every protected
 * field of an event lies directly in such a group; the codec finds person and purpose there.
 */
export const about = <const S extends z.ZodRawShape>(purpose: Purpose, fields: S) => {
  const schema = z.strictObject({ personId: Uuid, ...fields })
  subjects.set(schema, { purpose })
  return schema
}

/** The purpose of a group made by `about`, or undefined for any other schema. */
export const purposeOf = (schema: z.ZodType): Purpose | undefined => subjects.get(schema)?.purpose
