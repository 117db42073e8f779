import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { Shape } from './shape.ts'
import { isUnreadable } from './typed.ts'

/** A value as its shape shows it; what cannot be read, as it was typed. */
export const Value = ({ as, value }: { readonly as: Shape; readonly value: unknown }) => {
  const say = useSay()
  const formats = useFormats()
  if (isUnreadable(value)) return <>{value.unreadable}</>
  return as.Show ? <as.Show value={value} /> : <>{as.tell(value, { say, formats })}</>
}
