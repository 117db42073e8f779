import { z } from 'zod'
import { DraftLine } from '../domain/invoicing/invoice.events.ts'
import {
  DocumentCharge,
  FrozenEntryLine,
  InvoiceContent,
  InvoiceLine,
  ItemVat,
  SalePosting,
  Seller,
  VatTotal,
} from '../domain/invoicing/invoice-content.ts'
import { AllocationSource, Settlement, VatRelease } from '../domain/invoicing/receivable.events.ts'
import { OrderLine } from '../domain/commerce/order.events.ts'
import { EntryLine, EventReference, JournalEntry, LineVat } from '../domain/shared/journal-entry.ts'
import {
  Address,
  CompanyParty,
  Contact,
  DeliveryPlace,
  ElectronicAddress,
  Party,
  PersonParty,
} from '../domain/shared/party.ts'
import { purposeOf } from '../domain/shared/protected.ts'
import type { EventDefinition } from '../domain/shared/events.ts'
import * as values from '../domain/shared/values.ts'
import { personalWalk } from './personal-fields.ts'

type Json = Record<string, unknown>

/** Scalars that are said by name: what they are stands in docs/event-shapes.md. */
const scalars = new Map<z.ZodType, string>([
  [values.Uuid, 'UUID'],
  [values.Day, 'day'],
  [values.Period, 'period'],
  [values.Instant, 'instant'],
  [values.Sha256, 'SHA-256'],
  [values.Cents, 'amount'],
  [values.CentsNotNegative, 'amount, zero or more'],
  [values.CentsPositive, 'amount above zero'],
  [values.TotalCents, 'sum of amounts, zero or more'],
  [values.UnitPrice, 'unit price'],
  [values.Quantity, 'quantity'],
  [values.Rate, 'rate'],
  [values.ExchangeRate, 'exchange rate'],
  [values.Currency, 'ISO 4217 code'],
  [values.Country, 'ISO 3166 code'],
  [values.Code, 'code'],
  [values.AccountNumber, 'account number'],
  [values.DocumentNumber, 'document number'],
  [values.Axes, 'analytic axes'],
])

/** Shapes that several events hold: each has one section of its own. */
const shapes = new Map<z.ZodType, string>([
  [Address, 'Address'],
  [ElectronicAddress, 'ElectronicAddress'],
  [Contact, 'Contact'],
  [CompanyParty, 'CompanyParty'],
  [PersonParty, 'PersonParty'],
  [Party, 'Party'],
  [DeliveryPlace, 'DeliveryPlace'],
  [JournalEntry, 'JournalEntry'],
  [EntryLine, 'EntryLine'],
  [LineVat, 'LineVat'],
  [EventReference, 'EventReference'],
  [OrderLine, 'OrderLine'],
  [DraftLine, 'DraftLine'],
  [InvoiceContent, 'InvoiceContent'],
  [Seller, 'Seller'],
  [InvoiceLine, 'InvoiceLine'],
  [ItemVat, 'ItemVat'],
  [DocumentCharge, 'DocumentCharge'],
  [VatTotal, 'VatTotal'],
  [SalePosting, 'SalePosting'],
  [FrozenEntryLine, 'FrozenEntryLine'],
  [AllocationSource, 'AllocationSource'],
  [Settlement, 'Settlement'],
  [VatRelease, 'VatRelease'],
])

/**
 * The catalogue of events as a page: every type the log may hold, its fields as stored, and which of them are
 * protected. Made from the schemas the codec uses, so it cannot say anything else.
 */
export const eventCatalogue = (definitions: readonly EventDefinition[]): string => {
  const contexts = Map.groupBy(definitions, ({ type }) => type.slice(0, type.indexOf('.')))
  const lines = [
    '# Event catalogue',
    '',
    'Generated from the schemas in `domain/`: `npm run docs` writes it, the tests check that it is current. What the',
    'scalars, protected fields and the journal entry are is explained in [event-shapes.md](event-shapes.md).',
  ]
  for (const [context, events] of contexts) {
    lines.push('', `## ${context}`)
    for (const { type, schemaVersion, data } of events) {
      const personal = personalWalk(data) ? '; holds protected fields' : ''
      lines.push('', `### ${type}`, '', `Version ${schemaVersion}${personal}.`, '', ...table(data))
    }
  }
  lines.push('', '## Shared shapes')
  for (const [schema, name] of shapes) lines.push('', `### ${name}`, '', ...table(schema))
  return `${lines.join('\n')}\n`
}

const table = (root: z.ZodType): string[] => {
  const shape = z.toJSONSchema(root, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema }) => {
      annotate(zodSchema as unknown as z.ZodType, jsonSchema, root)
    },
  }) as Json
  const rows = shape['oneOf'] === undefined ? fields('', shape) : [['', describe(shape)] as const]
  return [
    '| field | stored as |',
    '|---|---|',
    ...rows.map(([path, type]) => `| ${path === '' ? '' : `\`${path}\``} | ${type} |`),
  ]
}

/** Names what has a name, and says of a group about a person what it is kept for. */
const annotate = (schema: z.ZodType, json: Json, root: z.ZodType): void => {
  const purpose = purposeOf(schema)
  if (purpose) json['x-purpose'] = purpose
  const scalar = scalars.get(schema)
  if (scalar !== undefined) json['x-name'] = scalar
  const shape = schema === root ? undefined : shapes.get(schema)
  if (shape !== undefined) json['x-name'] = `[${shape}](#${shape.toLowerCase()})`
}

const fields = (prefix: string, schema: Json): [string, string][] => {
  const properties = (schema['properties'] ?? {}) as Record<string, Json>
  const required = new Set((schema['required'] ?? []) as string[])
  return Object.entries(properties).flatMap(([name, field]): [string, string][] => {
    const path = `${prefix}${name}${required.has(name) ? '' : '?'}`
    return [[path, describe(field)], ...nested(path, field)]
  })
}

const nested = (path: string, field: Json): [string, string][] => {
  if (field['x-name'] !== undefined) return []
  if (field['properties']) return fields(`${path}.`, field)
  const items = field['items'] as Json | undefined
  if (items) return nested(`${path}[]`, items)
  const options = (field['oneOf'] ?? (isProtected(field) ? [] : field['anyOf'])) as Json[] | undefined
  return (options ?? []).flatMap(option => nested(path, option))
}

const isProtected = (field: Json): boolean =>
  ((field['anyOf'] ?? []) as Json[]).some(option => '$protected' in ((option['properties'] ?? {}) as Json))

const say = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const describe = (field: Json): string => {
  if (typeof field['x-name'] === 'string') return field['x-name']
  if (isProtected(field)) return '**protected** text'
  const purpose =
    field['x-purpose'] === undefined ? '' : `, about a person, for \`${say(field['x-purpose'])}\``
  if (field['const'] !== undefined) return `\`${say(field['const'])}\``
  if (Array.isArray(field['enum'])) return field['enum'].map(value => `\`${say(value)}\``).join(', ')
  if (field['type'] === 'array') return `list of ${describe((field['items'] ?? {}) as Json)}`
  if (field['properties']) return `object${purpose}`
  const options = field['oneOf'] ?? field['anyOf']
  return options
    ? (options as Json[]).map(describe).join(' or ')
    : `${say(field['type'] ?? 'value')}${bounds(field)}`
}

const bounds = ({ format, maxLength, minimum, maximum, pattern }: Json): string => {
  if (format !== undefined) return ` (${say(format)})`
  if (maxLength !== undefined) return ` of at most ${say(maxLength)}`
  if (minimum !== undefined || maximum !== undefined)
    return ` from ${say(minimum)}${maximum === Number.MAX_SAFE_INTEGER ? '' : ` to ${say(maximum)}`}`
  return pattern === undefined ? '' : ` like \`${say(pattern).replaceAll('|', '\\|')}\``
}
