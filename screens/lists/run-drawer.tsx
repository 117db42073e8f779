import { Button, Progress } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '../api/session.ts'
import type { Action } from '../documents/declaration.ts'
import type { Beginning, Field, Values } from '../forms/declaration.ts'
import { words as formWords } from '../forms/words.ts'
import { SideDialog } from '../frame/dialogs.tsx'
import { useEntities } from '../frame/entity.tsx'
import { ParsedInput } from '../shapes/parsed-input.tsx'
import type { AnyRow } from '../shapes/row.ts'
import { today } from '../words/days.ts'
import { useFormats, useToday } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { AnyList } from './declaration.ts'
import classes from './lists.module.css'
import { useRun } from './run.ts'
import { postedBy } from './posted.ts'
import { OneLine } from './run-line.tsx'
import type { Run, RunLine } from './run.ts'
import { useTrials } from './trials.ts'
import type { Trial } from './trials.ts'
import { words } from './words.ts'

interface Props {
  readonly list: AnyList
  readonly act: Action<AnyRow>
  readonly rows: readonly AnyRow[]
  readonly onClose: () => void
}

const WIDTH = 760

/** One act on many documents: what it asks for all, what it would do with each, then how each of them went. */
export const RunDrawer = ({ list, act, rows, onClose }: Props) => {
  const say = useSay()
  const formats = useFormats()
  const { userId } = useMe()
  const entities = useEntities()
  const day = useToday()
  const beginningOf = ({ entityId }: AnyRow): Beginning => {
    const entity = entities.find(each => each.entityId === entityId)
    return { entity, today: today(entity?.timeZone), userId }
  }
  const [typed, setTyped] = useState<Values>(() => defaultsOf(act.form.fields, day))
  const whole = isWhole(act.form.fields, typed)
  const trials = useTrials(list, act, rows, whole ? { typed, beginningOf } : undefined)
  const run = useRun(act, rows, trials)
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
            <WhatWouldHappen trials={trials} count={rows.length} />
          </>
        )}
        <ul className={classes['run-lines']}>
          {run.lines.map(line => (
            <OneLine key={line.key} {...{ list, line }} trial={trials.get(line.row)} run={run} />
          ))}
        </ul>
        <Foot
          act={act}
          run={run}
          ready={[...trials.values()].some(({ input }) => input) && trials.size === rows.length}
          onClose={close}
        />
      </form>
    </SideDialog>
  )
}

/** Days are today's until another one is typed. */
const defaultsOf = (fields: readonly Field[], day: string): Values =>
  Object.fromEntries(fields.flatMap(({ name, as }) => (as.kind === 'day' ? [[name, day]] : [])))

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

/** How many of them can be done, how many would be refused, and what the entries come to. */
const WhatWouldHappen = ({
  trials,
  count,
}: {
  readonly trials: ReadonlyMap<AnyRow, Trial>
  readonly count: number
}) => {
  const say = useSay()
  const formats = useFormats()
  const tried = [...trials.values()]
  const posted = postedBy(tried.flatMap(({ events }) => events))
  const refused = tried.filter(({ input }) => input === undefined).length
  const said =
    tried.length < count
      ? say(words.trying, { tried: formats.count(tried.length), all: formats.count(count) })
      : say(words.wouldGo, {
          possible: formats.count(count - refused),
          refused: formats.count(refused),
        })
  return (
    <p className={classes['would']} role="status">
      {said}
      {[...posted].map(([currency, sum]) => (
        <strong key={currency} className="figure">
          {say(words.posted, { sum: formats.money(sum, currency) })}
        </strong>
      ))}
    </p>
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
