import type { Sentence } from '../commands/definition.ts'
import type { Language } from './language.ts'

/** Every error answer of the API, in the form of RFC 9457 (`application/problem+json`). */

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

interface Kind {
  readonly status: number
  readonly title: Sentence
}

const kind = (status: number, fr: string, en: string): Kind => ({ status, title: { fr, en } })

/**
 * The one table of errors. The codes of refused commands are the decisions' own and stand under `REFUSED`: its title
 * is theirs too, `code` and `detail` say which.
 */
export const PROBLEMS = {
  MALFORMED_REQUEST: kind(400, 'La demande est illisible', 'The request cannot be read'),
  MALFORMED_BODY: kind(400, 'Le corps de la demande est illisible', 'The body of the request cannot be read'),
  INVALID_INPUT: kind(400, 'Un champ de la demande est refusé', 'A field of the request is not accepted'),
  INVALID_HEADER: kind(400, 'Un en-tête de la demande est refusé', 'A header of the request is not accepted'),
  NOT_SIGNED_IN: kind(401, "Vous n'êtes pas connecté", 'You are not signed in'),
  SIGN_IN_REFUSED: kind(401, 'Connexion refusée', 'Sign-in refused'),
  SECOND_FACTOR_NEEDED: kind(401, 'Un code est demandé', 'A code is asked for'),
  SECOND_FACTOR_REFUSED: kind(401, 'Code refusé', 'Code refused'),
  SECOND_FACTOR_TO_SET: kind(403, 'Un second facteur est exigé', 'A second factor is required'),
  FORBIDDEN: kind(403, 'Vos droits ne le permettent pas', 'Your rights do not allow it'),
  CROSS_SITE: kind(403, "La demande vient d'un autre site", 'The request comes from another site'),
  UNKNOWN_ROUTE: kind(404, "Cette adresse n'existe pas", 'There is no such address'),
  UNKNOWN_COMMAND: kind(404, "Cette commande n'existe pas", 'There is no such command'),
  NOT_FOUND: kind(404, 'Document introuvable', 'Document not found'),
  KEY_CONFLICT: kind(409, 'Clé déjà employée', 'Key already used'),
  BUSY: kind(409, 'Trop de modifications simultanées', 'Too many changes at once'),
  STALE_REVISION: kind(412, 'Le document a changé', 'The document has changed'),
  BODY_TOO_LARGE: kind(413, 'Demande trop volumineuse', 'The request is too large'),
  WRONG_CONTENT_TYPE: kind(415, 'Type de contenu refusé', 'Content type not accepted'),
  REFUSED: kind(422, 'Une règle s’y oppose', 'A rule forbids it'),
  HEADERS_TOO_LARGE: kind(431, 'En-têtes trop longs', 'The headers are too long'),
  PROVIDER_UNAVAILABLE: kind(
    424,
    'Le fournisseur d’identité ne répond pas',
    'The identity provider does not answer',
  ),
  TOO_MANY_REQUESTS: kind(429, 'Trop de demandes', 'Too many requests'),
  UNEXPECTED: kind(500, 'Erreur inattendue', 'Unexpected error'),
  UNAVAILABLE: kind(503, 'Le service ne répond pas', 'The service does not answer'),
  STREAM_DAMAGED: kind(503, 'Le journal est endommagé', 'The log is damaged'),
  NOT_YET_VISIBLE: kind(503, 'Pas encore visible', 'Not yet visible'),
} as const satisfies Record<string, Kind>
export type ProblemCode = keyof typeof PROBLEMS

/** What is wrong with one field: where, what is expected there, and the kind of thing that was found. */
export interface FieldError {
  readonly field: string
  readonly expected: Sentence
  readonly found?: Sentence
  /** The whole in a sentence. */
  readonly detail?: Sentence
}

/** What is expected where it is written alike in every language: a name of the protocol, an address. */
export const literally = (text: string): Sentence => ({ fr: text, en: text })

interface ProblemOptions {
  readonly errors?: readonly FieldError[]
  /** The code shown instead of the table's: that of a refused decision. */
  readonly code?: string
  /** Data of the refusal that a program may want. */
  readonly data?: Readonly<Record<string, unknown>>
  readonly retryAfterSeconds?: number
}

/** An answer that is an error. Thrown by routes and hooks, written by the error handler of the application. */
export class Problem extends Error {
  readonly kind: ProblemCode
  readonly sentence: Sentence
  readonly options: ProblemOptions

  constructor(kind: ProblemCode, sentence: Sentence, options: ProblemOptions = {}) {
    super(`${kind}: ${sentence.en}`)
    this.name = 'Problem'
    this.kind = kind
    this.sentence = sentence
    this.options = options
  }

  get status(): number {
    return PROBLEMS[this.kind].status
  }
}

/** The body of a problem in a language. */
export const problemBody = (problem: Problem, language: Language, requestId: string) => {
  const { status, title } = PROBLEMS[problem.kind]
  const { errors, code = problem.kind, data } = problem.options
  return {
    type: `urn:grandlivre:problem:${problem.kind}`,
    title: title[language],
    status,
    detail: problem.sentence[language],
    code,
    ...(errors && errors.length > 0 && { errors: errors.map(e => fieldErrorBody(e, language)) }),
    ...(data && { data }),
    requestId,
  }
}

const fieldErrorBody = ({ field, expected, found, detail }: FieldError, language: Language) => ({
  field,
  expected: expected[language],
  ...(found && { found: found[language] }),
  ...(detail && { detail: detail[language] }),
})
