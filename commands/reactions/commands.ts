import { z } from 'zod'
import { CentsNotNegative, Quantity, Uuid } from '../../domain/shared/values.ts'
import { defineCommand } from '../definition.ts'
import type { ContextCommands } from '../definition.ts'
import { releaseStep } from '../invoicing/release.ts'
import { SYSTEM_ACTORS } from '../system-actors.ts'

/** Gives back what an issued invoice had claimed of an order and does not bill: its own command was cut off before. */
const releaseUnusedClaim = defineCommand({
  name: 'invoicing.releaseUnusedClaim',
  summary: {
    fr: 'Libérer ce qu’une facture émise avait réservé sans le facturer',
    en: 'Release what an issued invoice had claimed and does not bill',
  },
  input: z.strictObject({
    invoiceId: Uuid,
    orderId: Uuid,
    lines: z.array(z.strictObject({ lineId: Uuid, quantity: Quantity })).max(500),
    freight: CentsNotNegative,
  }),
  roles: [],
  actors: [SYSTEM_ACTORS.reactions],
  steps: ({ orderId, ...used }, _, { commandId }) => [releaseStep(orderId, { ...used, commandId })],
})

/** Commands that only reactions send, where no context has a use of its own for them. */
export const reactionCommands: ContextCommands = { commands: [releaseUnusedClaim], sentences: {} }
