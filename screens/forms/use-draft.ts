import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useMe } from '../api/session.ts'
import { entitiesQuery, useEntityHere, useOneEntity } from '../frame/entity.tsx'
import type { AnyRow } from '../shapes/row.ts'
import { today } from '../words/days.ts'
import type { AnyForm, Fill, Values } from './declaration.ts'
import { draftsOf, newDraft, renewed } from './drafts.ts'
import type { Began, Draft } from './drafts.ts'

/** What is typed into a form: begun once, kept with every change. */

export interface Beginning {
  readonly form: AnyForm
  /** The document that the command is about. */
  readonly subject?: AnyRow | undefined
  /** What keeps its typing apart from that of other documents. */
  readonly subjectId?: string | undefined
  readonly revision?: string | undefined
  /** Of the last event of the document. */
  readonly ordinal?: number
}

interface Begun {
  /** Whose draft it is, and of what: shown and sent nowhere else. */
  readonly place: string
  readonly draft: Draft
  /** It was typed before. */
  readonly restored: boolean
  /** What was begun in another window. */
  readonly offered?: Draft | undefined
}

export const useDraft = ({ form, subject, subjectId, revision, ordinal = 0 }: Beginning) => {
  const { userId } = useMe()
  const entity = useOneEntity()
  // A log may have no entity yet: what belongs to none can be begun all the same.
  const { isSuccess: entitiesKnown } = useQuery(entitiesQuery)
  const here = useEntityHere()
  const place = [userId, form.command, subjectId ?? here?.entityId ?? ''].join('.')
  const drafts = draftsOf(place)
  const [state, setState] = useState<Begun>()
  const begun = state?.place === place ? state : undefined
  const valuesNow = async (): Promise<Values> =>
    form.begin({ entity, today: today(entity?.timeZone), userId }, subject)
  const begin = async (offered?: Draft): Promise<void> => {
    const draft = newDraft({ values: await valuesNow(), revision, ordinal })
    setState({ place, draft, restored: false, offered })
  }
  useEffect(() => {
    // Begun once: what came meanwhile does not undo what is typed.
    if (begun || !entitiesKnown) return
    const own = drafts.own()
    if (own) setState({ place, draft: own, restored: true })
    else void begin(drafts.other())
  }, [place, entitiesKnown])
  const change = (changed: (known: Draft) => Draft): void =>
    setState(known => {
      // What comes late for another person's form, or another entity's, is nothing to this one.
      if (known?.place !== place) return known
      const draft = changed(known.draft)
      drafts.keep(draft)
      return { ...known, draft }
    })
  const set: Fill = changes =>
    change(known => {
      const { values } = known
      return {
        ...known,
        values: { ...values, ...(typeof changes === 'function' ? changes(values) : changes) },
      }
    })
  return {
    values: begun?.draft.values,
    current: begun?.draft,
    restored: begun?.restored ?? false,
    offered: begun?.offered,
    set,
    see: (began: Began) => change(known => ({ ...known, began })),
    drop: () => begun && drafts.drop(begun.draft),
    /**
     * What was refused is answered: what is sent next, mended, is another command, and where its ids are taken,
     * about something else.
     */
    renew: async (areTaken: boolean) => {
      const fresh = areTaken ? await valuesNow() : {}
      change(known => renewed(known, fresh))
    },
    startAnew: () => {
      if (begun) drafts.drop(begun.draft)
      void begin()
    },
    /** Goes on with what was begun in another window, or leaves it. */
    takeUp: (draft: Draft) => {
      drafts.keep(draft)
      setState({ place, draft, restored: true })
    },
    leave: (draft: Draft) => {
      drafts.drop(draft)
      setState(known => known && { ...known, offered: undefined })
    },
  }
}
