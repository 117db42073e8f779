import type { RecordedEvent, Reveal } from '../definition.ts'
import { mayHoldProtected, withData } from './recorded.ts'

interface Protected {
  readonly $protected: string
}
interface Place {
  readonly field: string
  readonly value: Protected
}

const isProtected = (value: object): value is Protected =>
  typeof (value as Partial<Protected>).$protected === 'string'

/** Copies a value with every protected field replaced by what `replace` gives. */
const replaceProtected = (value: unknown, field: string, replace: (place: Place) => unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (isProtected(value)) return replace({ field, value })
  if (Array.isArray(value)) return value.map(item => replaceProtected(item, field, replace))
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, replaceProtected(v, k, replace)]))
}

/**
 * Events with their protected fields in clear, for the one projection that may read them (PROTOCOL 30). A field
 * whose key was destroyed is left out.
 */
export const revealed = async (
  events: readonly RecordedEvent[],
  reveal: Reveal,
): Promise<readonly RecordedEvent[]> => {
  const holding = new Set(events.filter(mayHoldProtected))
  const places: Place[] = []
  for (const event of holding)
    replaceProtected(event.data, '', place => {
      places.push(place)
    })
  if (places.length === 0) return events
  const clear = await reveal(places)
  let next = 0
  const nextClear = () => {
    const text = clear[next++]
    return typeof text === 'string' ? text : undefined
  }
  return events.map(event =>
    holding.has(event) ? withData(event, replaceProtected(event.data, '', nextClear)) : event,
  )
}
