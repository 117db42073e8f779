import { defineList } from '../lists.ts'
import { commentTable, comments } from './comments.ts'

/** What was said about documents, of each in the order of the log. */
export const commentList = defineList({
  projection: comments,
  table: commentTable,
  filters: ['document'],
  ranges: [],
  sorts: [['document', 'ordinal']],
  defaultSort: { by: 'document', direction: 'asc' },
})
