/** The value below which the share `q` of the values lies. */
export const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Acts per second of so many callers, each doing `act` again and again. */
export const rate = async (
  callers: number,
  milliseconds: number,
  act: () => Promise<unknown>,
): Promise<number> => {
  const during = async (ms: number): Promise<number> => {
    const start = performance.now()
    let acts = 0
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (performance.now() - start < ms) {
          await act()
          acts++
        }
      }),
    )
    return (acts * 1_000) / (performance.now() - start)
  }
  // A third of the time warms up.
  await during(milliseconds / 3)
  return during(milliseconds)
}

/** Medians of two things measured in turns, so that whatever else the machine does falls on both. */
export const inTurns = async (
  rounds: number,
  first: () => Promise<number>,
  second: () => Promise<number>,
): Promise<readonly [number, number]> => {
  const measured: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    measured[0].push(await first())
    measured[1].push(await second())
  }
  return [median(measured[0]), median(measured[1])]
}
