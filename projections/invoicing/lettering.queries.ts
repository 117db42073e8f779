import { schemaOf } from '../definition.ts'
import type { Queryable } from '../lists.ts'
import { rowsAsOf } from '../rows-as-of.ts'
import { lettering } from './lettering.ts'
import type { AllocationStep } from './lettering.ts'
import { openItemTable, receivables } from './receivables.ts'

const SCHEMA = schemaOf(receivables)

/** A document of a third party, with what is left of it and the code it is lettered with. */
export interface LetteredDocument {
  readonly documentId: string
  readonly kind: 'invoice' | 'creditNote' | 'payment'
  readonly reference: string
  /** Minor units, owed to us positive, owed by us negative; zero when settled. */
  readonly leftOpen: bigint
  readonly code: string | null
}

const documentsIn = (openItems: string): string => `
  select document_id::text, kind, reference, amount::text, left_open::text
  from ${openItems} where entity_id = $1 and customer_id = $2`
const DOCUMENTS = documentsIn(`${SCHEMA}.open_item`)
const DOCUMENTS_AS_OF = documentsIn(`(${rowsAsOf(receivables, openItemTable, '$3::bigint')}) o`)

/**
 * Allocations by what they settle, which an index finds. A row that was taken back bears the ordinal of that, and its
 * history that of the allocation itself.
 */
const ALLOCATIONS = `
  select a.allocation_id::text, a.source_id::text, a.invoice_id::text, a.amount::text,
    coalesce(
      (select min(h.since) from ${SCHEMA}.allocation_history h
        where h.allocation_id = a.allocation_id and h.invoice_id = a.invoice_id),
      a.since)::text,
    case when a.reversed_on is not null then a.since::text end
  from ${SCHEMA}.open_item o join ${SCHEMA}.allocation a on a.invoice_id = o.document_id
  where o.entity_id = $1 and o.customer_id = $2`

type DocumentRow = readonly [string, LetteredDocument['kind'], string, string, string]
type AllocationRow = readonly [
  allocationId: string,
  sourceId: string,
  documentId: string,
  amount: string,
  allocatedAt: string,
  reversedAt: string | null,
]

/** The steps of allocations, in the order of the log. */
const stepsOf = (rows: readonly AllocationRow[]): readonly (AllocationStep & { readonly at: number })[] => {
  const steps = new Map<string, AllocationStep & { readonly at: number }>()
  for (const [allocationId, sourceId, documentId, amount, allocatedAt, reversedAt] of rows)
    for (const [kind, at] of [
      ['allocated', allocatedAt],
      ['reversed', reversedAt],
    ] as const) {
      if (at === null) continue
      const known = steps.get(`${kind} ${allocationId}`)
      const settlement = { documentId, amount: BigInt(amount) }
      steps.set(`${kind} ${allocationId}`, {
        ...{ allocationId, sourceId, kind, at: Number(at) },
        settlements: [...(known?.settlements ?? []), settlement],
      })
    }
  return [...steps.values()].toSorted((a, b) => a.at - b.at)
}

/** Every document of a third party, with its lettering: now, or as both stood behind the event of an ordinal. */
export const letteredDocuments = async (
  db: Queryable,
  {
    entityId,
    partyId,
    asOf,
  }: { readonly entityId: string; readonly partyId: string; readonly asOf?: number },
): Promise<readonly LetteredDocument[]> => {
  const ask = async <R extends readonly unknown[]>(
    name: string,
    text: string,
    ...more: readonly number[]
  ): Promise<readonly R[]> => {
    const values = [entityId, partyId, ...more]
    const { rows } = await db.query<unknown[]>({ name, text, values, rowMode: 'array' })
    return rows as unknown as readonly R[]
  }
  const [documents, allocations] = await Promise.all([
    asOf === undefined
      ? ask<DocumentRow>('documents-of-party', DOCUMENTS)
      : ask<DocumentRow>('documents-of-party-as-of', DOCUMENTS_AS_OF, asOf),
    ask<AllocationRow>('allocations-of-party', ALLOCATIONS),
  ])
  const opened = documents.map(([documentId, , , amount]) => ({ documentId, amount: BigInt(amount) }))
  const known = stepsOf(allocations).filter(({ at }) => asOf === undefined || at <= asOf)
  const codes = lettering(opened, known)
  return documents.map(([documentId, kind, reference, , leftOpen]) => ({
    ...{ documentId, kind, reference, leftOpen: BigInt(leftOpen) },
    code: codes.get(documentId) ?? null,
  }))
}
