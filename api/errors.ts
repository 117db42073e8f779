import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Sentence } from '../commands/definition.ts'
import { damagedSentence, sentences } from '../commands/outcome.ts'
import type { InputIssue } from '../commands/outcome.ts'
import { withJsonIntegers } from '../domain/shared/json.ts'
import { AccessLost, StreamDamaged } from '../event-store/port.ts'
import { isUnavailable } from '../event-store/unavailable.ts'
import { languageOf } from './language.ts'
import { PROBLEM_TYPE, Problem, literally, problemBody } from './problems.ts'
import type { FieldError } from './problems.ts'

/** The largest body accepted, in bytes. */
export const BODY_BYTES_MAX = 1024 * 1024

/** Fields that an input does not hold rightly, as the one who sent it is told. */
export const invalidInput = (issues: readonly InputIssue[]): Problem => {
  const [first] = issues
  return new Problem(
    'INVALID_INPUT',
    first ? { fr: first.fr, en: first.en } : { fr: 'Demande refusée.', en: 'Request not accepted.' },
    { errors: issues.map(fieldError) },
  )
}

const fieldError = ({ field, expected, found, fr, en }: InputIssue): FieldError => ({
  field,
  expected,
  ...(found !== undefined && { found }),
  detail: { fr, en },
})

const body = (expected: Sentence): { errors: readonly FieldError[] } => ({
  errors: [{ field: '', expected }],
})

const JSON_OBJECT: Sentence = { fr: 'un objet JSON', en: 'a JSON object' }

/** What Fastify itself refuses, by its code. */
const FRAMEWORK_PROBLEMS: Readonly<Record<string, () => Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    new Problem(
      'BODY_TOO_LARGE',
      {
        fr: `Le corps de la demande dépasse ${BODY_BYTES_MAX} octets.`,
        en: `The body of the request is larger than ${BODY_BYTES_MAX} bytes.`,
      },
      body({ fr: `${BODY_BYTES_MAX} octets au plus`, en: `at most ${BODY_BYTES_MAX} bytes` }),
    ),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => wrongContentType(),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => malformed(JSON_OBJECT),
  FST_ERR_CTP_INVALID_JSON_BODY: () => malformed({ fr: 'un texte JSON', en: 'JSON text' }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    malformed({
      fr: 'autant d’octets que le dit Content-Length',
      en: 'as many bytes as Content-Length says',
    }),
  FST_ERR_BAD_URL: () => unknownRoute(),
  FST_ERR_MAX_PARAM_LENGTH: () => unknownRoute(),
}

export const wrongContentType = (): Problem =>
  new Problem(
    'WRONG_CONTENT_TYPE',
    {
      fr: 'Le corps doit être du type application/json, en UTF-8.',
      en: 'The body must be of type application/json, in UTF-8.',
    },
    { errors: [{ field: 'Content-Type', expected: literally('application/json') }] },
  )

export const wrongEncoding = (): Problem =>
  new Problem(
    'WRONG_CONTENT_TYPE',
    {
      fr: 'Le corps doit être envoyé tel quel, sans compression.',
      en: 'The body must be sent as it is, without compression.',
    },
    { errors: [{ field: 'Content-Encoding', expected: literally('identity') }] },
  )

export const malformed = (expected: Sentence): Problem =>
  new Problem(
    'MALFORMED_BODY',
    { fr: 'Le corps n’est pas du JSON valide.', en: 'The body is not valid JSON.' },
    body(expected),
  )

export const tooManyRequests = (retryAfterSeconds: number): Problem =>
  new Problem(
    'TOO_MANY_REQUESTS',
    {
      fr: `Trop de demandes : réessayez dans ${retryAfterSeconds} s.`,
      en: `Too many requests: try again in ${retryAfterSeconds} s.`,
    },
    { retryAfterSeconds },
  )

const unknownRoute = (): Problem =>
  new Problem('UNKNOWN_ROUTE', {
    fr: 'Rien ne se trouve à cette adresse ; la description de l’API est à /api/openapi.json.',
    en: 'There is nothing at this address; the description of the API is at /api/openapi.json.',
  })

const unexpected = (requestId: string): Problem =>
  new Problem('UNEXPECTED', {
    fr: `Une erreur inattendue est survenue ; elle est notée dans le journal technique sous ${requestId}.`,
    en: `Something unexpected went wrong; it is noted in the technical log under ${requestId}.`,
  })

/** Events of a stream are gone or will be: a person has to act on the server of the log. */
export const streamDamaged = (stream: string): Problem =>
  new Problem('STREAM_DAMAGED', damagedSentence(stream), { data: { stream } })

const UNAVAILABLE: Sentence = {
  fr: 'Le journal ou sa base ne répond pas : réessayez dans un instant.',
  en: 'The log or its database does not answer: try again in a moment.',
}

/** What an error says of the log or the database beside it, where it is that. */
const problemOfStore = (error: Error): Problem | undefined => {
  if (error instanceof StreamDamaged) return streamDamaged(error.stream)
  if (!isUnavailable(error)) return undefined
  const sentence = error instanceof AccessLost ? sentences.accessLost : UNAVAILABLE
  return new Problem('UNAVAILABLE', sentence, { retryAfterSeconds: 2 })
}

const problemOf = (error: FastifyError | Error, request: FastifyRequest): Problem => {
  if (error instanceof Problem) return error
  const { code, statusCode } = error as Partial<FastifyError>
  const known = code === undefined ? undefined : FRAMEWORK_PROBLEMS[code]
  if (known) return known()
  // Whatever else a parser refuses is the client's: a body cut short, a forbidden key.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return malformed(JSON_OBJECT)
  const ofStore = problemOfStore(error)
  if (ofStore) {
    request.log.warn({ err: error }, 'unavailable')
    return ofStore
  }
  request.log.error({ err: error }, 'unexpected')
  return unexpected(request.id)
}

export const sendProblem = (reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply => {
  const { retryAfterSeconds } = problem.options
  if (retryAfterSeconds !== undefined) reply.header('Retry-After', String(retryAfterSeconds))
  if (problem.status === 401) reply.header('WWW-Authenticate', 'Bearer realm="grandlivre"')
  const language = languageOf(request.headers['accept-language'])
  return reply
    .code(problem.status)
    .header('Content-Type', PROBLEM_TYPE)
    .header('Content-Language', language)
    .send(JSON.stringify(problemBody(problem, language, request.id), withJsonIntegers))
}

/** Every error leaves as a problem, whoever threw it; a damaged log is an alarm, whoever met it. */
export const handleErrors = (app: FastifyInstance): void => {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = problemOf(error, request)
    if (problem.kind === 'STREAM_DAMAGED') request.log.error(problem.options.data, 'stream damaged')
    return sendProblem(reply, request, problem)
  })
  app.setNotFoundHandler((request, reply) => sendProblem(reply, request, unknownRoute()))
}

const HEADERS_TOO_LARGE = new Problem('HEADERS_TOO_LARGE', {
  fr: 'L’adresse et les en-têtes de la demande sont trop longs ensemble.',
  en: 'The address and the headers of the request are too long together.',
})
const UNREADABLE = new Problem('MALFORMED_REQUEST', {
  fr: 'Ce qui a été envoyé n’est pas une demande HTTP lisible.',
  en: 'What was sent is no HTTP request that can be read.',
})

/** What is refused while it is read, before there is a request: no header tells in which language, so in both. */
export const clientErrors = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const problem = error.code === 'HPE_HEADER_OVERFLOW' ? HEADERS_TOO_LARGE : UNREADABLE
  const { fr, en } = problem.sentence
  const answer = JSON.stringify({ ...problemBody(problem, 'fr', randomUUID()), detail: `${fr} / ${en}` })
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(answer)}\r\nConnection: close\r\n\r\n${answer}`,
  )
}

/** Errors found before routing: Fastify asks for these when it is made. */
export const frameworkErrors = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
  void sendProblem(reply, request, problemOf(error, request))
}
