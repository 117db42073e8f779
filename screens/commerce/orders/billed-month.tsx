import { Button } from '@mantine/core'
import type { Beside } from '../../forms/declaration.ts'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import type { MonthToBill } from './months-to-bill.ts'
import classes from './orders.module.css'
import { words } from './words.ts'

/** The months of deliveries to bill, where one invoice cannot hold them all: the first is billed, the others follow. */
export const BilledMonth: Beside = ({ values }) => {
  const say = useSay()
  const formats = useFormats()
  const months = (values['months'] ?? []) as readonly MonthToBill[]
  if (months.length === 0) return null
  return (
    <section className={classes['months']} aria-label={say(words.billedMonth)}>
      <p>{say(words.goodsOfMonths)}</p>
      <div>
        {months.map(({ month }, i) => (
          <Button
            key={month}
            type="button"
            variant={i === 0 ? 'light' : 'default'}
            aria-pressed={i === 0}
            disabled={i > 0}
            title={i > 0 ? say(words.monthFollows) : undefined}
          >
            {formats.month(month)}
          </Button>
        ))}
      </div>
    </section>
  )
}
