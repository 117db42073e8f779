import { commerce } from './commerce/screens.ts'
import type { Context } from './frame/declaration.ts'
import { invoicing } from './invoicing/screens.ts'
import { ledger } from './ledger/screens.ts'
import { organisation } from './organisation/screens.ts'

/** All that there is to see, in the order of the navigation. */
export const contexts: readonly Context[] = [commerce, invoicing, ledger, organisation]
