import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

/**
 * Clients of a benchmark, in a thread of their own: each sends its next request when the answer to the one before is
 * there, on one connection kept alive. Bare sockets, so that the clients take little of the machine they measure.
 */
export interface Load {
  readonly port: number
  readonly clients: number
  /** Whole requests, as they go over the wire. */
  readonly requests: readonly string[]
}
export interface Measured {
  readonly seconds: number
  /** Of every answered request, in no order. */
  readonly milliseconds: readonly number[]
  /** Answers that were no success, the first few. */
  readonly failures: readonly string[]
}

const FAILURES_TOLD = 3
const HEAD_END = '\r\n\r\n'

/** Reads one answer: its head, and as many bytes as that says. */
const answerOf = async (socket: Socket): Promise<string> => {
  let text = ''
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    text += chunk.toString('latin1')
    const end = text.indexOf(HEAD_END)
    if (end < 0) continue
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
    if (text.length >= end + HEAD_END.length + length) return text
  }
}

const runLoad = async ({ port, clients, requests }: Load): Promise<Measured> => {
  const milliseconds: number[] = []
  const failures: string[] = []
  let next = 0
  const client = async (): Promise<void> => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    await once(socket, 'connect')
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const began = performance.now()
      const answered = answerOf(socket)
      socket.write(request)
      const answer = await answered
      milliseconds.push(performance.now() - began)
      if (!answer.startsWith('HTTP/1.1 200') && failures.length < FAILURES_TOLD) failures.push(answer)
    }
    socket.destroy()
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: clients }, client))
  return { seconds: (performance.now() - began) / 1_000, milliseconds, failures }
}

const port = parentPort
if (port) void runLoad(workerData as Load).then(measured => port.postMessage(measured))
