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
