import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { useSay } from '../words/words.ts'
import { settleEntity } from './entity-chosen.ts'
import { EntityHere, entitiesQuery, useChosenEntity, useEntityInAddress } from './entity.tsx'
import type { LegalEntity } from './entity.tsx'
import { useSearchState } from './link.tsx'
import { Loading, Message, NotYours } from './messages.tsx'
import classes from './messages.module.css'
import { words } from './words.ts'

interface Props {
  readonly title: string
  /** Whether the screen may be opened in an entity. */
  readonly may: (entityId: string) => boolean
  readonly children: ReactNode
}

/** A screen of one legal entity: it says of which, its address names it, and where nobody chose one it asks. */
export const OfOneEntity = ({ title, may, children }: Props) => {
  const { data: entities = [], isPending } = useQuery(entitiesQuery)
  const [search] = useSearchState()
  const chosen = useChosenEntity()
  const settled = settleEntity({ entities, named: search['entityId'], chosen, may })
  useEntityInAddress(settled.kind === 'one' ? settled.entity.entityId : undefined)
  if (isPending) return <Loading />
  switch (settled.kind) {
    case 'none':
      return children
    case 'forbidden':
      return <NotYours />
    case 'ask':
      return <WhichEntity title={title} offered={settled.offered} />
    case 'one':
      return (
        <EntityHere value={settled.entity}>
          {entities.length > 1 && <p className={classes['company']}>{settled.entity.name}</p>}
          {/* What is typed for one company is not carried into another. */}
          <Fragment key={settled.entity.entityId}>{children}</Fragment>
        </EntityHere>
      )
  }
}

const WhichEntity = ({
  title,
  offered,
}: Pick<Props, 'title'> & { readonly offered: readonly LegalEntity[] }) => {
  const say = useSay()
  const [search, setSearch] = useSearchState()
  return (
    <>
      <h1 className={classes['asking']}>{title}</h1>
      <Message title={say(words.whichEntity)} hint={say(words.whichEntityHint)}>
        {offered.map(({ entityId, name }) => (
          <Button key={entityId} variant="default" onClick={() => setSearch({ ...search, entityId })}>
            {name}
          </Button>
        ))}
      </Message>
    </>
  )
}
