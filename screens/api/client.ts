import { language } from '../words/words.ts'
import { whenConnected } from './connection.ts'
import type { Commands, Gets } from './generated.ts'

/** The public API as the screens use it: typed by its description, tried again while the program does not answer. */

export type GetPath = keyof Gets
export type Answer<P extends GetPath> = Gets[P]['answer']
export type Query<P extends GetPath> = Gets[P]['query']
/** Addresses that answer a page of rows. */
export type ListPath = {
  [P in GetPath]: 'next' extends keyof Answer<P> ? ('items' extends keyof Answer<P> ? P : never) : never
}[GetPath]
export type Row<P extends ListPath> = Answer<P> extends { readonly items: readonly (infer R)[] } ? R : never
export type CommandName = keyof Commands

export interface FieldProblem {
  readonly field: string
  readonly expected: string
  readonly detail?: string
}

/** A refusal in words (RFC 9457), in the language of the screens. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly errors: readonly FieldProblem[]

  constructor(body: Partial<Problem> & { readonly detail?: string }, status: number) {
    super(body.detail ?? String(status))
    this.name = 'Problem'
    this.status = status
    this.code = body.code ?? 'UNEXPECTED'
    this.title = body.title ?? ''
    this.errors = body.errors ?? []
  }
}

type PathValues = Readonly<Record<string, string>>
export type QueryValues = Readonly<Record<string, string | readonly string[] | undefined>>

/** Where the log stood behind the last command of this window: what is read next must hold it. */
let written: { readonly position: string; readonly at: number } | undefined
const REMEMBERED_MS = 10_000
const READ_MODELS = /^\/api\/(?:commerce|invoicing|ledger|organisation)\//

const whoeverSignsOut = new Set<() => void>()
/** Told when a request finds the session over. */
export const onSignedOut = (listener: () => void): (() => void) => {
  whoeverSignsOut.add(listener)
  return () => void whoeverSignsOut.delete(listener)
}

export const addressOf = (path: string, values: PathValues = {}, query: QueryValues = {}): string => {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of [value ?? []].flat()) parameters.append(name, one)
  if (written && READ_MODELS.test(place) && Date.now() - written.at < REMEMBERED_MS)
    parameters.set('minPosition', written.position)
  const text = parameters.toString()
  return text === '' ? place : `${place}?${text}`
}

let signIns = 0
/** Somebody signed in: what was asked before, and is answered late, does not say that this session is over. */
export const noteSignIn = (): void => void signIns++

const ask = async (address: string, init: RequestInit): Promise<Response> => {
  const signInsBefore = signIns
  const headers = { 'Accept-Language': language(), ...(init.headers as Record<string, string>) }
  const response = await whenConnected(() => fetch(address, { ...init, headers }), init.signal ?? undefined)
  if (response.ok) return response
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>
  if (body.code === 'NOT_SIGNED_IN' && signIns === signInsBefore)
    for (const listener of whoeverSignsOut) listener()
  throw new Problem(body, response.status)
}

/** Reads an address; its answer is of the type that the description says. */
export const get = async <P extends GetPath>(
  path: P,
  {
    values,
    query,
    signal,
  }: {
    readonly values?: PathValues
    readonly query?: QueryValues
    readonly signal?: AbortSignal
  } = {},
): Promise<Answer<P>> => {
  const response = await ask(addressOf(path, values, query), signal ? { signal } : {})
  return (await response.json()) as Answer<P>
}

const JSON_BODY = { 'Content-Type': 'application/json' } as const

/** Changes what is one's own and no fact of the business: what one keeps, not what one does. */
export const change = async (method: 'PUT' | 'DELETE', path: string, body?: object): Promise<void> => {
  await ask(path, { method, ...(body && { headers: JSON_BODY, body: JSON.stringify(body) }) })
}

/** A list as a file, whole: the question is that of its rows. */
export const download = async (
  path: string,
  {
    values,
    query,
    body,
    signal,
  }: {
    readonly values?: PathValues | undefined
    readonly query: QueryValues
    readonly body: object
    readonly signal: AbortSignal
  },
): Promise<Response> =>
  ask(addressOf(`${path}/export`, values, query), {
    method: 'POST',
    headers: JSON_BODY,
    body: JSON.stringify(body),
    signal,
  })

/** A document with the revision that a command on it is sent against. */
export const getDocument = async <P extends GetPath>(
  path: P,
  id: string,
  signal: AbortSignal,
): Promise<{ readonly row: Answer<P>; readonly revision: string | undefined }> => {
  const response = await ask(addressOf(path, { id }), { signal })
  const revision = response.headers.get('etag') ?? undefined
  return { row: (await response.json()) as Answer<P>, revision }
}

/** An event that a command recorded, or would record. */
export interface RecordedEvent {
  readonly type: string
  readonly stream: string
  readonly revision: number
  readonly data?: Readonly<Record<string, unknown>>
}

export interface CommandAnswer {
  readonly outcome: 'done' | 'nothing' | 'preview' | 'accepted'
  readonly events: readonly RecordedEvent[]
  readonly position?: string
  readonly result?: { readonly number: string; readonly issuedOn: string }
}

interface Sending {
  /** The same for each try: a command is carried out once. */
  readonly key: string
  readonly revision?: string | undefined
}

/** Sends what is no command of its own: sign-in, secrets; its answer is of the type that the caller knows. */
export const post = async <T>(
  address: string,
  input: unknown,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<T> => {
  const response = await ask(address, {
    method: 'POST',
    headers: { ...JSON_BODY, ...headers },
    body: JSON.stringify(input),
    ...(signal && { signal }),
  })
  return (await response.json()) as T
}

/** Ends something; what the answer says, where it says something. */
export const removeFor = async <T extends object>(address: string): Promise<Partial<T>> => {
  const response = await ask(address, { method: 'DELETE' })
  return response.status === 204 ? {} : ((await response.json()) as T)
}

export const remove = async (address: string): Promise<void> => {
  await removeFor(address)
}

export const send = async (
  name: CommandName,
  input: unknown,
  { key, revision }: Sending,
): Promise<CommandAnswer> => {
  const headers = { 'Idempotency-Key': key, ...(revision !== undefined && { 'If-Match': revision }) }
  const answer = await post<CommandAnswer>(`/api/commands/${name}`, input, headers)
  if (answer.position !== undefined) written = { position: answer.position, at: Date.now() }
  return answer
}

/** What a command would record, and nothing is. */
export const preview = (name: CommandName, input: unknown, signal: AbortSignal): Promise<CommandAnswer> =>
  post<CommandAnswer>(`/api/commands/${name}?dryRun=true`, input, {}, signal)
