import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Projection } from '../definition.ts'
import { schemaOf } from '../definition.ts'
import { connect, inTransaction } from './connections.ts'
import { createEngineSchema } from './engine-schema.ts'
import { quote } from './tables.ts'
import { forgetOldEffects } from './watermarks.ts'

const HEARTBEAT_MS = 10_000
/** Heartbeats between two looks for what nobody needs any more. */
const HOUSEKEEPING_BEATS = 6
/** A program not heard of for so long has gone. */
const ALIVE_SECONDS = 60

/**
 * Which versions of which projections the programs that run declare. A version that nobody declares any more is
 * dropped: its rows can be made again from the log.
 */
export class ProgramRegister {
  private readonly id = randomUUID()
  private readonly client: pg.Client
  private readonly declared: readonly string[]
  private readonly timer: NodeJS.Timeout
  private keeping: Promise<void> = Promise.resolve()
  private beats = 0

  private constructor(client: pg.Client, declared: readonly string[]) {
    this.client = client
    this.declared = declared
    this.timer = setInterval(() => {
      this.keeping = this.keeping.then(() => this.keep()).catch(() => undefined)
    }, HEARTBEAT_MS)
    this.timer.unref()
  }

  /** Says that this program runs and reads these versions, until it is closed. */
  static async open(databaseUrl: string, projections: readonly Projection[]): Promise<ProgramRegister> {
    const client = await connect(databaseUrl, 'program')
    await createEngineSchema(client)
    const register = new ProgramRegister(client, projections.map(schemaOf))
    await register.beat()
    return register
  }

  /** Drops versions that no live program declares; gives the schemas dropped. */
  async dropUnclaimed(): Promise<readonly string[]> {
    await this.beat()
    return inTransaction(this.client, async () => {
      const { rows } = await this.client.query<{ projection: string; version: number }>(
        `delete from engine.checkpoint c
         where not exists (
           select 1 from engine.program p
           where p.seen_at > now() - make_interval(secs => $1)
             and c.projection || '_v' || c.version = any(p.declares))
         returning projection, version`,
        [ALIVE_SECONDS],
      )
      const schemas = [...new Set(rows.map(r => schemaOf({ name: r.projection, version: r.version })))]
      for (const schema of schemas)
        for (const name of [schema, `${schema}_scratch`, `${schema}_old`])
          await this.client.query(`drop schema if exists ${quote(name)} cascade`)
      return schemas
    })
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    await this.keeping
    await this.client.query(`delete from engine.program where id = $1`, [this.id]).catch(() => undefined)
    await this.client.end().catch(() => undefined)
  }

  private async keep(): Promise<void> {
    await this.beat()
    if (++this.beats % HOUSEKEEPING_BEATS !== 0) return
    await forgetOldEffects(this.client)
    await this.dropUnclaimed()
  }

  private async beat(): Promise<void> {
    await this.client.query(
      `insert into engine.program (id, declares) values ($1, $2)
       on conflict (id) do update set seen_at = now(), declares = excluded.declares`,
      [this.id, this.declared],
    )
    await this.client.query(`delete from engine.program where seen_at < now() - make_interval(secs => $1)`, [
      ALIVE_SECONDS,
    ])
  }
}
