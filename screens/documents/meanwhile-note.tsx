import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { AnyForm, Values } from '../forms/declaration.ts'
import type { FormAtWork } from '../forms/use-form.ts'
import { Value } from '../shapes/value.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { EventWords } from './declaration.ts'
import classes from './documents.module.css'
import { differencesOf } from './differences.ts'
import type { Difference } from './differences.ts'
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
  const names = [...form.fields, ...(form.lines ? [form.lines] : [])].map(({ name }) => name)
  const differences = differencesOf(names, before, theirs, work.values ?? {})
  const join = (): void => {
    const theirsNow = differences.filter(({ name, both }) => !both || taken.has(name))
    work.set(Object.fromEntries(theirsNow.map(({ name, theirs }) => [name, theirs])))
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
                whose={!difference.both || taken.has(difference.name) ? 'theirs' : 'mine'}
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
  const { name, before, theirs, mine, both } = difference
  const field = form.fields.find(f => f.name === name)
  const shown = (value: unknown) =>
    field ? <Value as={field.as} value={value} /> : say(words.lineCount, { n: countOf(value) })
  return (
    <tr>
      <th scope="row">{say(field?.label ?? form.lines?.label ?? words.field)}</th>
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

const countOf = (lines: unknown): string => String(Array.isArray(lines) ? lines.length : 0)
