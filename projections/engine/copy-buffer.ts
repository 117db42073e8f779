import type { SqlType, Value } from '../definition.ts'

/** What is sent at once: a COPY costs a round trip. */
export const CHUNK_BYTES = 256 * 1024
/** Size that a buffer begins with: most tables never fill a chunk. */
const SIZE_AT_FIRST = 8 * 1024

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const TRAILER = -1
const NULL = -1
const TEXT_OID = 25
const JSONB_VERSION = 1
/** UTF-8 bytes that one UTF-16 unit takes at most. */
const BYTES_PER_UNIT = 3
/** Texts up to this length are written here: a call out of JavaScript costs more. */
const SHORT = 10
const INTEGER_MAX = 2 ** 31 - 1
const MICROSECONDS = 1_000n

const UUID_CHARACTERS = 36
const UUID_BYTES = 16
/** Where the pairs of a UUID's digits stand in its text. */
const UUID_PAIRS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]
/** Bytes by two digits as they lie in memory; -1 for what is no digit. */
const BYTE_OF_PAIR = new Int16Array(2 ** 16).fill(-1)
for (let byte = 0; byte < 256; byte++)
  BYTE_OF_PAIR[Buffer.from(byte.toString(16).padStart(2, '0')).readUInt16LE()] = byte

/**
 * Rows in the binary format of COPY: the server takes them at half the cost of texts, which it would have to parse.
 * They are collected as bytes: strings would be millions of small objects.
 */
export class CopyBuffer {
  private bytes = Buffer.allocUnsafeSlow(SIZE_AT_FIRST)
  private view = new DataView(this.bytes.buffer)
  private used = 0

  get length(): number {
    return this.used
  }

  /** What was collected, as one COPY takes it; begins anew. Undefined: nothing was. */
  take(): Buffer | undefined {
    if (this.used === 0) return undefined
    this.int16(TRAILER)
    const taken = this.bytes.subarray(0, this.used)
    this.bytes = Buffer.allocUnsafeSlow(this.bytes.length)
    this.view = new DataView(this.bytes.buffer)
    this.used = 0
    return taken
  }

  /** Begins a row of so many columns. */
  row(columns: number): void {
    if (this.used === 0) this.used = SIGNATURE.copy(this.bytes)
    this.int16(columns)
  }

  /**
   * The next column of the row.
   * @throws where the server could not hold the value
   */
  put(type: SqlType, value: Value | undefined): void {
    if (value === null || value === undefined) return this.length32(NULL)
    switch (type) {
      case 'text':
        return this.text(value as string)
      case 'uuid':
        return this.uuid(value as string)
      case 'bigint':
        return this.bigint(BigInt(value as bigint | number))
      case 'integer':
        return this.integer(value as number)
      case 'boolean':
        return this.boolean(value as boolean)
      case 'date':
        return this.integer(daysOf(value as string))
      case 'timestamptz':
        return this.instant(value as string)
      case 'jsonb':
        return this.json(value)
      case 'text[]':
        return this.texts(value as readonly string[])
    }
  }

  private text(value: string): void {
    this.room(4 + value.length * BYTES_PER_UNIT)
    const start = this.used + 4
    const short = value.length <= SHORT && this.ascii(value, start)
    const length = short ? value.length : this.bytes.write(value, start)
    this.view.setInt32(this.used, length)
    this.used = start + length
  }

  /** Writes a text as long as it is ASCII; tells whether all of it was. */
  private ascii(value: string, at: number): boolean {
    const { bytes } = this
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i)
      if (code >= 0x80) return false
      bytes[at + i] = code
    }
    return true
  }

  private uuid(value: string): void {
    this.room(4 + UUID_CHARACTERS)
    const { bytes, view } = this
    const start = this.used + 4
    let valid = UUID_CHARACTERS - value.length
    // First the text, then its pairs in place: a byte is never written over digits that are still to be read.
    bytes.write(value, start, UUID_CHARACTERS, 'latin1')
    for (let i = 0; i < UUID_BYTES; i++) {
      const byte = BYTE_OF_PAIR[view.getUint16(start + (UUID_PAIRS[i] as number), true)] as number
      valid |= byte
      bytes[start + i] = byte
    }
    if (valid < 0 || value.length > UUID_CHARACTERS) throw new Error(`not a uuid: ${value}`)
    view.setInt32(this.used, UUID_BYTES)
    this.used = start + UUID_BYTES
  }

  private bigint(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) throw new RangeError(`not a bigint of 64 bits: ${value}`)
    this.room(12)
    this.view.setInt32(this.used, 8)
    this.view.setBigInt64(this.used + 4, value)
    this.used += 12
  }

  private integer(value: number): void {
    if (!(Math.abs(value) <= INTEGER_MAX)) throw new RangeError(`not an integer of 32 bits: ${value}`)
    this.room(8)
    this.view.setInt32(this.used, 4)
    this.view.setInt32(this.used + 4, value)
    this.used += 8
  }

  private boolean(value: boolean): void {
    this.length32(1)
    this.room(1)
    this.bytes[this.used++] = value ? 1 : 0
  }

  private instant(value: string): void {
    const milliseconds = millisecondsOf(value)
    if (!Number.isSafeInteger(milliseconds)) throw new RangeError(`not an instant: ${value}`)
    this.bigint(BigInt(milliseconds) * MICROSECONDS)
  }

  private json(value: Value): void {
    const text = JSON.stringify(value)
    this.room(5 + text.length * BYTES_PER_UNIT)
    this.bytes[this.used + 4] = JSONB_VERSION
    const length = this.bytes.write(text, this.used + 5)
    this.view.setInt32(this.used, length + 1)
    this.used += length + 5
  }

  private texts(values: readonly string[]): void {
    const start = this.used
    const dimensions = values.length === 0 ? 0 : 1
    for (const field of [0, dimensions, 0, TEXT_OID]) this.length32(field)
    if (dimensions > 0) for (const field of [values.length, 1]) this.length32(field)
    for (const value of values) this.text(value)
    this.view.setInt32(start, this.used - start - 4)
  }

  private int16(value: number): void {
    this.room(2)
    this.view.setInt16(this.used, value)
    this.used += 2
  }

  private length32(value: number): void {
    this.room(4)
    this.view.setInt32(this.used, value)
    this.used += 4
  }

  private room(by: number): void {
    if (this.used + by <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.used + by))
    this.bytes.copy(larger, 0, 0, this.used)
    this.bytes = larger
    this.view = new DataView(larger.buffer)
  }
}

const ZERO = 0x30
const twoDigits = (text: string, at: number): number =>
  text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * ZERO

/** Days from 0000-03-01 to 2000-01-01, where PostgreSQL begins to count. */
const EPOCH_DAYS = 730_425
const DAY_MS = 86_400_000
const EPOCH_MS = Date.UTC(2000, 0, 1)
const INSTANT_CHARACTERS = 'YYYY-MM-DDTHH:MM:SS.mmmZ'.length

/** Days of `YYYY-MM-DD…` since 2000-01-01, in years that begin in March: February's end is then the year's. */
const daysOf = (text: string): number => {
  const month = twoDigits(text, 5)
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2) - (month <= 2 ? 1 : 0)
  const beforeMonth = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5)
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
  return year * 365 + leapDays + beforeMonth + twoDigits(text, 8) - 1 - EPOCH_DAYS
}

/** Milliseconds since 2000-01-01: of an instant as we write it without a `Date`, which costs five times as much. */
const millisecondsOf = (text: string): number => {
  if (text.length !== INSTANT_CHARACTERS) return Date.parse(text) - EPOCH_MS
  const minutes = twoDigits(text, 11) * 60 + twoDigits(text, 14)
  const milliseconds = twoDigits(text, 20) * 10 + text.charCodeAt(22) - ZERO
  return daysOf(text) * DAY_MS + (minutes * 60 + twoDigits(text, 17)) * 1_000 + milliseconds
}
