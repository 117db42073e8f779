import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { EventStoreDbServer } from './server.ts'

type Fault = {
  [Key in keyof EventStoreDbServer]: EventStoreDbServer[Key] extends (...args: never[]) => unknown
    ? Key
    : never
}[keyof EventStoreDbServer]

/** What the parent tells the process to do; answered by its number. */
export type Order = { readonly number: number; readonly fault: Fault; readonly args: readonly unknown[] }

/** The server in a process of its own, which can be killed for good, frozen, and started again on the same port. */
export interface EventStoreDbProcess {
  readonly connectionString: string
  readonly port: number
  /** Plays a fault of the server; resolves when it is played. */
  play<F extends Fault>(fault: F, ...args: Parameters<EventStoreDbServer[F]>): Promise<void>
  /** `kill -9`. */
  kill(): Promise<void>
  /** Asks it to stop, as an operator does. */
  terminate(): Promise<void>
  /** Starts it again on the same port, with what its file holds. */
  start(): Promise<void>
  /** Stops it from running at all, keep-alive included, until `thaw`. */
  freeze(): void
  thaw(): void
}

type ProcessOptions = {
  /** The file that keeps the contents. Absent: in memory, and gone with the process. */
  readonly data?: string
  readonly port?: number
  /** Further arguments of main.ts. */
  readonly args?: readonly string[]
}

export const startEventStoreDbProcess = async (options: ProcessOptions): Promise<EventStoreDbProcess> => {
  let child: ChildProcess
  let port = options.port ?? 0
  let connectionString = ''
  let orders = 0

  const start = async (): Promise<void> => {
    const kept = options.data === undefined ? [] : ['--data', options.data]
    const args = ['--port', String(port), ...kept, ...(options.args ?? [])]
    child = fork(join(import.meta.dirname, 'main.ts'), args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    const [line] = (await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')])) as [
      Buffer | number,
    ]
    if (!Buffer.isBuffer(line)) throw new Error('the server did not start')
    connectionString = line.toString().trim()
    port = Number(new URL(connectionString).port)
  }

  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  await start()
  return {
    port,
    connectionString,
    start,
    play: async (fault, ...args) => {
      const number = ++orders
      const played = new Promise<void>(resolve => {
        const hear = (answered: unknown): void => {
          if (answered !== number) return
          child.off('message', hear)
          resolve()
        }
        child.on('message', hear)
      })
      child.send({ number, fault, args } satisfies Order)
      await played
    },
    kill: () => end('SIGKILL'),
    terminate: () => end('SIGTERM'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  }
}
