import { setTimeout as delay } from 'node:timers/promises'
import { dayIn } from '../domain/shared/days.ts'
import type { PersonalKey } from '../domain/organisation/person.ts'
import type { DomainEvent } from '../domain/shared/events.ts'
import type { Log } from '../event-store/log.ts'
import type { Origin } from '../event-store/metadata.ts'
import { isUnavailable } from '../event-store/unavailable.ts'
import { uuidv5 } from '../event-store/uuid.ts'
import { appendSteps } from './append-steps.ts'
import { mayEver } from './authorisation.ts'
import type { Actor } from './authorisation.ts'
import { CLAIMS } from './command-index.ts'
import type { CommandIndex, IndexedCommand } from './command-index.ts'
import type { CommandContext } from './definition.ts'
import { createFactReader } from './facts.ts'
import { LogHeld } from './hold.ts'
import { sentences } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { decideCommand } from './plan.ts'
import type { Asked, PlannedStep, Sources, Verdict } from './plan.ts'
import { previewOf } from './preview.ts'
import type { RefusalCounter } from './refusals.ts'
import type { Registry } from './registry.ts'
import type { Answers } from './registrar/answers.ts'
import type { NumberRequests } from './registrar/requests.ts'
import { done, doneFromIndex } from './results.ts'
import type { Streams } from './streams.ts'
import { SYSTEM_ACTORS } from './system-actors.ts'
import { Turns } from './turns.ts'
import { inputText, parseInput } from './validation.ts'

export interface CommandRequest {
  /** `context.verbNoun`. */
  readonly name: string
  /** As it came over the wire. */
  readonly input: unknown
  /** Idempotency key; may be missing from a preview alone. */
  readonly key?: string | undefined
  readonly actor: Actor
  readonly origin: Origin
  /** The first command of the chain; the command itself when absent. */
  readonly correlationId?: string | undefined
  /** The event that a reaction answers. */
  readonly causationId?: string | undefined
  readonly dryRun?: boolean | undefined
  /** If-Match: the revision of the first step's stream that the caller saw; -1 for none. */
  readonly expectedRevision?: number | undefined
}

export interface CommandHandler {
  handle(request: CommandRequest): Promise<Outcome>
}

export interface HandlerDeps {
  readonly registry: Registry
  readonly log: Log
  readonly streams: Streams
  readonly index: CommandIndex
  readonly answers: Answers
  readonly requests: NumberRequests
  readonly refusals: RefusalCounter
  /** The instant of knowledge: ISO 8601, UTC, milliseconds. */
  readonly now: () => string
  /** The vault's HMAC: `kind` keeps digests of different things apart. */
  readonly hmac: (kind: string, text: string) => string
  readonly personalKeys: (personId: string) => Promise<readonly PersonalKey[]>
  /**
   * What must follow at once outside the log (keys destroyed after an erasure), before the answer; `repeated` where the
   * command was sent again.
   */
  readonly onRecorded?: (events: readonly DomainEvent[], repeated: boolean) => Promise<void>
  /** How long a caller waits for a number. */
  readonly answerMsMax?: number
}

/** A command accepted for execution: valid, keyed, and sent by somebody who may send it somewhere. */
export interface Run extends Asked {
  readonly request: CommandRequest
  readonly inputHash: string | undefined
}

const ATTEMPTS_MAX = 32
const KEY = /^[\x21-\x7e]{1,200}$/

/**
 * Handles commands: validates, authorises, loads, decides, appends at the exact revision, answers. What appended is
 * bound to its key for ever, what was refused for a day (PROTOCOL 13).
 */
export const createCommandHandler = (deps: HandlerDeps): CommandHandler => {
  const { streams } = deps
  const known: Sources = { streams, reader: streams, facts: createFactReader(deps) }
  const reader = streams.fresh()
  const fresh: Sources = { streams, reader, facts: createFactReader({ ...deps, streams: reader }) }
  const decide: Decide = (run, context) => decideOnWhatIs(known, fresh, run, context)
  const turns = new Turns()
  /** Commands under way in this process: a repeat waits for the first. */
  const underWay = new Map<
    string,
    { readonly inputHash: string | undefined; readonly outcome: Promise<Outcome> }
  >()

  const once = (run: Run): Promise<Outcome> => {
    const other = underWay.get(run.commandId)
    if (other)
      return other.inputHash === run.inputHash
        ? other.outcome
        : Promise.resolve({ kind: 'keyConflict', sentence: sentences.keyConflict })
    const outcome = execute(deps, decide, turns, run).finally(() => underWay.delete(run.commandId))
    underWay.set(run.commandId, { inputHash: run.inputHash, outcome })
    return outcome
  }

  return {
    async handle(request) {
      const run = accept(deps, request)
      if ('kind' in run) return run
      try {
        return await (request.dryRun ? preview(deps, decide, run) : once(run))
      } catch (error) {
        if (error instanceof LogHeld) return { kind: 'unavailable', sentence: sentences.held }
        if (isUnavailable(error)) return { kind: 'unavailable', sentence: sentences.unavailable }
        throw error
      }
    },
  }
}

type Decide = (run: Run, context: CommandContext) => Promise<Verdict>

/**
 * Decides on what this process remembers. Where that would add nothing it is decided once more on the log itself: what
 * is remembered may be behind, and no conflict would ever tell.
 */
const decideOnWhatIs = async (
  known: Sources,
  fresh: Sources,
  run: Run,
  context: CommandContext,
): Promise<Verdict> => {
  const verdict = await decideCommand(run, context, known)
  const adds = verdict.kind === 'planned' && verdict.steps.some(s => s.decided.length > 0 || s.recorded)
  return adds ? verdict : decideCommand(run, context, fresh)
}

/** Everything that can be said before anything is read. */
const accept = (deps: HandlerDeps, request: CommandRequest): Run | Outcome => {
  const definition = deps.registry.find(request.name)
  if (!definition) return { kind: 'unknownCommand', sentence: sentences.unknownCommand }
  const parsed = parseInput(definition.input, request.input)
  if (!parsed.ok) return { kind: 'invalid', issues: parsed.issues }
  if (!request.dryRun && (request.key === undefined || !KEY.test(request.key))) return KEY_MISSING
  const { actor } = request
  const commandId = uuidv5(actor.userId, request.key ?? '')
  if (!mayEver(definition, actor)) {
    deps.refusals.refused({ actor: actor.userId, command: request.name, code: 'FORBIDDEN', commandId })
    return { kind: 'forbidden', sentence: sentences.forbidden }
  }
  // A reaction's input is the event it answers, which its metadata names.
  const inputHash =
    actor.userId === SYSTEM_ACTORS.reactions
      ? undefined
      : deps.hmac('commandInput', `${request.name}\n${inputText(parsed.input)}`)
  return { definition, input: parsed.input, actor, commandId, request, inputHash }
}

const KEY_MISSING: Outcome = {
  kind: 'invalid',
  issues: [
    {
      field: 'Idempotency-Key',
      expected: 'a key of 1 to 200 visible ASCII characters, new for each command',
      fr: 'En-tête « Idempotency-Key » : attendu une clé de 1 à 200 caractères ASCII visibles, nouvelle pour chaque commande.',
      en: 'Header "Idempotency-Key": expected a key of 1 to 200 visible ASCII characters, new for each command.',
    },
  ],
}

const contextOf = (deps: HandlerDeps, { commandId, actor }: Run): CommandContext => {
  const recordedAt = deps.now()
  return {
    commandId,
    actor: actor.userId,
    grants: actor.grants,
    recordedAt,
    dayIn: timeZone => dayIn(timeZone, recordedAt),
    digest: text => deps.hmac('uniqueKey', text),
  }
}

const execute = async (deps: HandlerDeps, decide: Decide, turns: Turns, run: Run): Promise<Outcome> => {
  // Asked while the streams are read: no round trip of its own on the way.
  const asked = deps.index.find(run.commandId)
  asked.catch(() => undefined)
  let contended: string | undefined
  const attempt = async (n: number): Promise<Outcome | 'again'> => {
    const context = contextOf(deps, run)
    const verdict = await decide(run, context)
    contended = verdict.kind === 'planned' ? verdict.steps[0]?.stream : undefined
    const indexed = await asked
    const first = earlier(deps, run, indexed, verdict)
    if (first) return first
    const found = indexed ? await withIndexed(deps, verdict, indexed, n) : verdict
    return found === 'again' ? 'again' : settle(deps, run, context, found, n)
  }
  let outcome = await attempt(0)
  for (let n = 1; outcome === 'again' && n < ATTEMPTS_MAX; n++) {
    // Others of this process are at the same stream: those who met a conflict go one after the other. Those of other
    // processes are met less often by who waits a random while.
    outcome = await turns.take(contended ?? '', async () => {
      if (n > 1) await delay(Math.random() * 2 ** Math.min(n, 6))
      return attempt(n)
    })
  }
  return outcome === 'again' ? { kind: 'conflict', reason: 'busy', sentence: sentences.busy } : outcome
}

/** What the index knows of the command decides before any new decision. */
const earlier = (
  deps: HandlerDeps,
  run: Run,
  indexed: IndexedCommand | undefined,
  verdict: Verdict,
): Outcome | Promise<Outcome> | undefined => {
  if (!indexed) return undefined
  if (indexed.inputHash !== run.inputHash) return { kind: 'keyConflict', sentence: sentences.keyConflict }
  if (indexed.remembered) return remembered(deps, indexed.remembered)
  // It took effect, and the world went on since: what would be said today is not what was said then.
  const wentBeyondClaims = indexed.appends.some(append => !CLAIMS.has(append.type))
  if (verdict.kind !== 'planned' && wentBeyondClaims) return doneFromIndex(deps, indexed)
  return undefined
}

/**
 * A step that the index knows is not decided again, though its stream did not show it: the remembered state was behind,
 * which reading again mends, or it starts from a snapshot that lies after it (PROTOCOL 14).
 */
const withIndexed = async (
  { streams }: HandlerDeps,
  verdict: Verdict,
  { appends }: IndexedCommand,
  attempt: number,
): Promise<Verdict | 'again'> => {
  if (verdict.kind !== 'planned') return verdict
  const steps: PlannedStep[] = []
  for (const step of verdict.steps) {
    const append = step.recorded ? undefined : appends.find(a => a.stream === step.stream)
    if (append && attempt === 0) {
      streams.forget(step.stream)
      return 'again'
    }
    steps.push(
      append ? { ...step, decided: [], recorded: await streams.recorded(step.stream, append) } : step,
    )
  }
  return { ...verdict, steps }
}

const remembered = (deps: HandlerDeps, outcome: NonNullable<IndexedCommand['remembered']>): Outcome =>
  outcome.kind === 'nothing'
    ? { kind: 'nothing' }
    : { kind: 'refused', rejection: outcome.rejection, sentence: deps.registry.sentence(outcome.rejection) }

const settle = async (
  deps: HandlerDeps,
  run: Run,
  context: CommandContext,
  verdict: Verdict,
  attempt: number,
): Promise<Outcome | 'again'> => {
  switch (verdict.kind) {
    case 'forbidden':
      return forbidden(deps, run, verdict)
    case 'refused':
      return refuse(deps, run, verdict.rejection, verdict.stream)
    case 'planned':
      break
  }
  const { steps } = verdict
  if (steps.some(s => s.recorded?.some(e => e.metadata.inputHash !== run.inputHash)))
    return { kind: 'keyConflict', sentence: sentences.keyConflict }
  if (isStale(run, verdict)) {
    const [seen] = steps
    if (attempt > 0 || !seen)
      return { kind: 'conflict', reason: 'staleRevision', sentence: sentences.staleRevision }
    // What is remembered may be behind: the stream is read again before anybody is told that theirs is.
    deps.streams.forget(seen.stream)
    return 'again'
  }
  const [first] = steps
  const rejection = steps
    .flatMap(s => s.decided)
    .map(event => deps.requests.refusal(event, context.recordedAt))
    .find(r => r !== undefined)
  if (rejection) return refuse(deps, run, rejection, first?.stream)
  if (steps.every(s => s.decided.length === 0 && !s.recorded)) return nothing(deps, run)
  const result = await appendSteps(deps, run, context, verdict)
  if (result === 'again') return 'again'
  if ('rejection' in result) return refuse(deps, run, result.rejection, first?.stream)
  return 'kind' in result ? result : done(deps, result)
}

/** If-Match: the caller saw another state than the one decided on. */
const isStale = (
  { request: { expectedRevision } }: Run,
  { steps: [first] }: Extract<Verdict, { kind: 'planned' }>,
): boolean =>
  expectedRevision !== undefined &&
  first !== undefined &&
  !first.recorded &&
  first.folded.revision !== expectedRevision

const forbidden = (
  deps: HandlerDeps,
  run: Run,
  { duty, stream }: Extract<Verdict, { kind: 'forbidden' }>,
): Outcome => {
  const code = duty ? 'SEPARATION_OF_DUTIES' : 'FORBIDDEN'
  count(deps, run, code, stream)
  return duty
    ? { kind: 'forbidden', duty, sentence: duty }
    : { kind: 'forbidden', sentence: sentences.forbidden }
}

const refuse = async (
  deps: HandlerDeps,
  run: Run,
  rejection: Extract<Verdict, { kind: 'refused' }>['rejection'],
  stream: string | undefined,
): Promise<Outcome> => {
  count(deps, run, rejection.code, stream)
  if (run.inputHash !== undefined)
    await deps.index.remember(run.commandId, run.inputHash, { kind: 'refused', rejection })
  return { kind: 'refused', rejection, sentence: deps.registry.sentence(rejection) }
}

const nothing = async (deps: HandlerDeps, run: Run): Promise<Outcome> => {
  if (run.inputHash !== undefined)
    await deps.index.remember(run.commandId, run.inputHash, { kind: 'nothing' })
  return { kind: 'nothing' }
}

const count = (
  deps: HandlerDeps,
  { request, commandId }: Run,
  code: string,
  subject: string | undefined,
): void => {
  deps.refusals.refused({ actor: request.actor.userId, command: request.name, code, commandId, subject })
}

/** The same decision, recorded nowhere. */
const preview = async (deps: HandlerDeps, decide: Decide, run: Run): Promise<Outcome> => {
  const context = contextOf(deps, run)
  const verdict = await decide(run, context)
  switch (verdict.kind) {
    case 'forbidden':
      return {
        kind: 'forbidden',
        sentence: verdict.duty ?? sentences.forbidden,
        ...(verdict.duty && { duty: verdict.duty }),
      }
    case 'refused':
      return {
        kind: 'refused',
        rejection: verdict.rejection,
        sentence: deps.registry.sentence(verdict.rejection),
      }
    case 'planned':
      return previewOf(deps, context.recordedAt, verdict.steps)
  }
}
