import { LOG_STREAM, LogMoved, LogReopened, targetOf } from '../../domain/organisation/log.events.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'
import { StartRefused } from '../../event-store/errors.ts'
import type { Log } from '../../event-store/log.ts'
import type { EventStore } from '../../event-store/port.ts'
import type { Milestone, Move } from '../../event-store/vault/move-record.ts'

/** Where a log that is shut here goes on; undefined where it is open: behind a `LogMoved` comes only what opens it. */
export const movedTo = async (log: Pick<Log, 'lastEvent'>): Promise<string | undefined> => {
  const last = await log.lastEvent(LOG_STREAM)
  return last && targetOf(last)
}

/** Whether an event opens the log again behind the `LogMoved` of that id. */
export const reopens = ({ type, data }: DomainEvent, movedEventId: string): boolean =>
  type === LogReopened.type && (data as { readonly movedEventId: string }).movedEventId === movedEventId

/** What a log that is shut ends with in its own stream. */
export const SHUT_BY = { stream: LOG_STREAM, type: LogMoved.type } as const

/**
 * Whether a program may work on what a store holds. That it was moved is said first, because it says where to; and
 * asked again at the end, because a copy may meanwhile have come to that event.
 * @throws StartRefused `LOG_MOVED`, `LOG_COPY_UNFINISHED`
 */
export const refuseUnlessOpenHere = async (
  log: Log,
  readMove: () => Promise<Move | undefined>,
): Promise<void> => {
  await refuseMoved(log)
  await refuseUnfinishedCopy(log.store, readMove)
  await refuseMoved(log)
}

const refuseMoved = async (log: Log): Promise<void> => {
  const target = await movedTo(log)
  if (target !== undefined) throw moved(log.name, target)
}

/**
 * A copy that is not whole looks like the log as it once was. What tells it apart is an event that the log holds and
 * the copy does not. It is another one as the copy goes on: what was read of it counts only if it still is the same
 * after the look.
 * @returns what is known of the last move
 * @throws StartRefused `LOG_COPY_UNFINISHED`
 */
export const refuseUnfinishedCopy = async (
  store: Pick<EventStore, 'readStream'>,
  readMove: () => Promise<Move | undefined>,
): Promise<Move | undefined> => {
  for (let move = await readMove(); ;) {
    if (move && !(await holds(store, move.milestone))) throw unfinished(move.target)
    const now = await readMove()
    if (now?.milestone.eventId === move?.milestone.eventId) return now
    move = now
  }
}

export const holds = async (
  store: Pick<EventStore, 'readStream'>,
  { stream, revision, eventId }: Milestone,
): Promise<boolean> => {
  for await (const event of store.readStream(stream, { from: revision, limit: 1 }))
    return event.id === eventId
  return false
}

const moved = (log: string, target: string): StartRefused =>
  new StartRefused(
    'LOG_MOVED',
    { log, target },
    {
      en: `The log ${log} was moved to ${target} and is shut here: open it there. If the copy has not ended, "grandlivre log copy" finishes it.`,
      fr: `Le journal ${log} a été déplacé vers ${target} et il est fermé ici : ouvrez-le là-bas. Si la copie n'est pas achevée, « grandlivre log copy » la termine.`,
    },
  )

const unfinished = (target: string): StartRefused =>
  new StartRefused(
    'LOG_COPY_UNFINISHED',
    { target },
    {
      en: `This is not the log, but an unfinished copy of it, or what it once was: it lacks what the log holds. The last copy went to ${target}; "grandlivre log copy" finishes one, and until then the log is open where it was.`,
      fr: `Ceci n'est pas le journal, mais une copie inachevée ou un état ancien : il y manque ce que contient le journal. La dernière copie allait vers ${target} ; « grandlivre log copy » achève une copie, et jusque-là le journal est ouvert là où il était.`,
    },
  )
