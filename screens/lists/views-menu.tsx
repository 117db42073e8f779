import { Button } from '@mantine/core'
import { KeptMenu } from '../frame/kept-menu.tsx'
import type { Search } from '../frame/link.tsx'
import { useSay } from '../words/words.ts'
import type { AnyList } from './declaration.ts'
import classes from './lists.module.css'
import { useViews } from './views.ts'
import { viewWords, words } from './words.ts'

interface Props {
  readonly list: AnyList
  /** What the address would ask with the columns that are shown. */
  readonly search: Search
}

/** Views that are kept, one's own and the team's, and what keeps the present one. */
export const ViewsMenu = ({ list, search }: Props) => {
  const say = useSay()
  const { views, shown, open, keep, remove } = useViews(list)
  return (
    <KeptMenu
      words={viewWords}
      target={
        <Button variant={shown ? 'light' : 'default'} className={classes['filter']}>
          {say(words.views)}
          {shown && <span className={classes['filter-value']}>{shown.name}</span>}
        </Button>
      }
      all={views}
      chosen={shown}
      isShown
      onTake={open}
      onKeep={(named, id, changed) => keep({ ...named, search: changed?.search ?? search }, id)}
      onRemove={remove}
    />
  )
}
