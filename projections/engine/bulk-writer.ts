import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Row } from '../definition.ts'
import { CHUNK_BYTES, CopyBuffer } from './copy-buffer.ts'
import { quote } from './tables.ts'
import type { NamedColumn } from './values.ts'

/** Bytes waiting to be sent at most: what keeps the reader from running away from the server. */
const QUEUE_MAX = 1024 * 1024

/** One relation that rows stream into: the declared columns, and the ordinals that the engine adds. */
export class CopyTarget {
  readonly statement: string
  private readonly columns: readonly NamedColumn[]
  private readonly ordinals: number
  private readonly buffer = new CopyBuffer()

  constructor(name: string, columns: readonly NamedColumn[], ordinals: readonly string[]) {
    const names = [...columns.map(c => c.name), ...ordinals].map(quote)
    this.columns = columns
    this.ordinals = ordinals.length
    this.statement = `copy ${name} (${names.join(', ')}) from stdin (format binary)`
  }

  /** Whether there is enough for a chunk. */
  get isFull(): boolean {
    return this.buffer.length >= CHUNK_BYTES - CHUNK_BYTES / 8
  }

  add(row: Row, since: number, until: number): void {
    const { columns, ordinals, buffer } = this
    buffer.row(columns.length + ordinals)
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] as NamedColumn
      buffer.put(column.type, row[column.name])
    }
    if (ordinals > 0) buffer.put('bigint', since)
    if (ordinals > 1) buffer.put('bigint', until)
  }

  /** What was collected; begins anew. */
  take(): Buffer | undefined {
    return this.buffer.take()
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
  private breathing: (() => void) | undefined
  private failure: Error | undefined

  constructor(client: pg.Client) {
    this.client = client
  }

  add(target: CopyTarget, row: Row, since = 0, until = 0): void {
    target.add(row, since, until)
    if (target.isFull) this.send(target)
  }

  /** Sends what a target has collected. */
  send(target: CopyTarget): void {
    const bytes = target.take()
    if (!bytes) return
    this.queued += bytes.length
    void this.then(async client => {
      await copy(client, target.statement, bytes)
      this.queued -= bytes.length
      if (this.queued <= QUEUE_MAX) this.breathing?.()
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
      this.breathing?.()
    })
    // Told by `drained` and by whoever awaits the result.
    result.catch(() => undefined)
    return result
  }

  /** Waits while too much is queued. */
  async breathe(): Promise<void> {
    if (this.queued > QUEUE_MAX && this.failure === undefined)
      await new Promise<void>(resolve => {
        this.breathing = resolve
      })
    this.breathing = undefined
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
