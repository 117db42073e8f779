import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { ConnectionInjector } from '@grpc/grpc-js'

/** The connections of the server, held apart from gRPC so that they can break as in a crash. */
export interface Links {
  readonly port: number
  /** Breaks the connection of one peer, `host:port`. */
  cut(peer: string): void
  cutAll(): void
  /** Stops listening; resolves when the last connection is gone and the port free. */
  close(): Promise<void>
}

export const listen = async (port: number, injector: ConnectionInjector): Promise<Links> => {
  const open = new Map<string, Socket>()
  const server = createServer({ noDelay: true }, socket => {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`
    open.set(peer, socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(peer))
    injector.injectConnection(socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    cut: peer => open.get(peer)?.resetAndDestroy(),
    cutAll: () => {
      for (const socket of open.values()) socket.resetAndDestroy()
    },
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
