import { EntityLink } from '../../frame/entity.tsx'
import type { Search } from '../../frame/link.tsx'

interface Props {
  /** Where its lines are; a sum has none, and neither has what nobody posted. */
  readonly account: string | undefined
  /** The months that it is of. */
  readonly search: Search
  /** Written out; empty for nothing. */
  readonly amount: string
}

/** A figure, which opens the account that it is of. */
export const AccountFigure = ({ account, search, amount }: Props) =>
  account === undefined || amount === '' ? (
    amount
  ) : (
    <EntityLink to={`/ledger/accounts/${account}`} search={search}>
      {amount}
    </EntityLink>
  )
