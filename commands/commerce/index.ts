import type { ContextCommands } from '../definition.ts'
import { customerCommands } from './customers.ts'
import { commerceSentences } from './messages.ts'
import { orderCommands } from './orders.ts'
import { productCommands } from './products.ts'

/** What commerce can be asked, and what it says when it refuses. */
export const commerce: ContextCommands = {
  commands: [...customerCommands, ...productCommands, ...orderCommands],
  sentences: commerceSentences,
}
