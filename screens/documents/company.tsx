import { useEntities, useEntityOf } from '../frame/entity.tsx'
import { useSay } from '../words/words.ts'
import { words } from './words.ts'

/** Whose document it is, among its facts, where there are several that it could be of. */
export const Company = ({ entityId }: { readonly entityId: unknown }) => {
  const say = useSay()
  const several = useEntities().length > 1
  const entity = useEntityOf(entityId)
  if (!several || !entity) return null
  return (
    <div>
      <dt>{say(words.company)}</dt>
      <dd>{entity.name}</dd>
    </div>
  )
}
