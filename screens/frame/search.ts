import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get } from '../api/client.ts'
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

const customers = async (search: string, signal: AbortSignal): Promise<readonly Found[]> => {
  const { items } = await get('/api/commerce/customers', { query: { search, limit: EACH_MAX }, signal })
  return items.map(({ customerId, code, name, city }) => ({
    id: customerId,
    label: name ?? code,
    description: [code, city].filter(Boolean).join(' · '),
    to: `/commerce/customers/${customerId}`,
  }))
}

const orders = async (search: string, signal: AbortSignal, formats: Formats): Promise<readonly Found[]> => {
  const { items } = await get('/api/commerce/orders', { query: { search, limit: EACH_MAX }, signal })
  return items.map(({ orderId, number, orderedOn, net, currency }) => ({
    id: orderId,
    label: number,
    description: `${formats.day(orderedOn)} · ${formats.money(net, currency)}`,
    to: `/commerce/orders/${orderId}`,
  }))
}

/** By text; what reads as an amount is also looked for among what was invoiced. */
const invoices = async (search: string, signal: AbortSignal, formats: Formats): Promise<readonly Found[]> => {
  const amount = parseScaled(search, 'amount')
  const exactly = amount === undefined ? undefined : { grossFrom: String(amount), grossTo: String(amount) }
  const queries = [{ search }, ...(exactly ? [exactly] : [])]
  const pages = await Promise.all(
    queries.map(query => get('/api/invoicing/invoices', { query: { ...query, limit: EACH_MAX }, signal })),
  )
  return pages
    .flatMap(({ items }) => items)
    .map(({ invoiceId, number, buyerName, buyerCode, gross, net, currency }) => ({
      id: invoiceId,
      label: number ?? buyerName ?? buyerCode ?? '—',
      description: [buyerName ?? buyerCode, formats.money(gross ?? net, currency)]
        .filter(Boolean)
        .join(' · '),
      to: `/invoicing/invoices/${invoiceId}`,
    }))
}

const products = async (search: string, signal: AbortSignal): Promise<readonly Found[]> => {
  const { items } = await get('/api/commerce/products', { query: { search, limit: EACH_MAX }, signal })
  return items.map(({ productId, code, name }) => ({
    id: productId,
    label: name,
    description: code,
    to: `/commerce/products/${productId}`,
  }))
}

const manualEntries = async (
  search: string,
  signal: AbortSignal,
  formats: Formats,
): Promise<readonly Found[]> => {
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
      const search = typed.toLowerCase()
      const all = [
        invoices(search, signal, formats),
        orders(search, signal, formats),
        customers(search, signal),
        products(search, signal),
        ...(mayRead(me, 'ledger') ? [manualEntries(search, signal, formats)] : []),
      ]
      return (await Promise.all(all)).flat()
    },
  })
  return typed.length < CHARACTERS_MIN ? [] : (data ?? [])
}
