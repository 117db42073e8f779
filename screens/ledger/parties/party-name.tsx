import { customers } from '../../commerce/references.ts'

/** A third party by name, where the program knows one: customers so far. */
export const PartyName = ({
  id,
  code,
  kind,
}: {
  readonly id: string
  readonly code: string
  readonly kind: string
}) => (kind === 'customer' ? <customers.Name value={id} /> : <>{code}</>)
