import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { preview, Problem, send } from '../api/client.ts'
import type { CommandAnswer, FieldProblem } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import { entitiesQuery, useEntityHere, useOneEntity } from '../frame/entity.tsx'
import { useOpen } from '../frame/link.tsx'
import { tell } from '../frame/tell.ts'
import type { AnyRow } from '../shapes/row.ts'
import { today } from '../shapes/parsed-input.tsx'
import { say } from '../words/words.ts'
import type { AnyForm, Fill, Values } from './declaration.ts'
import { placeOf, toldBeside } from './beside.ts'
import { isMissing } from './missing.ts'
import { words } from './words.ts'
import { dropDraft, keepDraft, keptDraft, newDraft } from './drafts.ts'
import { newId } from './ids.ts'
import type { Began, Draft } from './drafts.ts'

/** A form at work: what is typed and kept, what the command would do, and its sending. */

interface Options {
  readonly form: AnyForm
  /** The document that the command is about. */
  readonly subject?: AnyRow | undefined
  /** What keeps its typing apart from that of other documents. */
  readonly subjectId?: string | undefined
  readonly revision?: string | undefined
  /** Of the last event of the document. */
  readonly ordinal?: number
  readonly onDone?: () => void
}

export interface FormAtWork {
  readonly values: Values | undefined
  readonly restored: boolean
  /** What it began from. */
  readonly began: Began | undefined
  /** What it is sent against from now on: a newer state was seen. */
  readonly see: (began: Began) => void
  readonly set: Fill
  readonly startAnew: () => void
  readonly input: object | undefined
  readonly previewed: CommandAnswer | undefined
  readonly problem: Problem | undefined
  readonly errorOf: (field: string) => string | undefined
  readonly touch: (field: string) => void
  readonly busy: boolean
  /** Sent and recorded. */
  readonly done: boolean
  /** Told while a choice waits for the server, and when it does no longer. */
  readonly onWaiting: (by: 1 | -1) => void
  /** Sends what is whole, once no choice waits; else says what is missing. */
  readonly submit: () => void
}

/** The preview follows what is typed once it rests so long. */
const RESTS_MS = 250

export const useForm = (options: Options): FormAtWork => {
  const { form, subject } = options
  const draft = useDraft(options)
  const { values } = draft
  const input = values && form.input(values, subject)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const sending = useSending(options, draft, input)
  const previewed = usePreview(form, sending.done ? undefined : input)
  const problem = sending.problem ?? previewed.problem
  const asked = useAsked(input !== undefined, sending.submit)
  const shown = (error: FieldProblem): boolean =>
    sending.problem !== undefined || touched.has(error.field) || touched.has(error.field.split('.')[0] ?? '')
  return {
    values,
    restored: draft.restored,
    began: draft.current?.began,
    see: draft.see,
    set: changes => {
      sending.forget()
      draft.set(changes)
    },
    startAnew: draft.startAnew,
    input,
    previewed: previewed.answer,
    problem,
    errorOf: field => {
      const error = problem?.errors.find(each => placeOf(each.field, form.lines) === field && shown(each))
      if (error) return toldBeside(error.detail ?? error.expected)
      return asked.inVain && values && isMissing(form, values, field) ? say(words.needed) : undefined
    },
    touch: field => setTouched(known => (known.has(field) ? known : new Set(known).add(field))),
    busy: sending.busy,
    done: sending.done,
    onWaiting: asked.onWaiting,
    submit: asked.submit,
  }
}

/** Whether sending was asked for: done once no choice waits for the server, and in vain where something is missing. */
const useAsked = (whole: boolean, send: () => void) => {
  const [waiting, setWaiting] = useState(0)
  const [asked, setAsked] = useState(false)
  const [inVain, setInVain] = useState(false)
  useEffect(() => {
    if (!asked || waiting > 0) return
    setAsked(false)
    setInVain(!whole)
    if (whole) send()
  }, [asked, waiting])
  return {
    inVain: inVain && !whole,
    onWaiting: (by: 1 | -1) => setWaiting(known => known + by),
    submit: () => setAsked(true),
  }
}

/** What is typed: begun once, kept with every change. */
const useDraft = ({ form, subject, subjectId, revision, ordinal = 0 }: Options) => {
  const { userId } = useMe()
  const entity = useOneEntity()
  // A log may have no entity yet: what belongs to none can be begun all the same.
  const { isSuccess: entitiesKnown } = useQuery(entitiesQuery)
  const here = useEntityHere()
  const name = [form.command, subjectId ?? here?.entityId].filter(Boolean).join('.')
  const [draft, setDraft] = useState<Draft | undefined>(() => keptDraft(userId, name))
  const [restored, setRestored] = useState(draft !== undefined)
  const ready = draft !== undefined || entitiesKnown
  const begin = async (): Promise<void> => {
    const values = await form.begin({ entity, today: today(), userId }, subject)
    setDraft(newDraft({ values, revision, ordinal }))
  }
  useEffect(() => {
    if (draft === undefined && ready) void begin()
    // Begun once: what came meanwhile does not undo what is typed.
  }, [ready])
  const change = (changed: (known: Draft) => Draft): void =>
    setDraft(known => {
      if (!known) return known
      const next = changed(known)
      keepDraft(userId, name, next)
      return next
    })
  return {
    values: draft?.values,
    current: draft,
    restored,
    set: (changes: Parameters<Fill>[0]) =>
      change(known => {
        const { values } = known
        return {
          ...known,
          values: { ...values, ...(typeof changes === 'function' ? changes(values) : changes) },
        }
      }),
    see: (began: Began) => change(known => ({ ...known, began })),
    drop: () => dropDraft(userId, name),
    /** What was refused is answered: what is sent next, mended, is another command. */
    renewKey: () => change(known => ({ ...known, key: newId() })),
    startAnew: () => {
      dropDraft(userId, name)
      setRestored(false)
      void begin()
    },
  }
}

const PREVIEW = 'preview'

const usePreview = (form: AnyForm, input: object | undefined) => {
  const [rested, setRested] = useState<object>()
  const text = JSON.stringify(input)
  useEffect(() => {
    const timer = setTimeout(() => setRested(input), RESTS_MS)
    return () => clearTimeout(timer)
    // The text says all that the input does.
  }, [text])
  const { data, error } = useQuery({
    queryKey: [PREVIEW, form.command, useDeferredValue(rested)],
    enabled: rested !== undefined && input !== undefined,
    retry: false,
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => preview(form.command, rested, signal),
  })
  const present = input === undefined ? undefined : data
  return { answer: present, problem: input !== undefined && error instanceof Problem ? error : undefined }
}

/** Answers that say nothing of the command itself: it is sent again as it is. */
const NO_ANSWER: ReadonlySet<number> = new Set([401, 408, 429])
const isAnswered = ({ status }: Problem): boolean => status >= 400 && status < 500 && !NO_ANSWER.has(status)

const useSending = (
  { form, onDone }: Options,
  { current: draft, drop, renewKey }: Pick<ReturnType<typeof useDraft>, 'current' | 'drop' | 'renewKey'>,
  input: object | undefined,
) => {
  const client = useQueryClient()
  const open = useOpen()
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const underway = useRef(false)
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
      setProblem(error)
      if (isAnswered(error)) renewKey()
      if (error.code === 'STALE_REVISION') await client.invalidateQueries({ queryKey: ['document'] })
    } finally {
      underway.current = false
      setBusy(false)
    }
  }
  return { busy, done, problem, forget: () => setProblem(undefined), submit: () => void submit() }
}
