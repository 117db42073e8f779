import type pg from 'pg'
import type { Listen } from '../live/bell.ts'
import { CHANNEL } from './names.ts'

/**
 * Hears of appends by LISTEN, on a connection of its own.
 * @param isOwn whether a session is this process's own writer: what it appended was told already
 */
export const notifications =
  (connect: () => Promise<pg.Client>, isOwn: (processId: number) => boolean = () => false): Listen =>
  async (heard, lost) => {
    const client = await connect()
    client.on('notification', ({ processId }) => {
      if (!isOwn(processId)) heard()
    })
    const end = () => client.end().catch(() => undefined)
    client.on('error', () => {
      lost()
      void end()
    })
    await client.query(`listen ${CHANNEL}`)
    return end
  }
