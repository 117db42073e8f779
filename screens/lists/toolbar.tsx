import { Button, Menu, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useEntity } from '../frame/entity.tsx'
import { ScreenLink } from '../frame/link.tsx'
import { isTyping } from '../frame/shortcuts.tsx'
import { useSay } from '../words/words.ts'
import type { AnyRow } from '../shapes/row.ts'
import type { AnyList, Column } from './declaration.ts'
import { ExportMenu } from './export-menu.tsx'
import type { Format } from './export.ts'
import { FilterButton, RangeButton } from './filters.tsx'
import classes from './lists.module.css'
import type { ListState, useColumns } from './state.ts'
import { ViewsMenu } from './views-menu.tsx'
import { words } from './words.ts'

interface Props {
  readonly list: AnyList
  readonly state: ListState
  readonly columns: ReturnType<typeof useColumns>
  /** Those that there is room for. */
  readonly visible: readonly Column<AnyRow>[]
  readonly create: AnyList['create'] | undefined
}

export const Toolbar = ({ list, state, columns, visible, create }: Props) => {
  const say = useSay()
  return (
    <div className={classes['toolbar']}>
      <div className={classes['tools']}>
        <h1>{say(list.title)}</h1>
        {list.searchable && <SearchInput state={state} />}
        {list.filters.map(filter => (
          <FilterButton key={filter.field} filter={filter} state={state} />
        ))}
        {list.ranges.map(range => (
          <RangeButton key={range.field} range={range} state={state} />
        ))}
        {state.narrowed && (
          <Button variant="subtle" onClick={state.reset}>
            {say(words.reset)}
          </Button>
        )}
      </div>
      <div className={classes['tools']}>
        <ViewsMenu
          list={list}
          search={{ ...state.search, columns: columns.shown.map(({ field }) => field).join(',') }}
        />
        {list.groups.length > 0 && <GroupMenu list={list} state={state} />}
        {!state.group && <ColumnsMenu list={list} columns={columns} visible={visible} />}
        <ListExport list={list} state={state} columns={columns} />
        {create && (
          <Button component={ScreenLink} to={create.to}>
            {say(create.label)}
          </Button>
        )}
      </div>
    </div>
  )
}

const SETTLES_MS = 200

/** Searches once one stops typing. `/` comes here from anywhere in the list. */
const SearchInput = ({ state }: { readonly state: ListState }) => {
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  const asked = typeof state.search['search'] === 'string' ? state.search['search'] : ''
  const [typed, setTyped] = useState(asked)
  const latest = useRef(state)
  latest.current = state
  const sent = useRef(asked)
  useEffect(() => {
    if (asked !== sent.current) {
      // Another one is asked for by a view or a link.
      sent.current = asked
      setTyped(asked)
      return
    }
    if (typed === asked) return
    const timer = setTimeout(() => {
      sent.current = typed
      latest.current.change({ search: typed || undefined })
    }, SETTLES_MS)
    return () => clearTimeout(timer)
  }, [typed, asked])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== '/' || isTyping(event)) return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={say(words.search)}
      placeholder={`${say(words.search)} ( / )`}
      w={190}
      value={typed}
      onChange={event => setTyped(event.currentTarget.value)}
    />
  )
}

const GroupMenu = ({ list, state }: Pick<Props, 'list' | 'state'>) => {
  const say = useSay()
  const { group } = state
  const choose = (field: string | undefined): void => state.change({ group: field, sort: undefined })
  return (
    <Menu>
      <Menu.Target>
        <Button variant={group ? 'light' : 'default'}>
          {say(words.group)}
          {group && <span className={classes['filter-value']}>{say(group.label)}</span>}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={group?.field ?? null} onChange={choose}>
          {list.groups.map(({ field, label }) => (
            <Menu.RadioItem key={field} value={field} closeMenuOnClick>
              {say(label)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item disabled={!group} onClick={() => choose(undefined)}>
          {say(words.ungrouped)}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const ListExport = ({ list, state, columns }: Pick<Props, 'list' | 'state' | 'columns'>) => {
  const say = useSay()
  const entity = useEntity()
  const shown = state.group ? state.list.columns : columns.shown
  const named = { title: say(list.title), entity: list.perEntity ? entity : undefined }
  const save = async (format: Format): Promise<void> => {
    // Loaded once something is exported.
    const { exportList } = await import('./export.ts')
    await exportList(state, shown, { ...named, format })
  }
  return <ExportMenu onFormat={format => void save(format)} />
}

const ColumnsMenu = ({ list, columns, visible }: Pick<Props, 'list' | 'columns' | 'visible'>) => {
  const say = useSay()
  const isLeftOut = (column: Column<AnyRow>): boolean => columns.isShown(column) && !visible.includes(column)
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default">{say(words.columns)}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {list.columns.map(column => (
          <Menu.CheckboxItem
            key={column.field}
            checked={columns.isShown(column)}
            onChange={() => columns.toggle(column)}
          >
            {say(column.label)}
            {isLeftOut(column) && <small className={classes['left-out']}>{say(words.noRoom)}</small>}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={columns.reset}>{say(words.reset)}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
