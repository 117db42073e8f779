import { randomUUID } from 'node:crypto'

/** The forms that are declared, each as it could be sent, and with anything typed into any of its cells. */

export type AnyRow = Readonly<Record<string, unknown>>
type Values = Readonly<Record<string, unknown>>
type Line = Values

/** Of the declarations, what is asked of them here. They are written for a browser, and loaded as they stand. */
interface Shape {
  readonly kind: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly search?: (typed: string, signal: AbortSignal) => Promise<readonly AnyRow[]>
  readonly idOf?: (row: AnyRow) => string
}
interface Field {
  readonly name: string
  readonly as: Shape
  readonly fixed?: true
}
export interface Beginning {
  readonly entity: AnyRow | undefined
  readonly today: string
  readonly userId: string
}
export interface AnyForm {
  readonly command: string
  readonly fields: readonly Field[]
  readonly lines?: { readonly name: string; readonly columns: readonly Field[]; readonly empty?: () => Line }
  readonly begin: (beginning: Beginning, subject: AnyRow | undefined) => Values | Promise<Values>
  readonly input: (values: Values, subject: AnyRow | undefined) => object | undefined
}
interface AnyDocument {
  readonly path: string
  readonly actions: readonly { readonly form: AnyForm; readonly when: (row: AnyRow) => boolean }[]
}
type Screen =
  | { readonly kind: 'form'; readonly load: () => Promise<{ readonly default: AnyForm }> }
  | { readonly kind: 'document'; readonly load: () => Promise<{ readonly default: AnyDocument }> }
  | { readonly kind: 'list' | 'page' }

export const fromScreens = async <T>(path: string): Promise<T> =>
  (await import(new URL(`../../../screens/${path}`, import.meta.url).href)) as T

export interface Declared {
  readonly form: AnyForm
  readonly document?: AnyDocument
  readonly when?: (row: AnyRow) => boolean
}

export const declaredForms = async (): Promise<readonly Declared[]> => {
  const { contexts } = await fromScreens<{
    readonly contexts: readonly { readonly screens: readonly Screen[] }[]
  }>('contexts.ts')
  const declared: Declared[] = []
  for (const screen of contexts.flatMap(({ screens }) => screens)) {
    if (screen.kind === 'form') declared.push({ form: (await screen.load()).default })
    if (screen.kind !== 'document') continue
    const document = (await screen.load()).default
    for (const { form, when } of document.actions) declared.push({ form, document, when })
  }
  return declared
}

/** What no text alone would be taken for. */
const PLAUSIBLE: Readonly<Record<string, string>> = {
  siren: '732829320',
  vatNumber: 'FR44732829320',
  country: 'FR',
  account: '6132',
  revenueAccount: '707',
}

const plausible = async ({ as: { kind, options, search, idOf }, name }: Field): Promise<unknown> => {
  if (search && idOf) {
    const [row] = await search('', new AbortController().signal)
    return row && idOf(row)
  }
  if (options) return Object.keys(options)[0]
  const known = PLAUSIBLE[name.slice(name.lastIndexOf('.') + 1)]
  if (known !== undefined) return known
  switch (kind) {
    case 'count':
      return 30
    case 'amount':
      return 100_00
    case 'quantity':
      return 1_0000
    case 'price':
      return 10_000000
    case 'rate':
      return 0
    case 'day':
      return new Date().toISOString().slice(0, 10)
    default:
      return `E${randomUUID().slice(0, 8)}`
  }
}

/** A form that could be sent: what it begins with, and something plausible where it begins with nothing. */
export const filled = async (
  form: AnyForm,
  beginning: Beginning,
  subject: AnyRow | undefined,
): Promise<Values> => {
  const values: Record<string, unknown> = { ...(await form.begin(beginning, subject)) }
  for (const field of form.fields)
    if (values[field.name] === undefined || values[field.name] === '')
      values[field.name] = await plausible(field)
  if (!form.lines) return values
  const { name, columns, empty } = form.lines
  const lines = (values[name] ?? (empty ? [empty()] : [])) as readonly Line[]
  values[name] = await Promise.all(
    lines.map(async line => {
      const whole: Record<string, unknown> = { ...line }
      for (const column of columns)
        if (whole[column.name] === undefined) whole[column.name] = await plausible(column)
      return whole
    }),
  )
  return values
}

interface Place {
  readonly name: string
  readonly as: Shape
  readonly put: (values: Values, value: unknown) => Values
}

export const placesOf = (form: AnyForm): readonly Place[] => {
  const fields = form.fields.map(({ name, as }) => ({
    name,
    as,
    put: (values: Values, value: unknown) => ({ ...values, [name]: value }),
  }))
  const { lines } = form
  const cells = (lines?.columns ?? [])
    .filter(({ fixed }) => fixed !== true)
    .map(({ name, as }) => ({
      name: `${lines?.name ?? ''}.${name}`,
      as,
      put: (values: Values, value: unknown) => {
        const [first, ...others] = (values[lines?.name ?? ''] ?? []) as readonly Line[]
        return { ...values, [lines?.name ?? '']: [{ ...first, [name]: value }, ...others] }
      },
    }))
  return [...fields, ...cells]
}

const TEXTS: ReadonlySet<string> = new Set(['text', 'choice', 'reference'])

const reading = { language: 'fr', today: new Date().toISOString().slice(0, 10) }

const { parseAs } = await fromScreens<{
  readonly parseAs: (kind: string, typed: string, by: typeof reading) => unknown
}>('shapes/typed.ts')

/** What stands in the form behind something typed: as it is read, or the text that cannot be read. */
export const typedAs = (as: Shape, typed: string): unknown =>
  TEXTS.has(as.kind) ? typed : parseAs(as.kind, typed, reading)

const isUnreadable = (value: unknown): boolean => typeof value === 'object' && value !== null

interface Cell extends Pick<Place, 'put' | 'as'> {
  readonly form: AnyForm
}

/** Whether the form is sent without what was typed into a cell: nothing may be, neither texts nor letters. */
export const isLeftOut = (
  { form, put, as }: Cell,
  values: Values,
  { typed, subject }: { readonly typed: string; readonly subject: AnyRow | undefined },
): boolean => {
  const isRead = TEXTS.has(as.kind) ? as.kind !== 'reference' : !isUnreadable(typedAs(as, typed))
  return !isRead && form.input(put(values, { unreadable: typed }), subject) !== undefined
}
