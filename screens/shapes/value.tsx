import { useFormats } from '../words/use-formats.ts'
import { useSay } from '../words/words.ts'
import type { Shape } from './shape.ts'

/** A value as its shape shows it. */
export const Value = ({ as, value }: { readonly as: Shape; readonly value: unknown }) => {
  const say = useSay()
  const formats = useFormats()
  return as.Show ? <as.Show value={value} /> : <>{as.tell(value, { say, formats })}</>
}
