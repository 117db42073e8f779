import { Button, Checkbox, Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import { ParsedInput } from '../shapes/parsed-input.tsx'
import { ReferencePicker } from '../shapes/reference-picker.tsx'
import { isReference } from '../shapes/reference.tsx'
import { isChoice } from '../shapes/shapes.tsx'
import { Value } from '../shapes/value.tsx'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { AnyList } from './declaration.ts'
import classes from './lists.module.css'
import type { ListState } from './state.ts'
import { words } from './words.ts'

type Narrowing = AnyList['filters'][number]

const Narrow = ({
  label,
  value,
  children,
}: {
  readonly label: string
  readonly value: ReactNode
  readonly children: ReactNode
}) => (
  <Popover position="bottom-start" trapFocus returnFocus withinPortal>
    <Popover.Target>
      <Button variant={value ? 'light' : 'default'} className={classes['filter']}>
        {label}
        {value && <span className={classes['filter-value']}>{value}</span>}
      </Button>
    </Popover.Target>
    <Popover.Dropdown className={classes['dropdown']}>{children}</Popover.Dropdown>
  </Popover>
)

/** Rows whose field has one of the values chosen. */
export const FilterButton = ({
  filter,
  state,
}: {
  readonly filter: Narrowing
  readonly state: ListState
}) => {
  const say = useSay()
  const { field, as } = filter
  const chosen = [state.search[field] ?? []].flat()
  const set = (values: readonly string[]): void =>
    state.change({ [field]: values.length > 0 ? values : undefined })
  const said = chosen.map((value, i) => (
    <span key={value}>
      {i > 0 && ', '}
      <Value as={as} value={as.kind === 'flag' ? value === 'true' : value} />
    </span>
  ))
  return (
    <Narrow label={say(filter.label)} value={chosen.length > 0 && said}>
      {isChoice(as) && (
        <div className={classes['choices']}>
          {Object.entries(as.options).map(([value, { label }]) => (
            <Checkbox
              key={value}
              label={say(label)}
              checked={chosen.includes(value)}
              onChange={event =>
                set(
                  event.currentTarget.checked ? [...chosen, value] : chosen.filter(other => other !== value),
                )
              }
            />
          ))}
        </div>
      )}
      {isReference(as) && (
        <ReferencePicker
          reference={as}
          label={say(filter.label)}
          value={chosen[0]}
          onPick={id => set(id === undefined ? [] : [id])}
        />
      )}
      {as.kind === 'flag' && (
        <div className={classes['choices']}>
          {['true', 'false'].map(value => (
            <Checkbox
              key={value}
              label={<Value as={as} value={value === 'true'} />}
              checked={chosen.includes(value)}
              onChange={event => set(event.currentTarget.checked ? [value] : [])}
            />
          ))}
        </div>
      )}
      {as.kind === 'text' && (
        <ParsedInput
          as={as}
          label={say(filter.label)}
          value={chosen[0]}
          onValue={value => set(value === undefined ? [] : [String(value)])}
        />
      )}
    </Narrow>
  )
}

const asScalar = (value: unknown, isDay: boolean): string | number | undefined => {
  if (typeof value !== 'string') return undefined
  return isDay ? value : Number(value)
}

/** Rows whose field lies between two values, both inclusive. */
export const RangeButton = ({ range, state }: { readonly range: Narrowing; readonly state: ListState }) => {
  const say = useSay()
  const formats = useFormats()
  const { field, as } = range
  const isDay = as.kind === 'day'
  const bounds = {
    from: asScalar(state.search[`${field}From`], isDay),
    to: asScalar(state.search[`${field}To`], isDay),
  }
  const tell = (value: string | number): string => as.tell(value, { say, formats })
  const said =
    bounds.from !== undefined && bounds.to !== undefined
      ? `${tell(bounds.from)} – ${tell(bounds.to)}`
      : bounds.from !== undefined
        ? say(words.since, { from: tell(bounds.from) })
        : bounds.to !== undefined && say(words.until, { to: tell(bounds.to) })
  const set = (bound: 'From' | 'To') => (value: string | number | undefined) =>
    state.change({ [`${field}${bound}`]: value === undefined ? undefined : String(value) })
  return (
    <Narrow label={say(range.label)} value={said}>
      <div className={classes['bounds']}>
        <ParsedInput as={as} label={say(words.from)} value={bounds.from} onValue={set('From')} />
        <ParsedInput as={as} label={say(words.to)} value={bounds.to} onValue={set('To')} />
      </div>
    </Narrow>
  )
}
