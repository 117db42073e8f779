import type { Snapshots, StateCodec } from '../event-store/snapshots.ts'
import type { SnapshotSource } from './streams.ts'

/**
 * Aggregates whose streams grow for years, with the version of their state: raise it when its shape, or what `evolve`
 * makes of an event, changes. Older snapshots are then ignored.
 */
const VERSIONS: ReadonlyMap<string, number> = new Map([['receivable', 2]])

/** Events read behind a snapshot, or from the start, that make another one worth its row. */
const WORTH_EVENTS = 200

const asPlain = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return { $bigint: value.toString() }
  if (value instanceof Map) return { $map: [...value] }
  if (value instanceof Set) return { $set: [...value] }
  return value
}

const fromPlain = (_: string, value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value
  if ('$bigint' in value) return BigInt(String(value.$bigint))
  if ('$map' in value) return new Map(value.$map as [unknown, unknown][])
  if ('$set' in value) return new Set(value.$set as unknown[])
  return value
}

/** States are plain values, amounts, maps and sets: any of them becomes text, and the same state again. */
export const stateCodec = (version: number): StateCodec<unknown> => ({
  version,
  encode: state => JSON.stringify(state, asPlain),
  decode: text => JSON.parse(text, fromPlain) as unknown,
})

/** Snapshots of the streams that are worth them. */
export const snapshotSource = (
  snapshots: Snapshots,
  onFault?: (error: unknown) => void,
  versions: ReadonlyMap<string, number> = VERSIONS,
): SnapshotSource => ({
  find: async (aggregate, stream) => {
    const version = versions.get(aggregate.category)
    return version === undefined ? undefined : snapshots.load(stream, stateCodec(version))
  },
  offer: ({ category }, state, last, folded) => {
    const version = versions.get(category)
    if (version === undefined || folded < WORTH_EVENTS) return
    // Beside the command that read the stream: without it the next reader folds a little more.
    snapshots.save(last.stream, stateCodec(version), state, last).catch((error: unknown) => onFault?.(error))
  },
})
