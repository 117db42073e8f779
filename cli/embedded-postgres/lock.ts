import { createHash } from 'node:crypto'
import { connect, createServer } from 'node:net'

/** Who holds a folder, as he introduces himself. */
export type Holder = { readonly pid: number; readonly command: string }

export type Lock =
  | { readonly taken: true; readonly release: () => void }
  | { readonly taken: false; readonly holder: Holder | undefined }

/**
 * One program per data folder. The lock is a socket in Linux's abstract namespace: the kernel gives the name to
 * one process and takes it back when that process ends, however it ends, so no stale lock exists. Whoever finds
 * it taken asks the holder for its name.
 */
export const takeLock = async (folder: string, self: Holder): Promise<Lock> => {
  const name = `\0grandlivre.${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`
  const server = createServer(socket => {
    socket.on('error', () => socket.destroy())
    socket.end(JSON.stringify(self))
  })
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('listening', () => resolve(true))
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    server.listen(name)
  })
  if (!taken) return { taken, holder: await askHolder(name) }
  server.unref()
  return { taken, release: () => server.close() }
}

/** Undefined when the holder ends at this moment, or is too busy to answer. */
const askHolder = (name: string): Promise<Holder | undefined> =>
  new Promise(resolve => {
    let answer = ''
    const socket = connect(name)
    socket.setTimeout(1_000, () => socket.destroy())
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    socket.on('error', () => resolve(undefined))
    socket.on('close', () => {
      try {
        resolve(JSON.parse(answer) as Holder)
      } catch {
        resolve(undefined)
      }
    })
  })
