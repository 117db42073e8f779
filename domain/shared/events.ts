import type { z } from 'zod'

/** `context.PastTense`: stable for ever, what the log calls the fact. */
export type EventType = `${string}.${string}`

/**
 * The one declaration of a stored shape. `data` is the schema of the newest version; a version ever stored keeps
 * its schema in `older`, with the pure function that turns its decoded data into the next version's.
 */
export interface EventDefinition<T extends EventType = EventType, D extends z.ZodType = z.ZodType> {
  readonly type: T
  readonly schemaVersion: number
  readonly data: D
  readonly older: Readonly<
    Record<number, { readonly data: z.ZodType; readonly upcast: (data: never) => unknown }>
  >
}

/** Declares version 1 of an event. */
export const defineEvent = <const T extends EventType, D extends z.ZodType>(
  type: T,
  data: D,
): EventDefinition<T, D> => ({ type, schemaVersion: 1, data, older: {} })

/**
 * Declares the next version of an event whose stored values all mean the same in it: it only takes more than before.
 */
export const widenEvent = <const T extends EventType, Older extends z.ZodType, D extends z.ZodType>(
  { type, schemaVersion, data: before, older }: EventDefinition<T, Older>,
  data: z.output<Older> extends z.output<D> ? D : never,
): EventDefinition<T, D> => ({
  type,
  schemaVersion: schemaVersion + 1,
  data,
  older: { ...older, [schemaVersion]: { data: before, upcast: (same: unknown) => same } },
})

/** The union of domain events that a list of definitions declares: `{type, data}` with decoded data. */
export type EventOf<L extends readonly EventDefinition[]> = {
  [K in keyof L]: L[K] extends EventDefinition<infer T, infer D>
    ? { readonly type: T; readonly data: z.output<D> }
    : never
}[number]

/** Any domain event, decoded. */
export interface DomainEvent {
  readonly type: string
  readonly data: unknown
}
