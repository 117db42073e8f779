import { NotLeaderError } from '@eventstore/db-client'
import type { EndPoint, EventStoreDBClient } from '@eventstore/db-client'
import { clientOf, endClient, membersSeenBy, targetOf, within } from './client.ts'
import { atNode } from './connection-string.ts'
import type { Connection } from './connection-string.ts'
import { StoreUnavailable } from '../port.ts'

/**
 * Which node of a cluster is worked with. The client chooses one when it connects, and then stays there for its reads,
 * whoever leads by then: so a node that names another leader is left, by all that is read as well.
 */
export class Nodes {
  private readonly connection: Connection
  private readonly answerMsMax: number
  /** The leader that another node named; undefined where the client finds one by the address. */
  private leader: EndPoint | undefined
  private client: EventStoreDBClient
  private ended: Promise<unknown> = Promise.resolve()

  constructor(connection: Connection, answerMsMax: number) {
    this.connection = connection
    this.answerMsMax = answerMsMax
    this.client = this.connect()
  }

  /** The client that reads. Ask for it anew for each call. */
  get reading(): EventStoreDBClient {
    return this.client
  }

  /** A client of its own. @throws StartRefused */
  connect(): EventStoreDBClient {
    return clientOf(this.leader ? atNode(this.connection, this.leader) : this.connection)
  }

  /** An append failed: by that another node leads, or as the one worked with may be gone. */
  appendFailed(error: StoreUnavailable): void {
    if (error.cause instanceof NotLeaderError) this.follow(error.cause.leader)
    else this.findAnew()
  }

  /** A subscription of that client was lost. Where it was replaced before, that says nothing of the present one. */
  subscriptionLost(client: EventStoreDBClient): void {
    if (client === this.client) this.findAnew()
  }

  /** Goes where the leader is, if reads go elsewhere. @throws StoreUnavailable where there is none */
  async findLeader(): Promise<void> {
    const { client } = this
    const members = await within(this.answerMsMax, membersSeenBy(client))
    if (members.length <= 1) return
    const leader = members.find(({ leads }) => leads)
    if (!leader) throw new StoreUnavailable('no node of the EventStoreDB cluster leads')
    if (client === this.client && (await targetOf(client)) !== textOf(leader)) this.follow(leader)
  }

  async close(): Promise<void> {
    await Promise.all([this.ended, endClient(this.client)])
  }

  private follow({ address, port }: EndPoint): void {
    if (this.leader && textOf(this.leader) === textOf({ address, port })) return
    this.leader = { address, port }
    this.renew()
  }

  private findAnew(): void {
    if (!this.leader) return
    this.leader = undefined
    this.renew()
  }

  private renew(): void {
    const old = this.client
    this.client = this.connect()
    this.ended = Promise.all([this.ended, endClient(old)])
  }
}

const textOf = ({ address, port }: EndPoint): string => `${address}:${port}`
