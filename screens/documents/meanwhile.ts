import { useQuery } from '@tanstack/react-query'
import { useMe } from '../api/session.ts'
import type { AnyForm, Values } from '../forms/declaration.ts'
import { useOneEntity } from '../frame/entity.tsx'
import type { AnyRow } from '../shapes/row.ts'
import { today } from '../words/days.ts'

/**
 * Two at work on one document. A form is sent against the revision that its person has seen, also one that was typed
 * yesterday and is opened again; what others did since is shown to them, and what stands in the form is joined with it,
 * field by field: neither version is lost unseen.
 */

/** What a form would begin with now, once its document is no longer the one that it began from. */
export const useTheirs = (
  form: AnyForm,
  subject: AnyRow,
  { revision, isNew }: { readonly revision: string | undefined; readonly isNew: boolean },
): Values | undefined => {
  const { userId } = useMe()
  const entity = useOneEntity()
  const { data } = useQuery({
    queryKey: ['begun', form.command, subject, revision],
    enabled: isNew,
    staleTime: Infinity,
    queryFn: async () => form.begin({ entity, today: today(entity?.timeZone), userId }, subject),
  })
  return isNew ? data : undefined
}
