import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { get } from '../api/client.ts'
import { useLive } from '../api/use-live.ts'
import { TimeControl } from '../documents/time-control.tsx'
import { useOneEntity } from '../frame/entity.tsx'
import { useSearchState } from '../frame/link.tsx'
import { ParsedInput } from '../shapes/parsed-input.tsx'
import { day } from '../shapes/shapes.tsx'
import { dayIn } from '../words/days.ts'
import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import { useMoment } from './months.tsx'
import { words } from './words.ts'

/** The end of the log, whatever it holds: what is asked as of it is asked as of now. */
const NOW = '9'.repeat(15)
const MOMENT = 'ledger-moment'

/** Where the ledger stood at that moment, and the moments around it. */
const useKnown = (asOf: string | undefined) => {
  const entity = useOneEntity()
  useLive('ledger', MOMENT)
  return useQuery({
    queryKey: [MOMENT, entity?.entityId, asOf],
    enabled: entity !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      get('/api/ledger/moment', { query: { entityId: entity?.entityId, asOf: asOf ?? NOW }, signal }),
  })
}

/** Goes through the moments of the ledger, each behind one of its entries; a day leads to what was known at its end. */
export const MomentControl = () => {
  const say = useSay()
  const formats = useFormats()
  const [search, setSearch] = useSearchState()
  const asOf = useMoment()
  const { data, isPlaceholderData } = useKnown(asOf)
  if (!data || data.first === null || data.last === null) return null
  const { first, last, ordinal, recordedAt, earlier, later } = data
  const choose = (chosen: number): void =>
    setSearch({ ...search, asOf: chosen >= last ? undefined : String(chosen) })
  const what = `${data.journal ?? ''} ${data.documentReference ?? ''}`.trim()
  const asKnown =
    recordedAt === null
      ? say(words.nothingKnown)
      : say(words.asKnown, { when: formats.instant(recordedAt), what })
  const isPast = asOf !== undefined
  return (
    <TimeControl
      {...{ min: first - 1, max: last, at: ordinal, isPast, waits: isPlaceholderData }}
      told={isPast ? asKnown : say(words.momentNow)}
      onEarlier={earlier === null ? undefined : () => choose(earlier)}
      onLater={!isPast || later === null ? undefined : () => choose(later)}
      onPlace={choose}
      onNow={() => setSearch({ ...search, asOf: undefined })}
    >
      <DayChooser chosen={isPast ? recordedAt : null} onChosen={choose} />
    </TimeControl>
  )
}

/** Days are those of the legal entity. */
const DayChooser = ({
  chosen,
  onChosen,
}: {
  readonly chosen: string | null
  readonly onChosen: (ordinal: number) => void
}) => {
  const say = useSay()
  const entity = useOneEntity()
  const latest = useRef<string>(undefined)
  const choose = async (typed: string): Promise<void> => {
    latest.current = typed
    const query = { entityId: entity?.entityId, on: typed }
    const { ordinal } = await get('/api/ledger/moment', { query })
    // Another day was typed meanwhile.
    if (latest.current === typed) onChosen(ordinal)
  }
  return (
    <ParsedInput
      as={day}
      label={say(words.knownOn)}
      placeholder={say(words.knownPlaceholder)}
      hideLabel
      style={{ width: 104 }}
      value={chosen === null ? undefined : dayIn(entity?.timeZone, chosen)}
      onValue={typed => {
        if (typeof typed === 'string') void choose(typed)
      }}
    />
  )
}
