import { get } from '../../api/client.ts'
import { reference } from '../../shapes/reference.tsx'
import { dictionary, say } from '../../words/words.ts'

const words = dictionary('organisation.places', {
  everywhere: { fr: 'Toutes les sociétés', en: 'All companies' },
})

const everywhere = () => ({ entityId: 'all', name: say(words.everywhere) })

const places = async (signal?: AbortSignal) => {
  const { items } = await get('/api/organisation/legal-entities', signal ? { signal } : {})
  return [everywhere(), ...items]
}

/** Where a right holds: in one legal entity, or in all of them. */
export const place = reference('/api/organisation/legal-entities', {
  key: 'entityId',
  name: ({ name }) => name,
  load: async id => (await places()).find(({ entityId }) => entityId === id),
  search: async (typed, _within, signal) =>
    (await places(signal)).filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase())),
})
