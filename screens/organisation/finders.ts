import { plain } from '../../domain/shared/plain-text.ts'
import { get } from '../api/client.ts'
import type { Finder } from '../frame/finder.ts'

const READ_MAX = '500'
const SHOWN_MAX = 5

/** No list of users is searched by their names: those who may read them are few, and searched here. */
const users: Finder = {
  area: 'users',
  byText: async ({ search, signal }) => {
    const { items } = await get('/api/organisation/users', { query: { limit: READ_MAX }, signal })
    const typed = plain(search).split(/\s+/)
    return items
      .filter(({ name, login }) => {
        const text = plain(`${name ?? ''} ${login ?? ''}`)
        return typed.every(word => text.includes(word))
      })
      .slice(0, SHOWN_MAX)
      .map(({ userId, name, login }) => ({
        id: userId,
        label: name ?? login ?? userId,
        ...(login !== null && { description: login }),
        to: `/organisation/users/${userId}`,
      }))
  },
}

export default [users]
