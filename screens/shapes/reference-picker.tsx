import { Select } from '@mantine/core'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import type { QueryValues } from '../api/client.ts'
import { complaintOf } from './complaints.ts'
import type { Reference } from './reference.tsx'
import type { AnyRow } from './row.ts'
import { isUnreadable } from './typed.ts'
import type { Unreadable } from './typed.ts'
import { useChoosing, useKnownPick, useOffered } from './use-choosing.ts'
import type { OnPick } from './use-choosing.ts'

interface Common {
  readonly reference: Reference
  readonly label: string
  readonly hideLabel?: boolean
  /** Narrows what is offered. */
  readonly within?: QueryValues | undefined
  readonly onPick: OnPick
  readonly error?: string | undefined
  readonly required?: boolean
  readonly onBlur?: () => void
  readonly autoFocus?: boolean
}

interface Props extends Common {
  /** The id of what is chosen, or the letters that have chosen nothing yet. */
  readonly value: string | Unreadable | undefined
  readonly onLetters: (letters: Unreadable) => void
  /** Says what is wrong also while one types. */
  readonly insists?: boolean
  /** Told while a choice waits for the server: plus one when it begins to, minus one when it is made or given up. */
  readonly onWaiting?: (by: 1 | -1) => void
}

const NOWHERE: QueryValues = {}

/** What is typed into a picker: when it is looked up, and when it is said to choose nothing. */
const useLetters = ({ reference: of, within = NOWHERE, value, insists = false, ...told }: Props) => {
  const { onPick, onLetters, onWaiting } = told
  const [typing, setTyping] = useState(false)
  const letters = isUnreadable(value) ? value : undefined
  const pick = useKnownPick(of, onPick)
  const choosing = useChoosing(of, within, { onPick: pick, onLetters, onWaiting })
  const typed = letters?.unreadable.trim() ?? ''
  const isTold = letters?.because !== undefined || !typing || insists
  return {
    letters,
    typed,
    /** What is offered is offered to whoever types. */
    sought: typing ? typed : '',
    complaint: letters && !choosing.waits && isTold ? complaintOf('reference', letters) : undefined,
    /** Unless that was answered, or is underway. */
    lookUp: (): void => {
      const isAnswered = letters?.because === 'none' || letters?.because === 'several'
      if (letters && !isAnswered && !choosing.waits) choosing.choose(typed)
    },
    choose: (): void => {
      if (typed !== '') choosing.choose(typed)
    },
    type: (text: string): void => {
      choosing.forget()
      setTyping(true)
      if (text.trim() === '') onPick(undefined, undefined)
      else onLetters({ unreadable: text })
    },
    pick: (row: AnyRow | undefined): void => {
      choosing.forget()
      pick(row && of.idOf(row), row)
    },
    leave: (): void => setTyping(false),
  }
}

/** Chooses by typing a part of a name or a code; a code typed whole needs no choosing. */
export const ReferenceInput = (props: Props) => {
  const { reference: of, label, hideLabel, value, within = NOWHERE, error, onBlur } = props
  const { required = false, autoFocus = false } = props
  const [open, setOpen] = useState(false)
  const { letters, typed, sought, ...hand } = useLetters(props)
  const id = isUnreadable(value) ? undefined : value
  const { rows, chosen, settled, failed } = useOffered({ of, within, value: id, typed: sought })
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter') return
    if (event.ctrlKey || event.metaKey) {
      // It sends: what is typed is looked up first, and nothing that happens to be offered is taken for it.
      flushSync(() => setOpen(false))
      return hand.lookUp()
    }
    if (!open) return
    // This key chooses. It never sends the form around the field, and never chooses from a list for other letters.
    event.preventDefault()
    const input = event.target as HTMLElement
    if (settled && input.hasAttribute('aria-activedescendant')) return
    event.stopPropagation()
    setOpen(false)
    hand.choose()
  }
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label } : { label })}
      {...{ required, autoFocus }}
      withAsterisk={false}
      error={hand.complaint ?? error}
      data={rows.map(row => ({ value: of.idOf(row), label: of.nameOf(row) }))}
      // What the server found is offered as it is.
      filter={({ options }) => options}
      searchable
      nothingFoundMessage={complaintOf('reference', {
        unreadable: typed,
        because: failed ? 'failed' : 'none',
      })}
      clearable={!required}
      allowDeselect={false}
      selectFirstOptionOnChange
      openOnFocus={false}
      dropdownOpened={open}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      value={id ?? null}
      searchValue={letters?.unreadable ?? (chosen ? of.nameOf(chosen) : '')}
      onInput={event => hand.type(event.currentTarget.value)}
      wrapperProps={{ onKeyDownCapture: press }}
      onBlur={() => {
        hand.leave()
        hand.lookUp()
        onBlur?.()
      }}
      onChange={picked => hand.pick(rows.find(row => of.idOf(row) === picked))}
    />
  )
}

interface PickerProps extends Common {
  readonly value: string | undefined
}

/** The same, where only what is chosen matters: letters that choose nothing stay in the field. */
export const ReferencePicker = ({ value, onPick, ...rest }: PickerProps) => {
  const [letters, setLetters] = useState<Unreadable>()
  return (
    <ReferenceInput
      {...rest}
      value={letters ?? value}
      onLetters={setLetters}
      onPick={(id, row, late) => {
        setLetters(undefined)
        onPick(id, row, late)
      }}
    />
  )
}
