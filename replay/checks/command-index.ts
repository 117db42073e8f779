import type pg from 'pg'
import { Uuid } from '../../domain/shared/values.ts'
import { standing } from '../../event-store/checkpoints.ts'
import type { Checkpoint, Places } from '../../event-store/checkpoints.ts'
import type { Position } from '../../event-store/port.ts'
import { withConnection } from '../../projections/engine/connections.ts'
import { placeOf } from '../check.ts'
import type { Check, EventPlace, Fault, Report } from '../check.ts'

/** Events looked up at once. */
const LOOKED_UP = 5_000

/** What an event says of the command that recorded it. */
interface Trace {
  readonly commandId: string
  readonly inputHash: string | undefined
  readonly position: Position
  readonly place: EventPlace
}

/**
 * The index of commands says of each command what its events say: where it recorded, and under which input. It decides
 * whether a key was used before (PROTOCOL 13), and is made from the log alone. What it has not read yet is not looked at.
 */
export const commandIndex: Check = {
  name: 'command-index',
  title: {
    fr: 'L’index des commandes est celui que le journal redonne',
    en: 'The index of commands is the one that the log gives again',
  },
  begin: ({ readModels, store }, report) => {
    if (!readModels) return {}
    let traces: Trace[] = []
    const lookUp = async (): Promise<void> => {
      const asked = traces
      traces = []
      await withConnection(readModels.databaseUrl, 'verify index', async client => {
        const read = await placeReadTo(client, store)
        if (read === undefined) return
        const inReach = asked.filter(({ position }) => position <= read)
        await compare(client, inReach, report)
      })
    }
    return {
      see: (event, { position }) => {
        const { commandId, inputHash } = event
        if (Uuid.safeParse(commandId).success)
          traces.push({ commandId, inputHash, position, place: placeOf(event) })
      },
      batchEnd: async () => {
        if (traces.length >= LOOKED_UP) await lookUp()
      },
      end: async () => {
        await lookUp()
        return undefined
      },
    }
  },
}

interface Indexed {
  readonly command_id: string
  readonly stream: string
  readonly first: number
  readonly input_hash: string | null
}

const compare = async (client: pg.ClientBase, traces: readonly Trace[], report: Report): Promise<void> => {
  const { rows } = await client.query<Indexed>(
    `select command_id, stream, first, input_hash from commands.done where command_id = any($1::uuid[])`,
    [[...new Set(traces.map(({ commandId }) => commandId))]],
  )
  const indexed = new Map(rows.map(row => [`${row.command_id} ${row.stream}`, row]))
  /** One finding of a command in a stream, however many events it has there. */
  const told = new Set<string>()
  for (const trace of traces) {
    const name = `${trace.commandId} ${trace.place.stream}`
    const fault = told.has(name) ? undefined : faultOf(trace, indexed.get(name))
    if (!fault) continue
    told.add(name)
    report(trace.place, fault)
  }
}

/**
 * How far the index has read this log, and not another one: rows and checkpoint move together, so what lies before is
 * in it.
 */
const placeReadTo = async (client: pg.ClientBase, store: Places): Promise<Position | undefined> => {
  const { rows } = await client.query(
    `select 1 where to_regclass('commands.checkpoints') is not null and to_regclass('commands.done') is not null`,
  )
  if (rows.length === 0) return undefined
  const { rows: read } = await client.query<Checkpoint>(
    `select position, event_id as "eventId" from commands.checkpoints where name = 'command index'`,
  )
  return (await standing(store, read[0])) === 'matches' ? read[0]?.position : undefined
}

const faultOf = ({ commandId, inputHash, place }: Trace, row: Indexed | undefined): Fault | undefined => {
  if (!row)
    return {
      code: 'COMMAND_INDEX_MISSING',
      found: 'no row',
      expected: commandId,
      sentence: {
        fr: `L’index des commandes ne connaît pas ${commandId}, qui a agi dans ${place.stream} : sa clé pourrait servir une seconde fois. Reconstruisez l’index.`,
        en: `The index of commands does not know ${commandId}, which took effect in ${place.stream}: its key could be used a second time. Build the index anew.`,
      },
    }
  if (row.first <= place.revision && (row.input_hash ?? undefined) === inputHash) return undefined
  return {
    code: 'COMMAND_INDEX_DIFFERS',
    found: `${row.first} ${row.input_hash ?? ''}`.trimEnd(),
    expected: `${place.revision} ${inputHash ?? ''}`.trimEnd(),
    sentence: {
      fr: `L’index des commandes donne à ${commandId} dans ${place.stream} une autre demande ou une autre place que le journal. Reconstruisez l’index.`,
      en: `The index of commands gives ${commandId} another input or place in ${place.stream} than the log. Build the index anew.`,
    },
  }
}
