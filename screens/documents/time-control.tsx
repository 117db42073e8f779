import { ActionIcon, Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSay } from '../words/words.ts'
import classes from './documents.module.css'
import { words } from './words.ts'

interface Props {
  /** Places of the slider; `at` is the one shown. */
  readonly min: number
  readonly max: number
  readonly at: number
  /** What is shown, in words. */
  readonly told: string
  readonly isPast: boolean
  /** While what is shown is still of another moment. */
  readonly waits: boolean
  /** To the moments around; undefined where there is none. */
  readonly onEarlier: (() => void) | undefined
  readonly onLater: (() => void) | undefined
  readonly onPlace: (place: number) => void
  readonly onNow: () => void
  readonly children?: ReactNode
}

/** Goes through moments: one back, one on, any of them, or now. */
export const TimeControl = (props: Props) => {
  const say = useSay()
  const { min, max, at, told, isPast, waits, onEarlier, onLater, onPlace, onNow, children } = props
  return (
    <section
      className={classes['moment']}
      aria-label={say(words.moment)}
      data-past={isPast ? true : undefined}
    >
      <ActionIcon
        variant="subtle"
        aria-label={say(words.earlier)}
        disabled={!onEarlier}
        onClick={() => onEarlier?.()}
      >
        ◀
      </ActionIcon>
      <input
        type="range"
        min={min}
        max={max}
        value={at}
        aria-label={say(words.moment)}
        aria-valuetext={told}
        onChange={event => onPlace(Number(event.currentTarget.value))}
      />
      <ActionIcon
        variant="subtle"
        aria-label={say(words.later)}
        disabled={!onLater}
        onClick={() => onLater?.()}
      >
        ▶
      </ActionIcon>
      {children}
      <span role="status">{waits ? say(words.momentComes) : told}</span>
      {isPast && (
        <Button variant="default" size="compact-sm" onClick={onNow}>
          {say(words.backToNow)}
        </Button>
      )}
    </section>
  )
}
