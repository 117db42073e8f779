import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Problem, send } from '../api/client.ts'
import type { Action } from '../documents/declaration.ts'
import type { Beginning, Values } from '../forms/declaration.ts'
import { newId } from '../forms/ids.ts'
import type { AnyRow } from '../shapes/row.ts'
import { say } from '../words/words.ts'
import { words } from './words.ts'

/**
 * One act on many documents: sent for one after the other by the public API, each under a key of its own that makes a
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

/** The session ended, or too much was asked: nothing was decided, and the same can be sent again. */
const isForLater = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 401 || error.status === 429)

type Outcome = Omit<RunLine, 'row' | 'key'>

/** Sends the act for one document. @throws whatever decided nothing */
const actOn = async (
  { form }: Action<AnyRow>,
  { row, key }: RunLine,
  { typed, beginning }: { readonly typed: Values; readonly beginning: Beginning },
): Promise<Outcome> => {
  const input = form.input({ ...(await form.begin(beginning, row)), ...typed }, row)
  if (!input) return { state: 'refused', said: say(words.incomplete) }
  try {
    const answer = await send(form.command, input, { key })
    const opens = form.opens && { opens: form.opens(input) }
    if (answer.outcome === 'nothing') return { state: 'done', said: say(words.alreadyDone), ...opens }
    return { state: 'done', said: say(...form.done(answer, input)), ...opens }
  } catch (error) {
    if (!(error instanceof Problem) || isForLater(error)) throw error
    return { state: 'refused', said: error.message }
  }
}

/** @param typed what the act asks for all of the documents together */
export const useRun = (
  action: Action<AnyRow>,
  rows: readonly AnyRow[],
  asked: { readonly typed: Values; readonly beginning: Beginning },
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
      for (const line of lines) {
        if (stopped.current) break
        if (line.state !== 'waits') continue
        set(line.key, { state: 'underway' })
        try {
          set(line.key, await actOn(action, line, asked))
        } catch (error) {
          set(line.key, { state: 'waits' })
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
