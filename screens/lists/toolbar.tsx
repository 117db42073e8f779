import { Button, Checkbox, Menu, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { ScreenLink } from '../frame/link.tsx'
import { isTyping } from '../frame/shortcuts.tsx'
import { useSay } from '../words/words.ts'
import type { AnyList } from './declaration.ts'
import { exportRows } from './export.ts'
import { FilterButton, RangeButton } from './filters.tsx'
import classes from './lists.module.css'
import type { ListState, useColumns } from './state.ts'
import { words } from './words.ts'

interface Props {
  readonly list: AnyList
  readonly state: ListState
  readonly columns: ReturnType<typeof useColumns>
  readonly create: AnyList['create'] | undefined
}

export const Toolbar = ({ list, state, columns, create }: Props) => {
  const say = useSay()
  return (
    <div className={classes['toolbar']}>
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
      <span className={classes['space']} />
      <ColumnsMenu list={list} columns={columns} />
      <Button variant="default" onClick={() => void exportRows(list, columns.shown, state.query)}>
        {say(words.export)}
      </Button>
      {create && (
        <Button component={ScreenLink} to={create.to}>
          {say(create.label)}
        </Button>
      )}
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
  useEffect(() => {
    if (typed === asked) return
    const timer = setTimeout(() => latest.current.change({ search: typed || undefined }), SETTLES_MS)
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

const ColumnsMenu = ({ list, columns }: Pick<Props, 'list' | 'columns'>) => {
  const say = useSay()
  return (
    <Menu position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="default">{say(words.columns)}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {list.columns.map(column => (
          <Menu.Item
            key={column.field}
            role="menuitemcheckbox"
            aria-checked={columns.isShown(column)}
            onClick={() => columns.toggle(column)}
            leftSection={
              <Checkbox.Indicator size="xs" checked={columns.isShown(column)} aria-hidden="true" />
            }
          >
            {say(column.label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={columns.reset}>{say(words.reset)}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
