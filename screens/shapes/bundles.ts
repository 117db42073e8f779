import { plain } from '../../domain/shared/plain-text.ts'
import { get } from '../api/client.ts'
import type { ListPath, QueryValues } from '../api/client.ts'
import type { AnyRow } from './row.ts'

/** Rows read many at once: by their ids, and by the codes that people type. */

const GATHER_MS = 8
const BUNDLE_MAX = 50

/** Gathers the ids asked for in one moment, and asks for all of them at once. */
export const bundled = (path: ListPath, key: string): ((id: string) => Promise<AnyRow | undefined>) => {
  let waiting = new Map<string, Promise<AnyRow | undefined>>()
  let bundle: Promise<ReadonlyMap<string, AnyRow>> | undefined
  const ask = async (): Promise<ReadonlyMap<string, AnyRow>> => {
    await new Promise(resolve => setTimeout(resolve, GATHER_MS))
    const ids = [...waiting.keys()]
    waiting = new Map()
    bundle = undefined
    const page = await get(path, { query: { [key]: ids, limit: String(BUNDLE_MAX) } })
    return new Map((page.items as readonly AnyRow[]).map(row => [String(row[key]), row]))
  }
  return id => {
    if (waiting.size >= BUNDLE_MAX && !waiting.has(id)) {
      waiting = new Map()
      bundle = undefined
    }
    bundle ??= ask()
    const found = waiting.get(id) ?? bundle.then(rows => rows.get(id))
    waiting.set(id, found)
    return found
  }
}

/** Rows by the texts that name them exactly. */
export type FindAll = (texts: readonly string[], within: QueryValues) => Promise<ReadonlyMap<string, AnyRow>>

/** Finds rows by their codes, whatever their case: all that are asked for in as few questions as fit. */
export const findingAll =
  (path: ListPath, code: string, choosable: (row: AnyRow) => boolean): FindAll =>
  async (texts, within) => {
    // The API knows a code as it stands: it is asked for as typed, and in capitals, as most houses write theirs.
    const codes = [...new Set(texts.flatMap(text => [text, text.toUpperCase()]))]
    const bundles = Array.from({ length: Math.ceil(codes.length / BUNDLE_MAX) }, (_, i) =>
      codes.slice(i * BUNDLE_MAX, (i + 1) * BUNDLE_MAX),
    )
    const pages = await Promise.all(
      bundles.map(bundle => get(path, { query: { ...within, [code]: bundle, limit: String(BUNDLE_MAX) } })),
    )
    const rows = pages.flatMap(({ items }) => items as readonly AnyRow[]).filter(choosable)
    const exact = new Map(rows.map(row => [String(row[code]), row]))
    const folded = new Map(rows.map(row => [plain(String(row[code])), row]))
    return new Map(
      texts.flatMap(text => {
        const row = exact.get(text) ?? folded.get(plain(text))
        return row ? [[text, row] as const] : []
      }),
    )
  }
