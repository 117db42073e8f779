import { Button, Progress } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '../api/session.ts'
import type { Action } from '../documents/declaration.ts'
import type { Field, Values } from '../forms/declaration.ts'
import { words as formWords } from '../forms/words.ts'
import { SideDialog } from '../frame/dialogs.tsx'
import { useOneEntity } from '../frame/entity.tsx'
import { ScreenLink } from '../frame/link.tsx'
import { ParsedInput, today } from '../shapes/parsed-input.tsx'
import type { AnyRow } from '../shapes/row.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { AnyList } from './declaration.ts'
import classes from './lists.module.css'
import { useRun } from './run.ts'
import type { Run, RunLine } from './run.ts'
import { words } from './words.ts'

interface Props {
  readonly list: AnyList
  readonly act: Action<AnyRow>
  readonly rows: readonly AnyRow[]
  readonly onClose: () => void
}

const WIDTH = 620

/** One act on many documents: what it asks for all of them, then how each of them went. */
export const RunDrawer = ({ list, act, rows, onClose }: Props) => {
  const say = useSay()
  const formats = useFormats()
  const { userId } = useMe()
  const entity = useOneEntity()
  const beginning = { entity, today: today(), userId }
  const [typed, setTyped] = useState<Values>(() => defaultsOf(act.form.fields))
  const run = useRun(act, rows, { typed, beginning })
  const title = say(words.actOn, {
    act: say(act.form.title),
    count: rows.length,
    shown: formats.count(rows.length),
  })
  const close = (): void => {
    run.stop()
    onClose()
  }
  return (
    <SideDialog opened onClose={close} width={WIDTH} title={title}>
      <form
        className={classes['run']}
        noValidate
        onSubmit={event => {
          event.preventDefault()
          run.start()
        }}
      >
        {run.begun ? (
          <HowFar run={run} />
        ) : (
          <>
            <p className={classes['quiet']}>{say(words.oneByOne)}</p>
            <Asked fields={act.form.fields} typed={typed} set={setTyped} />
          </>
        )}
        <ul className={classes['run-lines']}>
          {run.lines.map(line => (
            <Done key={line.key} list={list} line={line} begun={run.begun} running={run.running} />
          ))}
        </ul>
        <Foot act={act} run={run} ready={isWhole(act.form.fields, typed)} onClose={close} />
      </form>
    </SideDialog>
  )
}

/** Days are today's until another one is typed. */
const defaultsOf = (fields: readonly Field[]): Values =>
  Object.fromEntries(fields.flatMap(({ name, as }) => (as.kind === 'day' ? [[name, today()]] : [])))

const isWhole = (fields: readonly Field[], typed: Values): boolean =>
  fields.every(({ name, optional }) => optional === true || (typed[name] ?? '') !== '')

const Asked = ({
  fields,
  typed,
  set,
}: {
  readonly fields: readonly Field[]
  readonly typed: Values
  readonly set: (values: Values) => void
}) => {
  const say = useSay()
  return fields.map(({ name, label, as }) => (
    <ParsedInput
      key={name}
      as={as}
      label={say(label)}
      value={typed[name] as string | number | undefined}
      onValue={value => set({ ...typed, [name]: value })}
    />
  ))
}

const countOf = ({ lines }: Run, ...states: readonly RunLine['state'][]): number =>
  lines.filter(({ state }) => states.includes(state)).length

const HowFar = ({ run }: { readonly run: Run }) => {
  const say = useSay()
  const formats = useFormats()
  const over = countOf(run, 'done', 'refused')
  const all = run.lines.length
  const said = run.running
    ? say(words.progress, { over: formats.count(over), all: formats.count(all) })
    : say(words.howItWent, {
        done: formats.count(countOf(run, 'done')),
        refused: formats.count(countOf(run, 'refused')),
        left: formats.count(countOf(run, 'waits')),
      })
  return (
    <div className={classes['how-far']}>
      <Progress value={(100 * over) / all} aria-label={said} />
      <p role="status">{said}</p>
    </div>
  )
}

interface DoneProps {
  readonly list: AnyList
  readonly line: RunLine
  readonly begun: boolean
  readonly running: boolean
}

/** A document, and what became of it. */
const Done = ({ list, line, begun, running }: DoneProps) => {
  const say = useSay()
  const formats = useFormats()
  const { row, state, said, opens } = line
  const [first, ...others] = list.columns
  const name = first?.as.tell(row[first.field], { say, formats }) || '—'
  const amount = others.findLast(({ sum }) => sum)
  const to = opens ?? list.open?.(row)
  const waiting = begun && !running ? words.notSent : words.waits
  return (
    <li data-state={state}>
      {to === undefined ? name : <ScreenLink to={to}>{name}</ScreenLink>}
      <span className="figure">{amount?.as.tell(row[amount.field], { say, formats })}</span>
      <span>{said ?? (state === 'underway' ? say(words.underway) : begun ? say(waiting) : '')}</span>
    </li>
  )
}

const Foot = ({
  act,
  run,
  ready,
  onClose,
}: {
  readonly act: Action<AnyRow>
  readonly run: Run
  readonly ready: boolean
  readonly onClose: () => void
}) => {
  const say = useSay()
  const left = countOf(run, 'waits', 'underway')
  return (
    <div className={classes['run-foot']}>
      {run.running ? (
        <Button variant="default" onClick={run.stop}>
          {say(words.stop)}
        </Button>
      ) : (
        <Button variant="default" onClick={onClose}>
          {say(run.begun ? words.close : formWords.cancel)}
        </Button>
      )}
      {left > 0 && (
        <Button type="submit" loading={run.running} disabled={!ready} data-autofocus>
          {say(run.begun ? words.goOn : act.form.submit)}
        </Button>
      )}
    </div>
  )
}
