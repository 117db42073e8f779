import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A wire between a client and its server that a test can cut, mute and mend. */
export interface TcpProxy {
  readonly port: number
  /** Connections of clients that are open now. */
  readonly connections: number
  /** Breaks every connection and refuses new ones. */
  cut(): void
  /** Lets requests through and swallows every answer: what happens when an answer is lost. */
  mute(): void
  /** Lets everything through again, for connections made from now on. */
  mend(): void
  close(): Promise<void>
}

export const startTcpProxy = async (target: {
  readonly host: string
  readonly port: number
}): Promise<TcpProxy> => {
  const open = new Set<Socket>()
  let state: 'open' | 'cut' | 'mute' = 'open'
  const breakAll = () => {
    for (const socket of open) socket.destroy()
    open.clear()
  }
  const server = createServer(client => {
    if (state === 'cut') {
      client.destroy()
      return
    }
    const upstream = connect(target)
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one)
      one.setNoDelay(true)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
    client.on('data', chunk => upstream.write(chunk))
    upstream.on('data', chunk => {
      if (state === 'open') client.write(chunk)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return open.size / 2
    },
    cut() {
      state = 'cut'
      breakAll()
    },
    mute() {
      state = 'mute'
    },
    mend() {
      breakAll()
      state = 'open'
    },
    close: () =>
      new Promise(resolve => {
        breakAll()
        server.close(() => {
          resolve()
        })
      }),
  }
}
