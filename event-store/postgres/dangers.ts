import type pg from 'pg'
import type { Danger } from '../port.ts'
import { asStoreError } from './failures.ts'

/** A trigger that replicas and restores pass by as well. */
const STANDS = `select 1 from pg_trigger where tgrelid = 'log.events'::regclass and tgname = 'append_only' and tgenabled = 'A'`

/** Whether what refuses changes to the log still stands: a superuser can take it away. */
export const readDangers = async (pool: Pick<pg.Pool, 'query'>): Promise<readonly Danger[]> => {
  try {
    const { rowCount } = await pool.query(STANDS)
    return rowCount === 1 ? [] : [UNGUARDED]
  } catch (error) {
    throw asStoreError(error)
  }
}

const UNGUARDED: Danger = {
  code: 'LOG_UNGUARDED',
  sentence: {
    en: 'The trigger that refuses changes to log.events is disabled or gone. Enable it always (append_only), and find out who took it away.',
    fr: 'Le déclencheur qui refuse toute modification de log.events est désactivé ou absent. Réactivez-le en « always » (append_only), et cherchez qui l’a retiré.',
  },
}
