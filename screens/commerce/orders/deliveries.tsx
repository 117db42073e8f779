import { RowsTable } from '../../documents/part-table.tsx'
import type { StoryEvent } from '../../documents/story.ts'
import { day, quantity, text } from '../../shapes/shapes.tsx'
import { unit } from '../../shapes/units.ts'
import { words as commerce } from '../words.ts'
import { orderedLines } from './ordered-lines.ts'
import { words } from './words.ts'

interface Delivered {
  readonly deliveredOn: string
  readonly carrier?: string
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[]
}

/** What each delivery of an order held, as its history tells. */
export const Deliveries = ({ story }: { readonly story: readonly StoryEvent[] }) => {
  const ordered = orderedLines(story)
  const rows = story
    .filter(({ type }) => type === 'commerce.OrderDelivered')
    .flatMap(({ data }) => {
      const { deliveredOn, carrier, lines } = data as unknown as Delivered
      return lines.map(line => ({ ...ordered.get(line.lineId), ...line, deliveredOn, carrier }))
    })
  return (
    <RowsTable
      title={words.deliveries}
      rows={rows}
      columns={[
        { field: 'deliveredOn', label: words.deliveredOn, as: day, width: 90 },
        { field: 'productCode', label: commerce.product, as: text, width: 90 },
        { field: 'name', label: commerce.name, as: text, width: 220 },
        { field: 'quantity', label: words.deliveredQuantity, as: quantity, width: 80 },
        { field: 'unit', label: words.unit, as: unit, width: 70 },
        { field: 'carrier', label: words.carrier, as: text, width: 120 },
      ]}
    />
  )
}
