import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'

/** An event as a client proposes it. */
export type Proposed = {
  readonly id: string
  readonly type: string
  readonly json: boolean
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

/** One append as it is kept: everything else about its events follows from its place among the others. */
export type Entry = {
  readonly stream: string
  /** Of its first event. */
  readonly revision: bigint
  /** Ticks of 100 ns since 1970. */
  readonly created: bigint
  readonly events: readonly Proposed[]
}

/** Where appends are kept over a restart: in memory, or in a file also over the end of the process. */
export interface Journal {
  readonly entries: readonly Entry[]
  /** Writes before it returns: what is acknowledged afterwards survives a `kill -9`. */
  add(entry: Entry): void
  /** Forgets everything but the oldest entries. */
  keepOnly(count: number): void
  close(): void
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const encode = ({ stream, revision, created, events }: Entry): string =>
  `${JSON.stringify([
    stream,
    String(revision),
    String(created),
    ...events.map(e => [e.id, e.type, e.json, base64(e.data), base64(e.metadata)]),
  ])}\n`

type StoredEvent = [id: string, type: string, json: boolean, data: string, metadata: string]

const decode = (line: string): Entry => {
  const [stream, revision, created, ...events] = JSON.parse(line) as [
    string,
    string,
    string,
    ...StoredEvent[],
  ]
  return {
    stream,
    revision: BigInt(revision),
    created: BigInt(created),
    events: events.map(([id, type, json, data, metadata]) => ({
      id,
      type,
      json,
      data: Buffer.from(data, 'base64'),
      metadata: Buffer.from(metadata, 'base64'),
    })),
  }
}

const memoryJournal = (): Journal => {
  const entries: Entry[] = []
  return {
    entries,
    add: entry => entries.push(entry),
    keepOnly: count => entries.splice(count),
    close: () => {},
  }
}

/** One line an append; a line that a crash cut short was never acknowledged and is cut off. */
const fileJournal = (path: string, fsync: boolean): Journal => {
  const file = openSync(path, 'a+')
  const lines = readFileSync(path, 'utf8')
    .split(/(?<=\n)/)
    .filter(line => line.endsWith('\n'))
  const sizes = lines.map(line => Buffer.byteLength(line))
  const entries = lines.map(decode)
  const keepOnly = (count: number): void => {
    entries.splice(count)
    sizes.splice(count)
    ftruncateSync(
      file,
      sizes.reduce((sum, size) => sum + size, 0),
    )
  }
  keepOnly(lines.length)
  return {
    entries,
    add: entry => {
      sizes.push(writeSync(file, encode(entry)))
      if (fsync) fsyncSync(file)
      entries.push(entry)
    },
    keepOnly,
    close: () => closeSync(file),
  }
}

export const openJournal = (path: string | undefined, fsync: boolean): Journal =>
  path === undefined ? memoryJournal() : fileJournal(path, fsync)
