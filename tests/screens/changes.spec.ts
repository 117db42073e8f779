import { expect, it } from 'vitest'
import { changesOf } from '../../screens/documents/changes.ts'

const event = (type: string, data: object, stream = 'product-1') => ({
  ordinal: 1,
  eventId: type,
  stream,
  type,
  actorName: null,
  origin: 'screen',
  recordedAt: '2026-01-01T00:00:00.000Z',
  data: data as Readonly<Record<string, unknown>>,
})

it('says what stands now where something else stood, and nothing of what is new or technical', () => {
  const events = [
    event('commerce.ProductRegistered', { productId: 'a', name: 'Chai', unitPrice: 18 }),
    event('commerce.ProductPriceChanged', { productId: 'b', unitPrice: 20, currency: 'EUR' }),
    event('commerce.ProductChanged', { name: 'Chai vert' }, 'product-2'),
    event('commerce.ProductChanged', { name: 'Chai noir' }),
  ]
  expect(changesOf(events)).toStrictEqual([
    [],
    [{ path: 'unitPrice', before: 18, after: 20 }],
    [],
    [{ path: 'name', before: 'Chai', after: 'Chai noir' }],
  ])
})

it('says of lines which cell holds what now, also where lines came and went', () => {
  const line = (account: string, amount: number) => ({ account, amount, axes: {}, partyId: 'untold' })
  const events = [
    event('ledger.ManualEntryDrafted', { lines: [line('6132', 100), line('512', 100)] }, 'manualEntry-1'),
    event(
      'ledger.ManualEntryDraftChanged',
      { lines: [line('6132', 120), line('512', 100), line('627', 5)] },
      'manualEntry-1',
    ),
  ]
  expect(changesOf(events)).toStrictEqual([
    [],
    [
      { path: 'lines.1.amount', line: 1, before: 100, after: 120 },
      { path: 'lines.3.account', line: 3, before: undefined, after: '627' },
      { path: 'lines.3.amount', line: 3, before: undefined, after: 5 },
    ],
  ])
})
