import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '../api/session.ts'
import type { AnyForm, Values } from '../forms/declaration.ts'
import { useOneEntity } from '../frame/entity.tsx'
import { today } from '../shapes/parsed-input.tsx'
import type { AnyRow } from '../shapes/row.ts'
import type { StoryEvent } from './story.ts'

/**
 * Two at work on one document. A form is sent against the revision that its person has seen; what others did since is
 * shown to them, and what stands in the form is joined with it, field by field: neither version is lost unseen.
 */

interface Seen {
  readonly row: AnyRow
  readonly revision: string | undefined
  /** Of the last event known then. */
  readonly ordinal: number
}

/** What the person at the form has seen of the document, and what came since. */
export const useMeanwhile = (row: AnyRow, revision: string | undefined, story: readonly StoryEvent[]) => {
  const present: Seen = { row, revision, ordinal: story.at(-1)?.ordinal ?? 0 }
  const [seen, setSeen] = useState(present)
  return {
    seen,
    since: story.filter(({ ordinal }) => ordinal > seen.ordinal),
    isNew: seen.revision !== revision,
    see: () => setSeen(present),
  }
}

/** What a form begins with from a state of its document. */
export const useBegun = (
  form: AnyForm,
  { row, revision }: Pick<Seen, 'row' | 'revision'>,
): Values | undefined => {
  const { userId } = useMe()
  const entity = useOneEntity()
  const { data } = useQuery({
    queryKey: ['begun', form.command, row, revision],
    staleTime: Infinity,
    queryFn: async () => form.begin({ entity, today: today(), userId }, row),
  })
  return data
}
