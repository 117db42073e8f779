import { expect } from 'vitest'
import { z } from 'zod'
import type * as E from 'fp-ts/lib/Either.js'
import { left, right } from 'fp-ts/lib/Either.js'
import type { Aggregate, Rejection } from '../../domain/shared/aggregate.ts'
import type { DomainEvent } from '../../domain/shared/events.ts'

/** What is read back after an event was stored: through its schema and through JSON text. */
export const storedWith =
  <Ev extends DomainEvent>(aggregate: Pick<Aggregate<unknown, Ev>, 'events'>) =>
  (event: Ev): Ev => {
    const definition = aggregate.events.find(d => d.type === event.type)
    if (definition === undefined) throw new Error(`${event.type} is not declared by the aggregate`)
    const text = JSON.stringify(z.encode(definition.data, event.data))
    return { type: event.type, data: z.decode(definition.data, JSON.parse(text)) } as Ev
  }

/**
 * Exact given-when-then on one aggregate: order, count and fields of the events; both the history and the result pass
 * through the stored shapes.
 *
 *     const given = specFor(order)
 *     given(placed, confirmed).when(decide.deliver(…)).then(delivered)
 *     given(placed).when(decide.deliver(…)).thenRejects({ code: 'ORDER_NOT_CONFIRMED' })
 */
export const specFor = <S, Ev extends DomainEvent>(aggregate: Aggregate<S, Ev>) => {
  const stored = storedWith<Ev>(aggregate)
  const fold = (past: readonly Ev[]): S => past.map(stored).reduce(aggregate.evolve, aggregate.initial)
  return (...past: readonly Ev[]) => ({
    /** The state after the history, for what no decision shows; throws where the history is impossible. */
    state: (): S => fold(past),
    when: <R extends Rejection>(decision: (state: S) => E.Either<R, readonly Ev[]>) => {
      const result = decision(fold(past))
      return {
        /** These events and no others. What was decided can also be folded: evolve accepts it. */
        then: (...events: readonly Ev[]): void => {
          expect(result).toStrictEqual(right(events))
          expect(events.map(stored)).toStrictEqual(events)
          fold([...past, ...events])
        },
        /** Takes effect already: adds nothing. */
        thenNothing: (): void => {
          expect(result).toStrictEqual(right([]))
        },
        thenRejects: (reason: R): void => {
          expect(result).toStrictEqual(left(reason))
        },
      }
    },
  })
}
