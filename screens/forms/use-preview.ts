import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { preview, Problem } from '../api/client.ts'
import type { CommandAnswer, CommandName } from '../api/client.ts'

/** What a command would record, asked for as one types. */

export const PREVIEW = 'preview'

/** The preview follows what is typed once it rests so long. */
const RESTS_MS = 250

export interface Previewing {
  /** Of exactly the present input; undefined until it is answered. */
  readonly answer: CommandAnswer | undefined
  /** Why that input is refused. */
  readonly problem: Problem | undefined
  /** Does not wait until what is typed rests. */
  readonly hurry: () => void
  /** Asks once more. */
  readonly again: () => void
}

/**
 * @param input the present input as JSON; undefined while there is none
 * @param revision of the document that the input was typed against
 */
export const usePreview = (
  command: CommandName,
  input: string | undefined,
  revision: string | undefined,
): Previewing => {
  const [rested, setRested] = useState<string>()
  useEffect(() => {
    const timer = setTimeout(() => setRested(input), RESTS_MS)
    return () => clearTimeout(timer)
  }, [input])
  const isOfPresent = input !== undefined && rested === input
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [PREVIEW, command, input, revision],
    enabled: isOfPresent,
    retry: false,
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => preview(command, JSON.parse(input ?? ''), signal),
  })
  const problem = error instanceof Problem && !isFetching ? error : undefined
  return {
    answer: isOfPresent ? data : undefined,
    problem: isOfPresent ? problem : undefined,
    hurry: () => setRested(input),
    again: () => void refetch(),
  }
}
