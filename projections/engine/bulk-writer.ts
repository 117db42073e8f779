import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Row } from '../definition.ts'
import { copyField } from './values.ts'
import type { NamedColumn } from './values.ts'
import { quote } from './tables.ts'

/** Characters of rows collected per table before they are sent: a COPY costs a round trip. */
const CHUNK = 128 * 1024
/** Characters waiting to be sent at most: what keeps the reader from running away from the server. */
const QUEUE_MAX = 4 * 1024 * 1024

/** One relation that rows stream into. */
export class CopyTarget {
  readonly statement: string
  readonly columns: readonly NamedColumn[]
  text = ''

  constructor(name: string, columns: readonly NamedColumn[]) {
    this.columns = columns
    this.statement = `copy ${name} (${columns.map(c => quote(c.name)).join(', ')}) from stdin`
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

  /** Adds a row; `columns` of the target say which of its values, in which order. */
  add(target: CopyTarget, row: Row): void {
    const { columns } = target
    let line = ''
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] as NamedColumn
      line += (i === 0 ? '' : '\t') + copyField(column.type, row[column.name])
    }
    target.text += `${line}\n`
    if (target.text.length > CHUNK) this.send(target)
  }

  /** Sends what a target has collected. */
  send(target: CopyTarget): void {
    const { text, statement } = target
    if (text === '') return
    target.text = ''
    this.queued += text.length
    void this.then(async client => {
      await copy(client, statement, text)
      this.queued -= text.length
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

const copy = (client: pg.Client, statement: string, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(statement))
    stream.on('error', reject)
    stream.on('finish', () => resolve())
    stream.end(text)
  })
