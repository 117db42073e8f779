import { expect, it } from 'vitest'
import { postedBy } from '../../screens/lists/posted.ts'

const entry = (currency: string, amount: number) => ({
  data: {
    journalEntry: {
      currency,
      lines: [
        { side: 'debit', amount },
        { side: 'credit', amount },
      ],
    },
  },
})

it('adds up what documents would post, each currency by itself', () => {
  const events = [entry('EUR', 1200), { data: { state: 'issued' } }, entry('USD', 500), entry('EUR', 300), {}]
  expect([...postedBy(events)]).toEqual([
    ['EUR', 1500],
    ['USD', 500],
  ])
})
