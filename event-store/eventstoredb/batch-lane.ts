let owner: object | undefined

/**
 * The client keeps the batch appends that wait for an answer in one place for the whole process: when the stream of
 * one connection breaks it rejects those of all of them, and a reply that arrives late for one of these ends the
 * process. So one store of a process appends in batches; any other uses a call for each append, which is slower and
 * shares nothing.
 * @returns how to give the lane back, or undefined where another store has it
 */
export const takeBatchLane = (): (() => void) | undefined => {
  if (owner) return undefined
  const mine = (owner = {})
  return () => {
    if (owner === mine) owner = undefined
  }
}
