/** Changes as they come, gathered into reads: the first is read at once, those that come meanwhile are the next read. */

/** Ids of what changed; undefined for all. */
export type Changed = readonly string[] | undefined

export interface Gathering {
  readonly add: (changed: Changed) => void
  readonly stop: () => void
}

/** After a read it rests as long as that took, so that a program with much to do is asked less. */
const REST_MS_MAX = 1_000

const rest = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

export const gather = (read: (changed: Changed) => Promise<void>): Gathering => {
  let waiting: { readonly ids: Set<string>; all: boolean } | undefined
  let reading = false
  const readOn = async (): Promise<void> => {
    reading = true
    while (waiting) {
      const { ids, all } = waiting
      waiting = undefined
      const began = performance.now()
      // What went wrong is shown where it was asked.
      await read(all ? undefined : [...ids]).catch(() => undefined)
      await rest(Math.min(performance.now() - began, REST_MS_MAX))
    }
    reading = false
  }
  return {
    add: changed => {
      waiting ??= { ids: new Set(), all: false }
      if (!changed) waiting.all = true
      for (const id of changed ?? []) waiting.ids.add(id)
      if (!reading) void readOn()
    },
    stop: () => {
      waiting = undefined
    },
  }
}
