import { useSay } from '../words/words.ts'
import type { Text } from '../words/words.ts'

/** The headings of a table: words to the left, figures to the right. */
export const Headings = ({
  plain = [],
  figures = [],
}: {
  readonly plain?: readonly Text[]
  readonly figures?: readonly Text[]
}) => {
  const say = useSay()
  return (
    <>
      {plain.map(heading => (
        <th key={heading} scope="col">
          {say(heading)}
        </th>
      ))}
      {figures.map(heading => (
        <th key={heading} scope="col" className="figure">
          {say(heading)}
        </th>
      ))}
    </>
  )
}
