import { useEffect, useRef, useState } from 'react'
import { isAnswered } from './answers.ts'
import type { Previewing } from './use-preview.ts'

/** Sending, asked for: done once no choice waits for the server and what would be recorded is known; else in vain. */

interface Acts {
  readonly send: () => void
  /** The preview is a refusal: nothing is sent. */
  readonly refused: () => void
}

/** @param input the present input as JSON; undefined while something it needs is missing, or cannot be read */
export const useAsked = (input: string | undefined, preview: Previewing, { send, refused }: Acts) => {
  const [waiting, setWaiting] = useState(0)
  const [asked, setAsked] = useState(false)
  const [inVain, setInVain] = useState(false)
  /** What the preview is awaited of. */
  const awaited = useRef<string>(undefined)
  const { answer, problem } = preview
  useEffect(() => {
    if (!asked || waiting > 0) return
    // Whoever types on has asked for something else than what stands there now.
    const isOther = awaited.current !== undefined && awaited.current !== input
    awaited.current = input
    if (input !== undefined && !isOther && !answer && !problem) return preview.hurry()
    awaited.current = undefined
    setAsked(false)
    if (isOther) return
    setInVain(!answer)
    if (answer) send()
    else if (problem) refused()
  }, [asked, waiting, input, answer, problem])
  return {
    inVain,
    /** Asked for, and awaited. */
    isAwaited: asked && input !== undefined,
    onWaiting: (by: 1 | -1) => setWaiting(known => known + by),
    submit: () => {
      if (problem && !isAnswered(problem)) preview.again()
      setAsked(true)
    },
  }
}
