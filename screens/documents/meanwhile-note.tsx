import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { AnyForm, Values } from '../forms/declaration.ts'
import type { FormAtWork } from '../forms/use-form.ts'
import type { Shape } from '../shapes/shape.ts'
import { text } from '../shapes/shapes.tsx'
import { Value } from '../shapes/value.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { EventWords } from './declaration.ts'
import classes from './documents.module.css'
import { differencesOf } from './differences.ts'
import type { Difference } from './differences.ts'
import { joinedOf, lineDifferencesOf } from './line-differences.ts'
import type { Line, LineDifference } from './line-differences.ts'
import { sentenceOf } from './sentence.ts'
import type { StoryEvent } from './story.ts'
import { words } from './words.ts'

interface Props {
  readonly form: AnyForm
  readonly work: FormAtWork
  /** What the form began with, and would begin with now. */
  readonly before: Values
  readonly theirs: Values
  readonly since: readonly StoryEvent[]
  readonly events: EventWords
  readonly onSeen: () => void
}

/** Who did what to the document meanwhile, and both versions of each field that they touched. */
export const MeanwhileNote = ({ form, work, before, theirs, since, events, onSeen }: Props) => {
  const say = useSay()
  const formats = useFormats()
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set())
  const mine = work.values ?? {}
  const fields = form.fields.map(({ name }) => name)
  const versions = { before: linesIn(form, before), theirs: linesIn(form, theirs), mine: linesIn(form, mine) }
  const differences: readonly Difference[] = [
    ...differencesOf(fields, before, theirs, mine),
    ...(form.lines ? lineDifferencesOf(form.lines, versions) : []),
  ]
  const isTheirs = ({ name, both }: Difference): boolean => !both || taken.has(name)
  const join = (): void => {
    const theirsNow = differencesOf(fields, before, theirs, mine).filter(isTheirs)
    work.set({
      ...Object.fromEntries(theirsNow.map(field => [field.name, field.theirs])),
      ...(form.lines && { [form.lines.name]: joinedOf(form.lines, versions, isTheirs) }),
    })
    onSeen()
  }
  const take = (name: string, whose: string): void =>
    setTaken(known => new Set([...known].filter(n => n !== name).concat(whose === 'theirs' ? [name] : [])))
  return (
    <section className={classes['meanwhile']} role="alert">
      <h2>{say(words.meanwhile)}</h2>
      <ul>
        {since.map(event => (
          <li key={event.eventId}>
            {event.actorName ?? say(words.byProgram)}, {formats.instant(event.recordedAt)} :{' '}
            {say(...sentenceOf(event, events, formats))}
          </li>
        ))}
      </ul>
      {differences.length > 0 && (
        <table className={classes['entry']}>
          <thead>
            <tr>
              {[words.field, words.before, words.theirs, words.mine, words.kept].map(heading => (
                <th key={heading} scope="col">
                  {say(heading)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map(difference => (
              <Both
                key={difference.name}
                form={form}
                difference={difference}
                whose={isTheirs(difference) ? 'theirs' : 'mine'}
                onTake={whose => take(difference.name, whose)}
              />
            ))}
          </tbody>
        </table>
      )}
      <Button onClick={join}>{say(words.goOn)}</Button>
    </section>
  )
}

interface BothProps {
  readonly form: AnyForm
  readonly difference: Difference
  readonly whose: 'mine' | 'theirs'
  readonly onTake: (whose: string) => void
}

const Both = ({ form, difference, whose, onTake }: BothProps) => {
  const say = useSay()
  const { before, theirs, mine, both } = difference
  const { label, shown } = useShown(form, difference)
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{shown(before)}</td>
      <td>{shown(theirs)}</td>
      <td>{shown(mine)}</td>
      <td>
        {both ? (
          <SegmentedControl
            size="xs"
            orientation="vertical"
            aria-label={say(words.kept)}
            value={whose}
            onChange={onTake}
            data={[
              { value: 'theirs', label: say(words.theirs) },
              { value: 'mine', label: say(words.mine) },
            ]}
          />
        ) : (
          say(words.theirs)
        )}
      </td>
    </tr>
  )
}

const linesIn = ({ lines }: AnyForm, values: Values): readonly Line[] =>
  (values[lines?.name ?? ''] ?? []) as readonly Line[]

/** What a difference is called, and how its versions are shown: a field, a cell of a line, or a whole line. */
const useShown = (form: AnyForm, difference: Difference | LineDifference) => {
  const say = useSay()
  const told = (as: Shape) => (value: unknown) => <Value as={as} value={value} />
  if (!('row' in difference)) {
    const field = form.fields.find(({ name }) => name === difference.name)
    return { label: say(field?.label ?? words.field), shown: told(field?.as ?? text) }
  }
  const columns = form.lines?.columns ?? []
  const n = difference.row + 1
  const cell = columns.find(({ name }) => name === difference.column)
  if (cell) return { label: say(words.cellOf, { n, column: say(cell.label) }), shown: told(cell.as) }
  const shown = (line: unknown) =>
    line === undefined
      ? say(words.noLine)
      : columns.map(({ name, as }) => (
          <span key={name}>
            <Value as={as} value={(line as Line)[name]} />{' '}
          </span>
        ))
  return { label: say(words.line, { n }), shown }
}
