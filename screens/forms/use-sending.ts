import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Problem, send } from '../api/client.ts'
import { useOpen } from '../frame/link.tsx'
import { tell } from '../frame/tell.ts'
import { say } from '../words/words.ts'
import { isAnswered, isTaken } from './answers.ts'
import type { AnyForm } from './declaration.ts'
import type { useDraft } from './use-draft.ts'
import { PREVIEW } from './use-preview.ts'

interface Sent {
  readonly form: AnyForm
  readonly onDone?: (() => void) | undefined
}

type Kept = Pick<ReturnType<typeof useDraft>, 'current' | 'drop' | 'renew'>

/** Sends what stands in a form, under the key and against the revision of its draft. */
export const useSending = (
  { form, onDone }: Sent,
  { current: draft, drop, renew }: Kept,
  input: object | undefined,
) => {
  const client = useQueryClient()
  const open = useOpen()
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const underway = useRef(false)
  const refused = async (refusal: Problem): Promise<void> => {
    setProblem(refusal)
    if (isAnswered(refusal)) await renew(isTaken(refusal))
  }
  const submit = async (): Promise<void> => {
    if (!input || !draft || underway.current) return
    underway.current = true
    setBusy(true)
    try {
      // Another document does not mind how its model changes.
      const revision = form.makesAnother ? undefined : draft.began.revision
      const answer = await send(form.command, input, { key: draft.key, revision })
      setDone(true)
      drop()
      const [text, values] = form.done(answer, input)
      tell(say(text, values))
      onDone?.()
      if (form.opens) open(form.opens(input))
      // All may have changed but what the command would do: it is done.
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== PREVIEW })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      await refused(error)
      if (error.code === 'STALE_REVISION') await client.invalidateQueries({ queryKey: ['document'] })
    } finally {
      underway.current = false
      setBusy(false)
    }
  }
  return {
    busy,
    done,
    problem,
    refused: (refusal: Problem) => void refused(refusal),
    forget: () => setProblem(undefined),
    submit: () => void submit(),
  }
}
