import { Button, Menu } from '@mantine/core'
import { Fragment, Suspense, lazy, useState } from 'react'
import type { Search } from '../frame/link.tsx'
import { useSay } from '../words/words.ts'
import type { AnyList } from './declaration.ts'
import classes from './lists.module.css'
import { useViews } from './views.ts'
import type { View } from './views.ts'
import { words } from './words.ts'

/** Loaded once a view is kept. */
const KeepDialog = lazy(async () => ({ default: (await import('../frame/keep-dialog.tsx')).KeepDialog }))

interface Props {
  readonly list: AnyList
  /** What the address would ask with the columns that are shown. */
  readonly search: Search
}

/** Views that are kept, one's own and the team's, and what keeps the present one. */
export const ViewsMenu = ({ list, search }: Props) => {
  const say = useSay()
  const work = useViews(list)
  const [kept, setKept] = useState<{ readonly view?: View }>()
  const { views, shown } = work
  const groups = [
    { label: words.myViews, views: views.filter(({ mine }) => mine) },
    { label: words.teamViews, views: views.filter(({ mine }) => !mine) },
  ].filter(group => group.views.length > 0)
  return (
    <>
      <Menu width={280}>
        <Menu.Target>
          <Button variant={shown ? 'light' : 'default'} className={classes['filter']}>
            {say(words.views)}
            {shown && <span className={classes['filter-value']}>{shown.name}</span>}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={shown?.id ?? null}>
            {groups.map(group => (
              <Fragment key={group.label}>
                <Menu.Label>{say(group.label)}</Menu.Label>
                {group.views.map(view => (
                  <Menu.RadioItem
                    key={view.id}
                    value={view.id}
                    closeMenuOnClick
                    rightSection={
                      view.ownerName && <span className={classes['owner']}>{view.ownerName}</span>
                    }
                    onChange={() => work.open(view)}
                  >
                    {view.name}
                  </Menu.RadioItem>
                ))}
              </Fragment>
            ))}
          </Menu.RadioGroup>
          {groups.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setKept({})}>{say(words.keepView)}</Menu.Item>
          {shown?.mine && (
            <Menu.Item onClick={() => setKept({ view: shown })}>
              {say(words.changeView, { name: shown.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {kept && (
        <Suspense>
          <KeepDialog
            title={kept.view ? words.changeViewTitle : words.keepViewTitle}
            label={words.viewName}
            replaces={words.viewReplaced}
            kept={kept.view}
            others={views}
            onKeep={(named, id) => work.keep({ ...named, search: kept.view?.search ?? search }, id)}
            onRemove={work.remove}
            onClose={() => setKept(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}
