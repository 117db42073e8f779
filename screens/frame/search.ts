import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import type { ListPath, Row } from '../api/client.ts'
import { customerName } from '../commerce/references.ts'
import { mayRead, useMe } from '../api/session.ts'
import { parseScaled } from '../words/formats.ts'
import type { Formats } from '../words/formats.ts'
import { useFormats } from '../words/use-formats.ts'

/** Documents found by what is typed: a number, a name, a code, or an amount. */

export interface Found {
  readonly id: string
  readonly label: string
  readonly description?: string | undefined
  readonly to: string
}

const EACH_MAX = '5'
const CHARACTERS_MIN = 2

/** What is looked for: a text, and the amount that it may be. */
interface Wanted {
  readonly search: string
  readonly amount: number | undefined
  readonly signal: AbortSignal
  readonly formats: Formats
}

/** The rows that bear the text, and those of exactly the amount. */
const wanted = async <P extends ListPath>(
  path: P,
  field: string,
  { search, amount, signal }: Wanted,
): Promise<readonly Row<P>[]> => {
  const exactly =
    amount === undefined ? [] : [{ [`${field}From`]: String(amount), [`${field}To`]: String(amount) }]
  const pages = await Promise.all(
    [{ search }, ...exactly].map(query => get(path, { query: { ...query, limit: EACH_MAX }, signal })),
  )
  return pages.flatMap(({ items }) => items as readonly Row<P>[])
}

const customers = async ({ search, signal }: Wanted): Promise<readonly Found[]> => {
  const { items } = await get('/api/commerce/customers', { query: { search, limit: EACH_MAX }, signal })
  return items.map(({ customerId, code, name, kind, city }) => ({
    id: customerId,
    label: customerName({ name, kind, code }),
    description: [code, city].filter(Boolean).join(' · '),
    to: `/commerce/customers/${customerId}`,
  }))
}

const orders = async (asked: Wanted): Promise<readonly Found[]> =>
  (await wanted('/api/commerce/orders', 'net', asked)).map(
    ({ orderId, number, orderedOn, net, currency }) => ({
      id: orderId,
      label: number,
      description: `${asked.formats.day(orderedOn)} · ${asked.formats.money(net, currency)}`,
      to: `/commerce/orders/${orderId}`,
    }),
  )

const invoices = async (asked: Wanted): Promise<readonly Found[]> =>
  (await wanted('/api/invoicing/invoices', 'gross', asked)).map(
    ({ invoiceId, number, buyerName, buyerCode, gross, net, currency }) => ({
      id: invoiceId,
      label: number ?? buyerName ?? buyerCode ?? '—',
      description: [buyerName ?? buyerCode, asked.formats.money(gross ?? net, currency)]
        .filter(Boolean)
        .join(' · '),
      to: `/invoicing/invoices/${invoiceId}`,
    }),
  )

const payments = async (asked: Wanted): Promise<readonly Found[]> =>
  (await wanted('/api/invoicing/payments', 'amount', asked)).map(
    ({ paymentId, bankReference, bankDate, amount, currency }) => ({
      id: paymentId,
      label: bankReference,
      description: `${asked.formats.day(bankDate)} · ${asked.formats.money(amount, currency)}`,
      to: `/invoicing/payments/${paymentId}`,
    }),
  )

const products = async ({ search, signal }: Wanted): Promise<readonly Found[]> => {
  const { items } = await get('/api/commerce/products', { query: { search, limit: EACH_MAX }, signal })
  return items.map(({ productId, code, name }) => ({
    id: productId,
    label: name,
    description: code,
    to: `/commerce/products/${productId}`,
  }))
}

const manualEntries = async ({ search, signal, formats }: Wanted): Promise<readonly Found[]> => {
  const { items } = await get('/api/ledger/manual-entries', { query: { search, limit: EACH_MAX }, signal })
  return items.map(({ entryId, documentReference, label, debit }) => ({
    id: entryId,
    label: documentReference,
    description: `${label} · ${formats.amount(debit)}`,
    to: `/ledger/manual-entries/${entryId}`,
  }))
}

export const useFound = (typed: string): readonly Found[] => {
  const me = useMe()
  const formats = useFormats()
  const { data } = useQuery({
    queryKey: ['found', typed],
    enabled: typed.length >= CHARACTERS_MIN && mayRead(me, 'commerce') && mayRead(me, 'invoicing'),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const asked = { search: typed, amount: parseScaled(typed, 'amount'), signal, formats }
      const inBooks = mayRead(me, 'ledger') ? [manualEntries] : []
      const all = [invoices, orders, customers, payments, products, ...inBooks].map(find => find(asked))
      const found = (await Promise.all(all)).flat()
      // What bears the text may also be of the amount.
      return [...new Map(found.map(one => [one.id, one])).values()]
    },
  })
  return typed.length < CHARACTERS_MIN ? [] : (data ?? [])
}
