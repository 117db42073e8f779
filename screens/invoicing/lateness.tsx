import type { Shape } from '../shapes/shape.ts'
import classes from '../shapes/shapes.module.css'
import { count, isNone } from '../shapes/shapes.tsx'
import { useFormats } from '../words/use-formats.ts'
import { dictionary, useSay } from '../words/words.ts'

/** How long something has been due. */

export const lateWords = dictionary('invoicing.lateness', {
  late: { fr: 'Retard', en: 'Late' },
  overdue: { fr: 'En retard', en: 'Overdue' },
  days: { fr: '{{days}} j', en: '{{days}} d' },
})

const DaysLate = ({ value }: { readonly value: unknown }) => {
  const say = useSay()
  const formats = useFormats()
  if (isNone(value)) return null
  return (
    <span className={classes['state']} data-tone="bad">
      {say(lateWords.days, { days: formats.count(value as number) })}
    </span>
  )
}

/** Days since it was due, told apart from what is not late; a number of days in a file. */
export const daysLate: Shape = { ...count, figure: false, Show: DaysLate }
