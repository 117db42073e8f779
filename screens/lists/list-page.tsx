import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { maySend, maySendIn, useMe } from '../api/session.ts'
import { useEntity } from '../frame/entity.tsx'
import { Failed } from '../frame/messages.tsx'
import { isTyping } from '../frame/shortcuts.tsx'
import { useSay } from '../words/words.ts'
import { ActsBar } from './acts-bar.tsx'
import type { AnyList } from './declaration.ts'
import classes from './lists.module.css'
import { useRows, useTotals } from './rows.ts'
import { useSelection } from './selection.ts'
import { saidOf, useColumns, useListState } from './state.ts'
import { Table } from './table.tsx'
import { Toolbar } from './toolbar.tsx'
import { useFitting } from './use-fitting.ts'
import { words } from './words.ts'

/** A list as a page: what narrows it above, its rows or groups below. */
export const ListPage = ({ list }: { readonly list: AnyList }) => {
  const say = useSay()
  const state = useListState(list)
  const columns = useColumns(list, state)
  const rows = useRows(state.list, state.query)
  const totals = useTotals(list, state.query)
  const me = useMe()
  const acts = state.list.actions.filter(({ many, command }) => many && maySend(me, command))
  const fitting = useFitting(state.group ? state.list.columns : columns.shown, acts.length > 0)
  const selection = useSelection(state, rows.rows, !rows.hasNextPage)
  const entity = useEntity()
  const entityId = list.perEntity ? entity?.entityId : undefined
  const create = list.create && maySendIn(me, list.create.command, entityId) ? list.create : undefined
  useCreateKey(create?.to)
  return (
    <div className={classes['page']}>
      <Toolbar list={list} state={state} columns={columns} visible={fitting.columns} create={create} />
      {state.gone.length > 0 && (
        <p className={classes['gone']} role="status">
          {say(words.gone, {
            names: state.gone.map(name => saidOf(list, state.search, name, say)).join(', '),
          })}
          <Button variant="subtle" size="compact-xs" onClick={state.forget}>
            {say(words.dismiss)}
          </Button>
        </p>
      )}
      {rows.error && !rows.data ? (
        <Failed error={rows.error} again={() => void rows.refetch()} />
      ) : (
        <Table
          state={state}
          fitting={fitting}
          rows={rows}
          totals={totals}
          title={say(list.title)}
          {...(acts.length > 0 && { selection })}
        >
          {acts.length > 0 && <ActsBar list={list} acts={acts} selection={selection} />}
        </Table>
      )}
    </div>
  )
}

/** `n` opens the form of a new one. */
const useCreateKey = (to: string | undefined): void => {
  const navigate = useNavigate()
  useEffect(() => {
    if (to === undefined) return
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'n' || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      void navigate({ to })
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [to, navigate])
}
