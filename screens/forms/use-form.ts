import { useState } from 'react'
import type { CommandAnswer, FieldProblem, Problem } from '../api/client.ts'
import { say } from '../words/words.ts'
import { isTaken } from './answers.ts'
import { placeOf, sentRows, toldBeside } from './beside.ts'
import type { Fill, Values } from './declaration.ts'
import type { Began, Draft } from './drafts.ts'
import { readable } from './input.ts'
import { isMissing } from './missing.ts'
import { useAsked } from './use-asked.ts'
import { useDraft } from './use-draft.ts'
import type { Beginning } from './use-draft.ts'
import { usePreview } from './use-preview.ts'
import { useSending } from './use-sending.ts'
import { words } from './words.ts'

/** A form at work: what is typed and kept, what the command would do, and its sending. */

interface Options extends Beginning {
  readonly onDone?: () => void
}

export interface FormAtWork {
  readonly values: Values | undefined
  readonly restored: boolean
  /** What was begun in another window, and is taken up or left. */
  readonly offered: Draft | undefined
  readonly takeUp: (draft: Draft) => void
  readonly leave: (draft: Draft) => void
  /** What it began from. */
  readonly began: Began | undefined
  /** What it is sent against from now on: a newer state was seen. */
  readonly see: (began: Began) => void
  readonly set: Fill
  readonly startAnew: () => void
  readonly input: object | undefined
  /** Of exactly this input. */
  readonly previewed: CommandAnswer | undefined
  readonly problem: Problem | undefined
  readonly errorOf: (field: string) => string | undefined
  readonly touch: (field: string) => void
  /** Sending was asked for in vain: every field says at once what is wrong with it. */
  readonly insists: boolean
  readonly busy: boolean
  /** Sent and recorded. */
  readonly done: boolean
  /** Told while a choice waits for the server, and when it does no longer. */
  readonly onWaiting: (by: 1 | -1) => void
  /** Sends what is whole, once no choice waits and its preview has come; else says what is missing or refused. */
  readonly submit: () => void
}

export const useForm = (options: Options): FormAtWork => {
  const { form, subject } = options
  const draft = useDraft(options)
  const { values } = draft
  const input = values && form.input(values, subject)
  const text = JSON.stringify(input)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const sending = useSending(options, draft, input)
  const revision = draft.current?.began.revision
  const preview = usePreview(form.command, sending.done ? undefined : text, revision)
  const asked = useAsked(text, preview, {
    send: sending.submit,
    // What is taken is made anew once it is asked for, and said; any other refusal stands as long as what it is of.
    refused: () => preview.problem && isTaken(preview.problem) && sending.refused(preview.problem),
  })
  const problem = sending.problem ?? preview.problem
  const shown = (error: FieldProblem): boolean =>
    sending.problem !== undefined ||
    asked.inVain ||
    touched.has(error.field) ||
    touched.has(error.field.split('.')[0] ?? '')
  const rows = sentRows(form.lines, readable(values ?? {}))
  return {
    values,
    restored: draft.restored,
    offered: draft.offered,
    takeUp: draft.takeUp,
    leave: draft.leave,
    began: draft.current?.began,
    see: draft.see,
    set: changes => {
      sending.forget()
      draft.set(changes)
    },
    startAnew: draft.startAnew,
    input,
    previewed: preview.answer,
    problem,
    errorOf: field => {
      const error = problem?.errors.find(
        each => placeOf(each.field, form.lines, rows) === field && shown(each),
      )
      if (error) return toldBeside(error.detail ?? error.expected)
      const isLacking = asked.inVain && input === undefined && values && isMissing(form, values, field)
      return isLacking ? say(words.needed) : undefined
    },
    touch: field => setTouched(known => (known.has(field) ? known : new Set(known).add(field))),
    insists: asked.inVain,
    busy: sending.busy || asked.isAwaited,
    done: sending.done,
    onWaiting: asked.onWaiting,
    submit: () => {
      sending.forget()
      asked.submit()
    },
  }
}
