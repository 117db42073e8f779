import { useEffect } from 'react'

/** What may be done with what is shown now: the screen tells it, the palette offers it. */

export interface Act {
  readonly id: string
  readonly label: string
  readonly run: () => void
}

let told: readonly Act[] = []

export const actsHere = (): readonly Act[] => told

/** Tells what may be done here, as long as the screen stands. */
export const useActsHere = (acts: readonly Act[]): void =>
  useEffect(() => {
    told = acts
    return () => {
      told = []
    }
  })
