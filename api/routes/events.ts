import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Change } from '../../projections/engine/batch.ts'
import type { ApiDependencies } from '../dependencies.ts'
import { Problem } from '../problems.ts'
import { accountOf } from '../sign-in/authentication.ts'
import { readableEntities } from '../sign-in/rights.ts'
import { areaOfProjection } from './areas.ts'

/** Changes kept for those who come back: what lies before is answered by `reset`. */
const KEPT_CHANGES = 1_000
/** A reader who lets so many bytes wait is cut off; the browser comes back and resumes. */
const WAITING_BYTES_MAX = 256 * 1024
const STREAMS_PER_USER_MAX = 20
/** How long a browser waits before it comes back. */
const RETRY_MS = 2_000

/**
 * Server-sent events: which projections changed, which of their rows, and up to where. A screen reads again what it
 * shows. `Last-Event-ID` resumes after the change of that id; where it is too long ago, `reset` says to read all anew.
 */
export const eventRoutes = (app: FastifyInstance, deps: ApiDependencies): void => {
  const recent = new RecentChanges()
  const streams = new Map<string, Set<() => void>>()
  let stopListening: () => void = () => undefined
  app.addHook('onReady', async () => {
    stopListening = deps.watch.onChange(change => recent.add(change))
  })
  app.addHook('preClose', async () => {
    stopListening()
    for (const ends of streams.values()) for (const end of ends) end()
  })

  app.get('/api/events', {
    schema: {
      summary: 'Server-sent events: what changed in the read models',
      headers: z.looseObject({ 'last-event-id': z.string().max(20).optional() }),
      response: { 200: z.string().describe('text/event-stream') },
    },
    handler: (request, reply) => {
      const { userId } = accountOf(request)
      const open = streams.get(userId) ?? new Set()
      if (open.size >= STREAMS_PER_USER_MAX) throw tooManyStreams()
      streams.set(userId, open)
      reply.hijack()
      const { raw } = reply
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value)
      raw.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      })
      const send = (text: string): void => {
        if (raw.writableLength + text.length > WAITING_BYTES_MAX) raw.destroy()
        else raw.write(text)
      }
      const { 'last-event-id': lastEventId } = request.headers as { 'last-event-id'?: string }
      const forReader = visibleTo(deps, request)
      send(`retry: ${RETRY_MS}\n\n`)
      for (const text of recent.after(lastEventId, forReader)) send(text)
      const stop = deps.watch.onChange(change => {
        const visible = forReader(change)
        if (visible) send(changeText(visible))
      })
      const heartbeat = setInterval(() => void checkAndBeat(), deps.settings.heartbeatMs)
      // Rights may end while the stream is open.
      const checkAndBeat = async (): Promise<void> => {
        const account = await deps.accounts.find(userId).catch(() => undefined)
        if (account?.active) send(': still here\n\n')
        else end()
      }
      const end = (): void => void raw.end()
      open.add(end)
      raw.once('close', () => {
        stop()
        clearInterval(heartbeat)
        open.delete(end)
        if (open.size === 0) streams.delete(userId)
      })
    },
  })
}

const tooManyStreams = (): Problem =>
  new Problem(
    'TOO_MANY_REQUESTS',
    {
      fr: `Au plus ${STREAMS_PER_USER_MAX} flux ouverts par personne : fermez des fenêtres.`,
      en: `At most ${STREAMS_PER_USER_MAX} open streams for one person: close some windows.`,
    },
    { retryAfterSeconds: 10 },
  )

type Visible = (change: Change) => Change | undefined

/**
 * What of a change a reader may know: nothing of projections whose area is closed to them, and no keys where they may
 * read some entities only: a screen then reads again, and is given what it may see.
 */
const visibleTo = (deps: ApiDependencies, request: FastifyRequest): Visible => {
  let grants = accountOf(request).grants
  const { userId } = accountOf(request)
  return change => {
    // Answered from memory as a rule: the next change already follows changed rights.
    deps.accounts.find(userId).then(
      account => {
        grants = account?.active ? account.grants : []
      },
      () => undefined,
    )
    const projections = Object.entries(change.projections).flatMap(([name, keys]) => {
      const entities = readableEntities(grants, areaOfProjection(name))
      if (entities === 'all') return [[name, keys] as const]
      return entities.length === 0 ? [] : [[name, null] as const]
    })
    return projections.length === 0 ? undefined : { ...change, projections: Object.fromEntries(projections) }
  }
}

const changeText = (change: Change): string =>
  `id: ${change.ordinal}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`

/** The last changes of this process's watch, in their order. */
class RecentChanges {
  private readonly changes: Change[] = []
  /** Everything after this ordinal is here. */
  private completeFrom: number | undefined

  add(change: Change): void {
    this.completeFrom ??= change.ordinal
    this.changes.push(change)
    if (this.changes.length <= KEPT_CHANGES) return
    const dropped = this.changes.shift()
    this.completeFrom = dropped?.ordinal
  }

  /** What somebody missed since the change they saw last: nothing for who comes first. */
  after(lastEventId: string | undefined, visible: Visible): readonly string[] {
    if (lastEventId === undefined) return []
    const last = Number(lastEventId)
    if (!Number.isInteger(last) || this.completeFrom === undefined || last < this.completeFrom)
      return ['event: reset\ndata: {}\n\n']
    return this.changes.flatMap(change => {
      const seen = change.ordinal > last ? visible(change) : undefined
      return seen ? [changeText(seen)] : []
    })
  }
}
