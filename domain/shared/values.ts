import { z } from 'zod'
import { jsonInteger } from './json.ts'

/**
 * The scalar values every context speaks in. Numbers with a fixed scale are JSON integers in storage and on
 * the wire, and bigint in the domain: sums never overflow, never round, and cost nothing to parse.
 */

const scaled = (bound: number) =>
  z.codec(z.int().min(-bound).max(bound), z.bigint(), { decode: n => BigInt(n), encode: n => Number(n) })

/** Bound of every amount: 10^14 minor units, a thousand billion euros, well inside the safe integers. */
export const AMOUNT_BOUND = 10 ** 14

/** An amount in minor units of a currency (cents of EUR). Signed. */
export const Cents = scaled(AMOUNT_BOUND)
/** An amount that must be at least zero. */
export const CentsNotNegative = z.codec(z.int().min(0).max(AMOUNT_BOUND), z.bigint(), {
  decode: n => BigInt(n),
  encode: n => Number(n),
})
const LARGEST_SAFE = String(Number.MAX_SAFE_INTEGER)
/**
 * A sum of amounts that are at least zero. Each of them may reach the bound, so their sum has none: beyond the safe
 * integers it is stored as the text of its digits (PROTOCOL 7).
 */
export const TotalCents = z.codec(
  z.union([
    z.int().min(0),
    z
      .string()
      .regex(/^[1-9]\d{15,39}$/)
      .refine(digits => digits.length > LARGEST_SAFE.length || digits > LARGEST_SAFE),
  ]),
  z.bigint(),
  { decode: n => BigInt(n), encode: n => jsonInteger(n) },
)
/** An amount above zero. */
export const CentsPositive = z.codec(z.int().min(1).max(AMOUNT_BOUND), z.bigint(), {
  decode: n => BigInt(n),
  encode: n => Number(n),
})

/** A unit price with 6 decimals: 14.00 EUR is 14000000. Never negative (EN 16931 BR-27). */
export const UnitPrice = z.codec(z.int().min(0).max(AMOUNT_BOUND), z.bigint(), {
  decode: n => BigInt(n),
  encode: n => Number(n),
})
export const UNIT_PRICE_SCALE = 1_000_000n

/** A quantity with 4 decimals: 12 pieces are 120000. Above zero. */
export const Quantity = z.codec(
  z
    .int()
    .min(1)
    .max(10 ** 12),
  z.bigint(),
  {
    decode: n => BigInt(n),
    encode: n => Number(n),
  },
)
export const QUANTITY_SCALE = 10_000n

/** A rate in 1/10,000: 20.6 % is 2060. VAT and discounts. */
export const Rate = z.codec(z.int().min(0).max(10_000), z.bigint(), {
  decode: n => BigInt(n),
  encode: n => Number(n),
})
export const RATE_SCALE = 10_000n

/** An exchange rate with 9 decimals: units of the document's currency for one unit of the entity's. */
export const ExchangeRate = z.codec(z.int().min(1).max(Number.MAX_SAFE_INTEGER), z.bigint(), {
  decode: n => BigInt(n),
  encode: n => Number(n),
})

/**
 * Business lies within these years. What is dated outside is a slip, and what a command lets in every read model must
 * be able to hold: PostgreSQL knows no year 0, and a term may end after the day it is counted from.
 */
export const BUSINESS_YEARS = /^(?:19|2\d)\d\d-/

/** A calendar day `YYYY-MM-DD` in the legal entity's time zone. */
export const Day = z.iso.date().regex(BUSINESS_YEARS).meta({ format: 'date' })
export type Day = z.output<typeof Day>

/** A month `YYYY-MM`: the period of the ledger. */
export const Period = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .regex(BUSINESS_YEARS)
export type Period = z.output<typeof Period>

/** An instant in ISO 8601, UTC, with milliseconds: what `Date.prototype.toISOString` writes. */
export const Instant = z
  .string()
  .regex(z.regexes.datetime({ precision: 3 }))
  .regex(BUSINESS_YEARS)
  .meta({ format: 'date-time' })
export type Instant = z.output<typeof Instant>

/** Identifier of an entity: a UUID in lower case; version 7 when we make it. */
export const Uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
export type Uuid = z.output<typeof Uuid>

/** ISO 4217 code. */
export const Currency = z.string().regex(/^[A-Z]{3}$/)
/** ISO 3166-1 alpha-2 code. That there is such a country is checked of inputs (code-lists.ts). */
export const Country = z.string().regex(/^[A-Z]{2}$/)

/** Printable text of one line: no control characters, no half of a surrogate pair, trimmed, not empty. */
export const text = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^(?!\s)[^\u0000-\u001f\u007f\u2028\u2029\p{Cs}]*(?<!\s)$/u)

/** A unit of measure, as UN/ECE recommendation 20 writes it (BT-130). */
export const Unit = text(3)

/** Text of several lines: line feeds allowed, no other control characters. */
export const multiline = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[^\u0000-\u0009\u000b-\u001f\u007f\p{Cs}]*$/u)

/** The beginning of a text within a length, as the schemas above count it: never half of a surrogate pair. */
export const beginningOf = (whole: string, lengthMax: number): string => {
  const cut = whole.slice(0, lengthMax)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}

/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * A number of a gapless series. The alphabet is that of the e-invoicing reform (BR-FR-02: at most 35 characters,
 * letters, digits and `- + _ /`).
 */
export const DocumentNumber = z.string().regex(/^[A-Za-z0-9+_/-]{1,35}$/)

/** A code that a stream name carries: letters, digits and underscores. */
export const Code = z.string().regex(/^[A-Za-z0-9_]{1,20}$/)

/** An account number: 3 digits at least, as the FEC wants (arrêté of 2013-07-29), then digits or capitals. */
export const AccountNumber = z.string().regex(/^\d{3}[0-9A-Z]{0,12}$/)

/** Name of an axis of analysis, such as `project`. */
export const AxisName = z.string().regex(/^[a-z][A-Za-z]{0,29}$/)

/** Analytic axes of a line, by name: `{project: "…", department: "…"}`. No key can look like an integer. */
export const Axes = z.record(AxisName, text(60))

/** A history that cannot have happened: a defect of the program, never an answer to a user. */
export const impossible = (what: string): never => {
  throw new Error(`impossible: ${what}`)
}
