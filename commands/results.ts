import type { Recorded } from './append-steps.ts'
import type { IndexedCommand } from './command-index.ts'
import type { HandlerDeps } from './run.ts'
import type { EventSummary, Issued, Outcome } from './outcome.ts'
import { answeringCommand } from './registrar/answers.ts'
import type { Answer } from './registrar/answers.ts'

const ANSWER_MS_MAX = 5_000

/** Answers with what was recorded; where that asks for a number, with the number. */
export const done = async (deps: HandlerDeps, { events, position, repeated }: Recorded): Promise<Outcome> => {
  const request = events.findLast(event => deps.requests.isRequest(event.type))
  if (!request) return { kind: 'done', events, position }
  const answer =
    (repeated ? await given(deps, request.id) : undefined) ??
    (await deps.answers.wait(request.id, deps.answerMsMax ?? ANSWER_MS_MAX))
  if (!answer) return { kind: 'accepted', events, position }
  return {
    kind: 'done',
    events: [...events, summaryOf(answer.issued)],
    position: answer.position,
    issued: answer.issued,
  }
}

const summaryOf = ({ id, type, stream, revision }: Issued): EventSummary => ({ id, type, stream, revision })

/** An answer given earlier: asked only when a request is older than this process remembers. */
const given = async (
  { answers, index, log }: HandlerDeps,
  requestEventId: string,
): Promise<Answer | undefined> => {
  const commandId = answeringCommand(requestEventId)
  const known = answers.known(commandId)
  if (known) return known
  const append = (await index.find(commandId))?.appends[0]
  if (!append) return undefined
  for await (const stored of log.store.readStream(append.stream, { from: append.first, limit: 1 })) {
    const { id, type, stream, revision, position, data } = log.decode(stored)
    const { number, issuedOn } = data as { number: string; issuedOn: string }
    return { issued: { id, type, stream, revision, number, issuedOn }, position }
  }
  return undefined
}

/** The first outcome of a command, told from the index and the events it names. */
export const doneFromIndex = async (deps: HandlerDeps, { appends }: IndexedCommand): Promise<Outcome> => {
  const read = await Promise.all(appends.map(append => deps.streams.recorded(append.stream, append)))
  const events = read
    .flat()
    .toSorted((a, b) => (a.position < b.position ? -1 : 1))
    .map(({ id, type, stream, revision, position }) => ({ id, type, stream, revision, position }))
  return done(deps, {
    events: events.map(({ position: _, ...event }) => event),
    position: events.at(-1)?.position ?? '',
    repeated: true,
  })
}
