import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openProgram, type Program } from '../../cli/composition.ts'
import { projections } from '../../projections/all.ts'
import { freshDatabase } from '../support/postgres.ts'

export interface StoryProgram extends Program {
  /** Waits until every read model shows the end of the log. */
  readonly caughtUp: () => Promise<void>
  /** Faults that the background work reported. */
  readonly faults: readonly unknown[]
}

export interface StoryOptions {
  readonly name?: string
  readonly gatherMs?: number
  /** The EventStoreDB server to put the log on; in the story's database where there is none. */
  readonly eventStoreUrl?: string | undefined
}

/** The whole program on a sandbox log and a database of its own; its clock stands still until it is advanced. */
export const openStory = async (
  at: string,
  { name = 'story', gatherMs = 8, eventStoreUrl }: StoryOptions = {},
): Promise<StoryProgram> => {
  const database = await freshDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'story-'))
  const faults: unknown[] = []
  const program = await openProgram({
    databaseUrl: database.url,
    eventStoreUrl,
    masterKeyFile: join(folder, 'master.key'),
    create: { kind: 'sandbox', name, at },
    roles: ['projections', 'reactions'],
    sandboxTime: 'still',
    gatherMs,
    onFault: fault => faults.push(fault),
  })
  return {
    ...program,
    faults,
    caughtUp: async () => {
      const head = await program.log.store.head()
      const reached = await program.watch.waitFor({ projections, position: head?.position ?? '' }, 30_000)
      if (!reached.reached) throw new Error(`read models are behind: ${reached.behind.join(', ')}`)
    },
    close: async () => {
      await program.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A trial balance as an accountant reads it: account, opening, debit, credit, closing, in euros. */
export const readable = (
  lines: readonly {
    readonly account: string
    readonly opening: bigint
    readonly debit: bigint
    readonly credit: bigint
    readonly closing: bigint
  }[],
): string[] =>
  lines.map(({ account, opening, debit, credit, closing }) =>
    [account, ...[opening, debit, credit, closing].map(euros)].join(' '),
  )

const euros = (cents: bigint): string => {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
