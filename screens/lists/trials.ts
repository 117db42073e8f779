import { useEffect, useState } from 'react'
import { getDocument, preview, Problem } from '../api/client.ts'
import type { RecordedEvent } from '../api/client.ts'
import type { Action } from '../documents/declaration.ts'
import type { Beginning, Values } from '../forms/declaration.ts'
import type { AnyRow } from '../shapes/row.ts'
import { say } from '../words/words.ts'
import type { AnyList } from './declaration.ts'
import { words } from './words.ts'

/**
 * What an act would do with each of many documents, tried one after the other before any of them is sent: nothing is
 * recorded. What is sent later is what was tried, against the revision that it was tried on.
 */

export interface Trial {
  readonly input?: object
  readonly revision?: string | undefined
  readonly events: readonly RecordedEvent[]
  /** Why it would be refused. */
  readonly refusal?: string
}

/** The session ended, or too much was asked: nothing was decided, and the same can be asked again. */
export const isForLater = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 401 || error.status === 429)

export interface Asked {
  /** What the act asks for all of the documents together. */
  readonly typed: Values
  readonly beginningOf: (row: AnyRow) => Beginning
}

/** Tries the act on one document, as it stands now. @throws whatever decided nothing */
const tryOn = async (
  { document, key }: AnyList,
  { form }: Action<AnyRow>,
  { row, asked, signal }: { readonly row: AnyRow; readonly asked: Asked; readonly signal: AbortSignal },
): Promise<Trial> => {
  try {
    const read = document && (await getDocument(document, String(row[key]), signal))
    const present = (read?.row as AnyRow | undefined) ?? row
    const input = form.input(
      { ...(await form.begin(asked.beginningOf(present), present)), ...asked.typed },
      present,
    )
    if (!input) return { events: [], refusal: say(words.incomplete) }
    const { events } = await preview(form.command, input, signal)
    return { input, revision: form.makesAnother ? undefined : read?.revision, events }
  } catch (error) {
    if (!(error instanceof Problem) || isForLater(error)) throw error
    return { events: [], refusal: error.message }
  }
}

/** What is typed for all of them is tried once it rests so long. */
const RESTS_MS = 250
const AGAIN_MS = 2_000

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** @param asked undefined while something that the act needs is missing */
export const useTrials = (
  list: AnyList,
  action: Action<AnyRow>,
  rows: readonly AnyRow[],
  asked: Asked | undefined,
): ReadonlyMap<AnyRow, Trial> => {
  const [trials, setTrials] = useState<ReadonlyMap<AnyRow, Trial>>(new Map())
  const text = asked && JSON.stringify(asked.typed)
  useEffect(() => {
    setTrials(new Map())
    if (!asked) return
    const stopped = new AbortController()
    const { signal } = stopped
    const tryAll = async (): Promise<void> => {
      await pause(RESTS_MS)
      for (const row of rows) {
        for (let trial: Trial | undefined; !trial;) {
          if (signal.aborted) return
          trial = await tryOn(list, action, { row, asked, signal }).catch(() => undefined)
          if (signal.aborted) return
          if (trial) setTrials(known => new Map(known).set(row, trial))
          else await pause(AGAIN_MS)
        }
      }
    }
    void tryAll()
    return () => stopped.abort()
    // The text says all that is asked; the rows are those that were chosen.
  }, [text])
  return trials
}
