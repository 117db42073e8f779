import { Buffer } from 'node:buffer'

/**
 * Array parameters in PostgreSQL's binary format (a Buffer is sent as such by pg): twice as fast as the text form,
 * which escapes every element. Layout: dimensions, has-nulls flag, element type, length, lower bound, then each
 * element behind its length in bytes.
 */
const HEADER_BYTES = 20

const header = (buffer: Buffer, elementType: number, length: number): void => {
  buffer.writeInt32BE(1, 0)
  buffer.writeInt32BE(0, 4)
  buffer.writeInt32BE(elementType, 8)
  buffer.writeInt32BE(length, 12)
  buffer.writeInt32BE(1, 16)
}

const TEXT = 25
const INT4 = 23
const UUID = 2950

export const textArray = (values: readonly string[]): Buffer => {
  const sizes = values.map(v => Buffer.byteLength(v, 'utf8'))
  const buffer = Buffer.allocUnsafe(sizes.reduce((sum, n) => sum + n + 4, HEADER_BYTES))
  header(buffer, TEXT, values.length)
  let at = HEADER_BYTES
  values.forEach((value, i) => {
    at = buffer.writeInt32BE(sizes[i] ?? 0, at)
    at += buffer.write(value, at, 'utf8')
  })
  return buffer
}

/** Values must lie within 32 signed bits. */
export const intArray = (values: readonly number[]): Buffer => {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * 8)
  header(buffer, INT4, values.length)
  let at = HEADER_BYTES
  for (const value of values) {
    at = buffer.writeInt32BE(4, at)
    at = buffer.writeInt32BE(value, at)
  }
  return buffer
}

/** Values must be UUIDs with their dashes. */
export const uuidArray = (values: readonly string[]): Buffer => {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * 20)
  header(buffer, UUID, values.length)
  let at = HEADER_BYTES
  for (const value of values) {
    at = buffer.writeInt32BE(16, at)
    at += buffer.write(value.replaceAll('-', ''), at, 'hex')
  }
  return buffer
}
