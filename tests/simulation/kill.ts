import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect } from 'vitest'
import { verifyStream } from '../support/verify-stream.ts'
import { decodeMetadata } from '../../event-store/metadata.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import type { EventSummary } from '../../commands/outcome.ts'
import type { OpenedLog } from '../support/open-log.ts'
import { wholeLog } from '../support/test-events.ts'
import { chanceOf } from './scheduler.ts'
import { REGISTER, openBusiness, openBusinessProcess } from '../commands/support/business.ts'
import { SHARED, itemOf, sharedProduct } from './workload-commands.ts'

interface Answer {
  readonly client: number
  readonly i: number
  readonly kind: string
  readonly events: readonly EventSummary[]
  readonly number?: string
}

/** Runs the workload and kills it at a place of its own choosing; gives the answers that were heard. */
const killAfter = async (
  opened: OpenedLog,
  seed: number,
  answeredBy: Readonly<Record<string, number>>,
  { answers, delayMs }: { answers: number; delayMs: number },
): Promise<Answer[]> => {
  const program = new URL('workload.ts', import.meta.url).pathname
  const { databaseUrl, eventStoreUrl, masterKeyFile } = opened
  const place = JSON.stringify({ databaseUrl, eventStoreUrl, masterKeyFile })
  const args = [program, place, String(seed), JSON.stringify(answeredBy)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const complaints: string[] = []
  child.stderr.on('data', (text: Buffer) => complaints.push(text.toString()))
  const ended = new Promise<NodeJS.Signals | null>(resolve => {
    child.once('close', (_, signal) => {
      resolve(signal)
    })
  })
  const heard: Answer[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    heard.push(JSON.parse(line) as Answer)
    if (heard.length === answers) setTimeout(() => child.kill('SIGKILL'), delayMs)
  }
  expect(await ended, complaints.join('')).toBe('SIGKILL')
  return heard
}

const byCommand = (events: readonly StoredEvent[]): Map<string, StoredEvent[]> =>
  Map.groupBy(events, event => decodeMetadata(event.metadata).commandId)

/** Nothing acknowledged is lost, nothing done twice, every chain whole. */
const audit = async (
  opened: OpenedLog,
  seed: number,
  heard: readonly Answer[],
  hint: string,
): Promise<void> => {
  const log = await wholeLog(opened.store)
  const stored = new Map(log.map(event => [event.id, event]))
  for (const { client, i, kind, events } of heard) {
    expect(kind, `${hint} client ${client} command ${i}`).toBe('done')
    expect(events, hint).toHaveLength(itemOf(seed, client, i).at(-1)?.name === 'test.raisePrice' ? 1 : 2)
    for (const { id, stream, revision } of events)
      expect(stored.get(id), `${hint} acknowledged and lost`).toMatchObject({ stream, revision })
  }
  for (const [commandId, events] of byCommand(log)) {
    const types = events.map(e => e.type)
    expect(new Set(types).size, `${hint} command ${commandId} took effect twice`).toBe(types.length)
  }
  await auditNumbers(opened, heard, hint)
  for (let n = 0; n < SHARED; n++) {
    const { events } = await opened.log.load(`product-${sharedProduct(seed, n)}`)
    const prices = events.map(e => Number((e.data as { unitPrice: bigint }).unitPrice))
    expect(prices, hint).toEqual(prices.map((_, i) => i + 1))
  }
  for (const [stream, events] of Map.groupBy(log, e => e.stream)) {
    expect(await verifyStream(opened.log.id, stream, events), `${hint} ${stream}`).not.toHaveProperty('fault')
  }
}

/** Numbers without gap or double, each request answered at most once, every number that was heard in the register. */
const auditNumbers = async (opened: OpenedLog, heard: readonly Answer[], hint: string): Promise<void> => {
  const issued = (await opened.log.load(REGISTER)).events.map(
    e => e.data as { number: string; sequence: number; request: { eventId: string } },
  )
  expect(
    issued.map(e => e.sequence),
    hint,
  ).toEqual(issued.map((_, i) => i + 1))
  expect(new Set(issued.map(e => e.request.eventId)).size, hint).toBe(issued.length)
  const given = heard.flatMap(({ number }) => number ?? [])
  expect(new Set(given).size, `${hint} a number was given twice`).toBe(given.length)
  const stored = new Set(issued.map(e => e.number))
  for (const number of given) expect(stored, `${hint} acknowledged and lost`).toContain(number)
}

/**
 * Kills a working process again and again, each time starting the next one on what it left; everything not answered
 * is sent again under its key.
 */
export const killAgainAndAgain = async (opened: OpenedLog, seed: number, times: number): Promise<void> => {
  const chance = chanceOf(seed)
  const answeredBy: Record<string, number> = {}
  const heard: Answer[] = []
  const { databaseUrl, eventStoreUrl, masterKeyFile } = opened
  const first = await openBusinessProcess({ databaseUrl, eventStoreUrl, masterKeyFile })
  await openBusiness(first)
  await first.close()
  for (let time = 1; time <= times; time++) {
    const point = { answers: 1 + chance.below(60), delayMs: chance.below(8) }
    const hint = `SEED=${seed}, kill ${time} after ${point.answers} answers and ${point.delayMs} ms:`
    process.stdout.write(`${hint}\n`)
    const now = await killAfter(opened, seed, answeredBy, point)
    for (const { client, i } of now) answeredBy[client] = i + 1
    heard.push(...now)
    await audit(opened, seed, heard, hint)
  }
}
