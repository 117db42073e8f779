import { comments } from './collaboration/comments.ts'
import { customers } from './commerce/customers.ts'
import { orders } from './commerce/orders.ts'
import { products } from './commerce/products.ts'
import type { Projection } from './definition.ts'
import { invoices } from './invoicing/invoices.ts'
import { receivables } from './invoicing/receivables.ts'
import { chart } from './ledger/chart.ts'
import { ledger } from './ledger/ledger.ts'
import { manualEntries } from './ledger/manual-entries.ts'
import { commands } from './organisation/commands.ts'
import { entities } from './organisation/entities.ts'
import { history } from './organisation/history.ts'
import { persons } from './organisation/persons.ts'
import { users } from './organisation/users.ts'

/** Every projection of the program: what it runs, rebuilds, reads and lists in the dictionary. */
export const projections: readonly Projection[] = [
  entities,
  users,
  persons,
  history,
  commands,
  customers,
  products,
  orders,
  invoices,
  receivables,
  chart,
  ledger,
  manualEntries,
  comments,
]
