import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Log } from '../../event-store/log.ts'
import { programFlags } from '../support/program-flags.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import { appending, openBenchLog } from './bench-log.ts'
import { openRaw, rawReading } from './raw.ts'
import type { Raw } from './raw.ts'
import { sampleInvoiceIssued } from './sample-invoice.ts'
import type { Figure, Section } from './section.ts'
import { inTurns, median, rate } from './statistics.ts'

export const MEASURE_MS = 1_000
export const ROUNDS = 3
const PROCESS_CALLERS = 32

/** Events per second of so many callers, each appending so many at once. */
export const appendRate = async (log: Log, callers: number, size: number, ms: number): Promise<number> =>
  size * (await rate(callers, ms, appending(log, size)))

export const appendOf = (size: number, callers: number): string => `append of ${size}, ${callers} caller(s)`

const readRate = async (log: Log, decode: boolean): Promise<number> => {
  let events = 0
  const start = performance.now()
  for await (const batch of log.store.readAll()) {
    events += batch.events.length
    if (decode) for (const event of batch.events) log.decode(event)
  }
  return (events * 1_000) / (performance.now() - start)
}

const decodeMicroseconds = ({ codec }: Log, by: 'codec' | 'JSON.parse'): number => {
  const texts = Array.from({ length: 500 }, () => codec.prepare(sampleInvoiceIssued()).data(String))
  const round = () => {
    const start = performance.now()
    for (const text of texts)
      if (by === 'codec') codec.decode('invoicing.InvoiceIssued', 1, text)
      else JSON.parse(text)
    return ((performance.now() - start) * 1_000) / texts.length
  }
  return median(Array.from({ length: 30 }, round))
}

const besideRaw = async (raw: Raw, log: Log, callers: number, size: number): Promise<Figure> => {
  const [theirs, ours] = await inTurns(
    ROUNDS,
    async () => size * callers * (await rate(1, MEASURE_MS, () => raw.batch(size * callers))),
    () => appendRate(log, callers, size, MEASURE_MS),
  )
  return {
    what: appendOf(size, callers),
    unit: 'events/s',
    measured: ours,
    raw: { what: `in raw batches of ${size * callers}`, measured: theirs },
    goal: { bound: 'atLeast', value: size === 100 ? 90 : 60, of: 'percentOfRaw' },
  }
}

/** Two processes with their own heads and clocks, on one log. */
const twoProcesses = async (databaseUrl: string, masterKeyFile: string, raw: Raw): Promise<Figure> => {
  const program = join(import.meta.dirname, 'append-alone.ts')
  const one = async (): Promise<number> => {
    const options = [databaseUrl, masterKeyFile, String(PROCESS_CALLERS), String(2 * MEASURE_MS)]
    const { stdout } = await promisify(execFile)(process.execPath, [...programFlags(), program, ...options])
    return Number(stdout)
  }
  const [a, b] = await Promise.all([one(), one()])
  const bare = await rate(1, MEASURE_MS, () => raw.batch(2 * PROCESS_CALLERS))
  return {
    what: `append of 1, two processes of ${PROCESS_CALLERS} callers`,
    unit: 'events/s',
    measured: a + b,
    raw: { what: `in raw batches of ${2 * PROCESS_CALLERS}`, measured: bare * 2 * PROCESS_CALLERS },
  }
}

const measure = async (databaseUrl: string, masterKeyFile: string): Promise<readonly Figure[]> => {
  const { log, close } = await openBenchLog(databaseUrl, masterKeyFile, { create: true })
  const raw = await openRaw(databaseUrl)
  const figures: Figure[] = []
  for (const size of [1, 100])
    for (const callers of [1, 8, 64]) figures.push(await besideRaw(raw, log, callers, size))
  figures.push(await twoProcesses(databaseUrl, masterKeyFile, raw))
  const bare = { what: 'read raw, not parsed', measured: await rawReading(databaseUrl, false) }
  figures.push({ what: 'readAll', unit: 'events/s', measured: await readRate(log, false), raw: bare })
  figures.push({
    what: 'readAll and decode',
    unit: 'events/s',
    measured: await readRate(log, true),
    raw: bare,
  })
  figures.push({
    what: 'decode an issued invoice of 4 kB',
    unit: 'µs',
    measured: decodeMicroseconds(log, 'codec'),
    raw: { what: 'by JSON.parse alone', measured: decodeMicroseconds(log, 'JSON.parse') },
  })
  await Promise.all([close(), raw.close()])
  return figures
}

/** Appends through the whole log layer (schema, clock, chain, group commit), against raw batches of the same size. */
export const run = async (): Promise<Section> => {
  const server = await startThrowawayServer({ durable: true })
  const folder = await mkdtemp(join(tmpdir(), `grandlivre-bench-${randomUUID()}`))
  try {
    const figures = await measure(server.url, join(folder, 'master.key'))
    return { title: 'The log: events of about 600 bytes, durable', figures }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true })
  }
}
