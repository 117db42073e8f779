import { Problem } from '../api/client.ts'

/** What is wrong with a field of a small form: the sentence beside it, or under the last where it names none. */
export const problemAt = (problem: Error | undefined, field: string, last = false): string | undefined => {
  if (!problem) return undefined
  const errors = problem instanceof Problem ? problem.errors : []
  const named = errors.find(each => each.field === field)
  if (named) return named.detail ?? problem.message
  return last && errors.length === 0 ? problem.message : undefined
}
