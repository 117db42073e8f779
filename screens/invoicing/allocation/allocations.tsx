import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../api/client.ts'
import type { QueryValues, Row } from '../../api/client.ts'
import { maySendIn, useMe } from '../../api/session.ts'
import { ActDrawer } from '../../documents/act-drawer.tsx'
import { action } from '../../documents/declaration.ts'
import documentClasses from '../../documents/documents.module.css'
import { whole } from '../../forms/declaration.ts'
import { ScreenLink } from '../../frame/link.tsx'
import { day, text } from '../../shapes/shapes.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import { invoicingEvents } from '../event-words.ts'
import { words } from './words.ts'

/** What settles what, newest first, and how it is taken back. */

type Allocation = Row<'/api/invoicing/allocations'>

const { form: reverseForm } = action((_: Allocation) => true, {
  command: 'invoicing.reverseAllocation',
  title: words.reverse,
  submit: words.reverse,
  note: words.reverseNote,
  fields: [
    { name: 'reversedOn', label: words.reversedOn, as: day },
    { name: 'explanation', label: words.explanation, as: text, wide: true },
  ],
  begin: ({ today }) => ({ reversedOn: today }),
  input: (values, { allocationId, entityId, customerId, currency }) => {
    const { reversedOn, explanation } = values as Readonly<Record<string, string | undefined>>
    return whole({
      ...{ allocationId, entityId, customerId, currency, reversedOn },
      explanation: explanation?.trim() || undefined,
    })
  },
  done: () => [words.isReversed, {}],
})

const ROWS = '100'

/** @param of the payment or the customer whose allocations these are */
export const Allocations = ({ of }: { readonly of: QueryValues }) => {
  const say = useSay()
  const [act, setAct] = useState<Allocation>()
  const { data } = useQuery({
    queryKey: ['list', '/api/invoicing/allocations', of],
    queryFn: ({ signal }) => get('/api/invoicing/allocations', { query: { ...of, limit: ROWS }, signal }),
  })
  if (!data || data.items.length === 0) return null
  const byAllocation = Map.groupBy(data.items, ({ allocationId }) => allocationId)
  return (
    <section className={documentClasses['box']}>
      <h2>{say(words.done)}</h2>
      <div className={documentClasses['part']}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say(words.allocatedOn)}</th>
              <th scope="col">{say(words.number)}</th>
              <th scope="col" className="figure">
                {say(words.amount)}
              </th>
              <th scope="col" className="figure">
                {say(words.vatReleased)}
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {[...byAllocation.values()].flatMap(settled =>
              settled.map((row, i) => (
                <AllocationRow
                  key={`${row.allocationId} ${row.invoiceId}`}
                  row={row}
                  onAct={i === 0 ? setAct : undefined}
                />
              )),
            )}
          </tbody>
        </table>
      </div>
      {act && (
        <ActDrawer
          form={reverseForm}
          subject={{ ...act }}
          subjectId={act.allocationId}
          revision={undefined}
          events={invoicingEvents}
          onClose={() => setAct(undefined)}
        />
      )}
    </section>
  )
}

/** One document that an allocation settles; taken back as a whole, on the first of them. */
const AllocationRow = ({
  row,
  onAct,
}: {
  readonly row: Allocation
  readonly onAct: ((row: Allocation) => void) | undefined
}) => {
  const say = useSay()
  const formats = useFormats()
  const may = maySendIn(useMe(), 'invoicing.reverseAllocation', row.entityId)
  const { invoiceId, number, amount, vatReleased, allocatedOn, reversedOn } = row
  return (
    <tr>
      <td>{formats.day(allocatedOn)}</td>
      <td>
        <ScreenLink to={`/invoicing/invoices/${invoiceId}`}>{number}</ScreenLink>
      </td>
      <td className="figure">{formats.amount(amount)}</td>
      <td className="figure">{vatReleased === 0 ? '' : formats.amount(vatReleased)}</td>
      <td className="figure">
        {reversedOn === null
          ? onAct &&
            may && (
              <Button variant="default" size="compact-xs" onClick={() => onAct(row)}>
                {say(words.reverse)}
              </Button>
            )
          : say(words.takenBack, { day: formats.day(reversedOn) })}
      </td>
    </tr>
  )
}
