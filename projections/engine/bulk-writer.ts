import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Row } from '../definition.ts'
import { copyField } from './values.ts'
import type { NamedColumn } from './values.ts'
import { quote } from './tables.ts'

/** Bytes of rows collected per table before they are sent: a COPY costs a round trip. */
const CHUNK = 128 * 1024
/** Bytes waiting to be sent at most: what keeps the reader from running away from the server. */
const QUEUE_MAX = 1024 * 1024
/** UTF-8 bytes that one UTF-16 unit takes at most. */
const BYTES_PER_UNIT = 3

const TAB = 0x09
const NEWLINE = 0x0a

/** One relation that rows stream into. They are collected as bytes: strings would be millions of small objects. */
export class CopyTarget {
  readonly statement: string
  private readonly columns: readonly NamedColumn[]
  private bytes = Buffer.allocUnsafeSlow(CHUNK)
  private used = 0

  constructor(name: string, columns: readonly NamedColumn[]) {
    this.columns = columns
    this.statement = `copy ${name} (${columns.map(c => quote(c.name)).join(', ')}) from stdin`
  }

  /** Whether there is enough for a chunk. */
  get isFull(): boolean {
    return this.used >= CHUNK - CHUNK / 8
  }

  add(row: Row): void {
    const { columns } = this
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] as NamedColumn
      const text = copyField(column.type, row[column.name])
      const most = text.length * BYTES_PER_UNIT + 1
      if (this.used + most > this.bytes.length) this.grow(most)
      this.used += this.bytes.write(text, this.used)
      this.bytes[this.used++] = i === columns.length - 1 ? NEWLINE : TAB
    }
  }

  /** What was collected; begins anew. */
  take(): Buffer {
    const taken = Buffer.from(this.bytes.subarray(0, this.used))
    this.used = 0
    return taken
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafeSlow(this.bytes.length * 2 + by)
    this.bytes.copy(larger, 0, 0, this.used)
    this.bytes = larger
  }
}

/**
 * Streams rows into tables by COPY, and runs statements between them, all in one order on one connection while the
 * caller goes on folding.
 */
export class BulkWriter {
  private readonly client: pg.Client
  private tail: Promise<unknown> = Promise.resolve()
  private queued = 0
  private failure: Error | undefined

  constructor(client: pg.Client) {
    this.client = client
  }

  add(target: CopyTarget, row: Row): void {
    target.add(row)
    if (target.isFull) this.send(target)
  }

  /** Sends what a target has collected. */
  send(target: CopyTarget): void {
    const bytes = target.take()
    if (bytes.length === 0) return
    this.queued += bytes.length
    void this.then(async client => {
      await copy(client, target.statement, bytes)
      this.queued -= bytes.length
    })
  }

  /** Runs work on the connection behind all that was sent before. */
  then<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const result = this.tail.then(() => {
      if (this.failure !== undefined) throw this.failure
      return work(this.client)
    })
    this.tail = result.catch((error: unknown) => {
      this.failure ??= error instanceof Error ? error : new Error(String(error))
    })
    // Told by `drained` and by whoever awaits the result.
    result.catch(() => undefined)
    return result
  }

  /** Waits while too much is queued. */
  async breathe(): Promise<void> {
    if (this.queued > QUEUE_MAX) await this.drained()
    if (this.failure !== undefined) throw this.failure
  }

  /** Waits until all that was sent is written. */
  async drained(): Promise<void> {
    await this.tail
    if (this.failure !== undefined) throw this.failure
  }
}

const copy = (client: pg.Client, statement: string, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(statement))
    stream.on('error', reject)
    stream.on('finish', () => resolve())
    stream.end(bytes)
  })
