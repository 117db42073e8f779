import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Problem, send } from '../api/client.ts'
import type { Action } from '../documents/declaration.ts'
import { newId } from '../forms/ids.ts'
import type { AnyRow } from '../shapes/row.ts'
import { say } from '../words/words.ts'
import { isForLater } from './trials.ts'
import type { Trial } from './trials.ts'
import { words } from './words.ts'

/**
 * One act on many documents, each tried before: sent for one after the other by the public API, each under a key of its own that makes a
 * repeat harmless. It can be stopped between two of them and goes on where it was.
 */

export interface RunLine {
  readonly row: AnyRow
  /** Of its command: the same for each try. */
  readonly key: string
  readonly state: 'waits' | 'underway' | 'done' | 'refused'
  /** What happened, in words. */
  readonly said?: string
  /** Where what it made opens. */
  readonly opens?: string
}

export interface Run {
  readonly lines: readonly RunLine[]
  readonly running: boolean
  readonly begun: boolean
  readonly start: () => void
  readonly stop: () => void
}

type Outcome = Omit<RunLine, 'row' | 'key'>

/** Sends for one document what was tried, against the revision that it was tried on. @throws whatever decided nothing */
const actOn = async (
  { form }: Action<AnyRow>,
  key: string,
  { input, revision, refusal }: Trial,
): Promise<Outcome> => {
  if (!input) return { state: 'refused', said: refusal ?? say(words.incomplete) }
  try {
    const answer = await send(form.command, input, { key, revision })
    const opens = form.opens && { opens: form.opens(input) }
    if (answer.outcome === 'nothing') return { state: 'done', said: say(words.alreadyDone), ...opens }
    return { state: 'done', said: say(...form.done(answer, input)), ...opens }
  } catch (error) {
    if (!(error instanceof Problem) || isForLater(error)) throw error
    return { state: 'refused', said: error.message }
  }
}

/** @param trials what the act would do with each of them */
export const useRun = (
  action: Action<AnyRow>,
  rows: readonly AnyRow[],
  trials: ReadonlyMap<AnyRow, Trial>,
): Run => {
  const client = useQueryClient()
  const [lines, setLines] = useState<readonly RunLine[]>(() =>
    rows.map(row => ({ row, key: newId(), state: 'waits' })),
  )
  const [running, setRunning] = useState(false)
  const [begun, setBegun] = useState(false)
  const stopped = useRef(false)
  useStopOnLeaving(stopped, running)
  const set = (key: string, outcome: Outcome): void =>
    setLines(known => known.map(line => (line.key === key ? { ...line, ...outcome } : line)))
  const run = async (): Promise<void> => {
    stopped.current = false
    setBegun(true)
    setRunning(true)
    try {
      for (const { row, key, state } of lines) {
        if (stopped.current) break
        const trial = trials.get(row)
        if (state !== 'waits' || !trial) continue
        set(key, { state: 'underway' })
        try {
          set(key, await actOn(action, key, trial))
        } catch (error) {
          set(key, { state: 'waits' })
          if (!isForLater(error)) throw error
          break
        }
      }
    } finally {
      setRunning(false)
      await client.invalidateQueries()
    }
  }
  return {
    lines,
    running,
    begun,
    start: () => void run(),
    stop: () => {
      stopped.current = true
    },
  }
}

/** Who leaves the page leaves the rest unsent, and is asked first. */
const useStopOnLeaving = (stopped: { current: boolean }, running: boolean): void => {
  useEffect(() => () => void (stopped.current = true), [stopped])
  useEffect(() => {
    if (!running) return
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [running])
}
