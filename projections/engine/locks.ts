import type pg from 'pg'
import { connect } from './connections.ts'

/**
 * Who may run what (PROTOCOL 33): session locks on a connection of their own. They save work; what makes a second
 * runner harmless is the compare-and-set of the checkpoint.
 */
export class RoleLocks {
  private readonly databaseUrl: string
  private readonly onLost: () => void
  private readonly held = new Set<string>()
  private client: pg.Client | undefined
  private closed = false

  constructor(databaseUrl: string, onLost: () => void) {
    this.databaseUrl = databaseUrl
    this.onLost = onLost
  }

  holds(role: string): boolean {
    return this.held.has(role)
  }

  /** Takes the lock of a role where nobody holds it. */
  async tryTake(role: string): Promise<boolean> {
    if (this.held.has(role)) return true
    const client = await this.connection()
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_lock(hashtextextended($1, 0)) as taken`,
      [`grandlivre ${role}`],
    )
    if (rows[0]?.taken) this.held.add(role)
    return this.held.has(role)
  }

  async release(role: string): Promise<void> {
    if (!this.held.delete(role)) return
    await this.client?.query(`select pg_advisory_unlock(hashtextextended($1, 0))`, [`grandlivre ${role}`])
  }

  async close(): Promise<void> {
    this.closed = true
    this.held.clear()
    await this.client?.end().catch(() => undefined)
  }

  private async connection(): Promise<pg.Client> {
    if (this.client) return this.client
    const client = await connect(this.databaseUrl, 'locks')
    client.on('end', () => {
      if (this.client !== client) return
      this.client = undefined
      this.held.clear()
      if (!this.closed) this.onLost()
    })
    this.client = client
    return client
  }
}

export const projectionRole = (projection: { readonly name: string; readonly version: number }): string =>
  `projection ${projection.name} v${projection.version}`
