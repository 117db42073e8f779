import type { Rejection } from '../domain/shared/aggregate.ts'
import type { Outcome } from './outcome.ts'
import type { HandlerDeps, Run } from './run.ts'

/** What somebody is told whose command was refused. */
export const refused = (
  { registry }: Pick<HandlerDeps, 'registry'>,
  { input }: Pick<Run, 'input'>,
  rejection: Rejection,
): Outcome => ({ kind: 'refused', rejection, sentence: registry.sentence(rejection, input) })
