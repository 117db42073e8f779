import type { Personal } from '../../domain/shared/protected.ts'
import type { Vault } from './vault.ts'

/** Opens one personal field of an event: its clear text, or undefined where its key was destroyed. */
export const fieldRevealer =
  (vault: Pick<Vault, 'reveal'>, logId: string) =>
  async (field: string, value: Personal): Promise<string | undefined> => {
    if (typeof value === 'string') return value
    const [clear] = await vault.reveal(logId, [{ field, value }])
    return typeof clear === 'string' ? clear : undefined
  }
