import type { z } from 'zod'
import { PersonErased } from '../../domain/organisation/person.events.ts'
import { keyIdsIn } from '../../event-store/vault/reconcile.ts'
import { placeOf } from '../check.ts'
import type { Check, EventPlace } from '../check.ts'

/** Keys that the log names are in the vault, and those it says are erased are destroyed (PROTOCOL 28). */
export const keys: Check = {
  name: 'keys',
  title: {
    fr: 'Les clés citées par le journal sont présentes ou détruites',
    en: 'Keys that the log names are present or destroyed',
  },
  begin: ({ vault }, report) => {
    const known = new Set<string>()
    /** Keys named for the first time in the batch under way, with the event that names them. */
    const named = new Map<string, EventPlace>()
    const erased = new Map<string, { readonly place: EventPlace; readonly keyIds: readonly string[] }[]>()
    if (!vault) return {}
    return {
      see: (event, stored) => {
        for (const id of keyIdsIn(stored.data)) if (!known.has(id)) named.set(id, placeOf(event))
        if (event.type !== PersonErased.type) return
        const { personId, keyIds } = event.data as z.output<typeof PersonErased.data>
        erased.set(personId, [...(erased.get(personId) ?? []), { place: placeOf(event), keyIds }])
      },
      batchEnd: async () => {
        if (named.size === 0) return
        for (const id of await vault.unknownKeys([...named.keys()]))
          report(named.get(id) as EventPlace, {
            code: 'KEY_MISSING',
            found: id,
            expected: 'present or erased',
            sentence: {
              fr: `La clé ${id} n’est ni dans le coffre ni détruite : le coffre est plus ancien que le journal, ou l’événement est forgé.`,
              en: `Key ${id} is neither in the vault nor destroyed: the vault is older than the log, or the event is forged.`,
            },
          })
        for (const id of named.keys()) known.add(id)
        named.clear()
      },
      end: async () => {
        for (const [personId, erasures] of erased) {
          const present = new Set((await vault.keysOf(personId)).filter(k => !k.erased).map(k => k.keyId))
          for (const { place, keyIds } of erasures)
            for (const id of keyIds.filter(keyId => present.has(keyId)))
              report(place, {
                code: 'KEY_NOT_DESTROYED',
                found: id,
                expected: 'destroyed',
                sentence: {
                  fr: `La clé ${id} devait être détruite et se trouve encore dans le coffre : redémarrez le programme.`,
                  en: `Key ${id} was to be destroyed and still is in the vault: start the program again.`,
                },
              })
        }
        return undefined
      },
    }
  },
}
