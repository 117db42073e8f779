import { SingleBar } from 'cli-progress'

/** Progress of long work: counted up, then ended. Ending it twice does nothing. */
export type Progress = {
  readonly advance: (by?: number) => void
  readonly to: (done: number) => void
  readonly end: () => void
}

const silent: Progress = { advance: () => undefined, to: () => undefined, end: () => undefined }

/** A bar on a terminal; nothing at all in a pipe or when the result is JSON. */
export const startProgress = (
  stream: NodeJS.WriteStream,
  label: string,
  total: number,
  quiet: boolean,
): Progress => {
  if (quiet || !stream.isTTY) return silent
  const bar = new SingleBar({
    stream,
    format: `${label} {bar} {percentage}% {value}/{total} ({eta_formatted})`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    // The cursor comes back by `end`, which the program reaches on every signal.
    gracefulExit: false,
  })
  bar.start(total, 0)
  return { advance: (by = 1) => bar.increment(by), to: done => bar.update(done), end: () => bar.stop() }
}
