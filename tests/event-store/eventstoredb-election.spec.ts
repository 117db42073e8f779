import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import type { EventStoreDb } from '../../event-store/eventstoredb/eventstoredb-store.ts'
import { StoreReplaced, StoreUnavailable } from '../../event-store/port.ts'
import { startEventStoreDb } from '../support/eventstoredb/server.ts'
import type { EventStoreDbServer } from '../support/eventstoredb/server.ts'
import { freshStream, send, testAppend, wholeLog } from '../support/test-events.ts'
import type { TestAppend } from '../support/test-events.ts'
import { until } from '../support/wait.ts'

/**
 * Two nodes of a cluster, of which one leads. They replicate nothing by themselves: what the leader holds is copied to
 * the other one when that is elected, and a follower stays where it was.
 */
let folder: string
let nodes: [EventStoreDbServer, EventStoreDbServer]
let store: EventStoreDb
let told: string[]

const HOST = '127.0.0.1'
const dataOf = (node: string): string => join(folder, node)
const placeOf = ({ port }: EventStoreDbServer) => ({ host: HOST, port })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'election-'))
  told = []
  const leader = await startEventStoreDb({ data: dataOf('a') })
  const follower = await startEventStoreDb()
  follower.followLeader(placeOf(leader))
  nodes = [leader, follower]
})
afterEach(async () => {
  await store.close()
  for (const node of nodes) await node.stop()
  await rm(folder, { recursive: true })
})

const open = async (...hosts: readonly EventStoreDbServer[]): Promise<void> => {
  store = await openEventStoreDb({
    connectionString: `esdb://${hosts.map(({ port }) => `${HOST}:${port}`).join(',')}?tls=false`,
    endangered: ({ code }) => told.push(code),
  })
}

/** The second node has all that the first one holds, and leads from now on. */
const elect = async (): Promise<void> => {
  const [old, other] = nodes
  await other.stop()
  await copyFile(dataOf('a'), dataOf('b'))
  nodes[1] = await startEventStoreDb({ port: other.port, data: dataOf('b') })
  old.followLeader(placeOf(nodes[1]))
}

/** Sends the same bytes until the store answers, and says how often it did not. */
const insist = async (a: TestAppend): Promise<number> => {
  let failures = 0
  await until('it is appended', () =>
    send(store, a).then(
      () => true,
      error => {
        if (!(error instanceof StoreUnavailable) || error instanceof StoreReplaced) throw error
        failures++
        return false
      },
    ),
  )
  return failures
}

const headIs = (a: TestAppend): Promise<void> =>
  until('the append is read', () =>
    store.head().then(
      head => head?.id === a.events[0]?.id,
      error => {
        if (error instanceof StoreReplaced) throw error
        return false
      },
    ),
  )

describe('after an election', () => {
  it('appends and reads go to the new leader, and no log is taken for another one', async () => {
    await open(...nodes)
    await insist(testAppend(freshStream()))
    await elect()
    const second = testAppend(freshStream())
    await insist(second)
    await headIs(second)
    const third = testAppend(freshStream())
    nodes[1].loseNextAnswer('cut')
    await insist(third)
    await headIs(third)
    expect(await wholeLog(store)).toHaveLength(3)
    expect(told).toStrictEqual([])
  })

  it('who listens is on the new leader as well', async () => {
    await open(...nodes)
    await insist(testAppend(freshStream()))
    await elect()
    await insist(testAppend(freshStream()))
    await until(
      'all has left the old leader',
      () => nodes[0].underWay.reads === 0 && nodes[1].underWay.reads > 0,
    )
  })
})

describe('a cluster of which only a follower is named', () => {
  it('is appended to where that says that the leader is, and read there from then on', async () => {
    const [leader, follower] = nodes
    await open(follower)
    const first = testAppend(freshStream())
    expect(await insist(first)).toBeLessThanOrEqual(1)
    await headIs(first)
    const second = testAppend(freshStream())
    leader.loseNextAnswer('cut')
    await insist(second)
    await headIs(second)
    expect(told).toStrictEqual([])
  })
})
