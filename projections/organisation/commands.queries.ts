import { defineList } from '../lists.ts'
import { commands, doneTable, readsTable, refusedTable, signInsTable } from './commands.ts'

export const commandDoneList = defineList({
  projection: commands,
  table: doneTable,
  filters: ['actor', 'type', 'stream'],
  ranges: ['recorded_at', 'first_ordinal'],
  sorts: ['first_ordinal'],
  defaultSort: { by: 'first_ordinal', direction: 'desc' },
  groups: ['type', 'actor'],
})

export const commandRefusedList = defineList({
  projection: commands,
  table: refusedTable,
  filters: ['actor', 'command', 'code', 'subject'],
  ranges: ['minute'],
  sorts: ['ordinal'],
  defaultSort: { by: 'ordinal', direction: 'desc' },
  groups: ['code', 'command', 'actor'],
})

export const sensitiveReadList = defineList({
  projection: commands,
  table: readsTable,
  filters: ['actor', 'query', 'subject'],
  ranges: ['minute'],
  sorts: ['ordinal'],
  defaultSort: { by: 'ordinal', direction: 'desc' },
})

export const signInRefusedList = defineList({
  projection: commands,
  table: signInsTable,
  filters: ['login_digest', 'code'],
  ranges: ['minute'],
  sorts: ['ordinal'],
  defaultSort: { by: 'ordinal', direction: 'desc' },
})

/** By the command's id. */
