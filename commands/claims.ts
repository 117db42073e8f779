import { decideKey, keyId, keyText, uniqueKey } from '../domain/organisation/public.ts'
import type { KeyKind } from '../domain/organisation/claim.events.ts'
import { step, type AnyStep, type CommandContext } from './definition.ts'

/**
 * The step that claims a unique key for an owner: the first of a command that brings the owner into being
 * (PROTOCOL 16).
 * @param parts what makes the key, from the widest: the legal entity before the number
 */
export const claimKey = (
  context: CommandContext,
  { kind, parts, ownerStream }: { kind: KeyKind; parts: readonly string[]; ownerStream: string },
): AnyStep => {
  const digest = context.digest(keyText(kind, ...parts))
  return step({
    aggregate: uniqueKey,
    id: keyId(kind, digest),
    decide: decideKey.claim({ kind, ownerStream, commandId: context.commandId }),
  })
}
