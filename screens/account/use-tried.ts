import { useState } from 'react'

/** Something that may be refused: whether it is under way, and why the last try failed. */
export const useTried = () => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Error>()
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    try {
      await work()
      setProblem(undefined)
    } catch (error) {
      setProblem(error as Error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, attempt: (work: () => Promise<void>) => void run(work) }
}
