import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readinessOf } from '../api/routes/operations.ts'
import type { Condition } from '../api/routes/operations.ts'
import { listenFailure } from './serve.ts'

const LOOPBACK = '127.0.0.1'

interface Answer {
  readonly status: number
  readonly body: object
}

const UNKNOWN: Answer = { status: 404, body: { status: 'unknown' } }

const answerTo = async (path: string | undefined, condition: Condition): Promise<Answer> => {
  if (path === '/health') return { status: 200, body: { status: 'alive' } }
  if (path !== '/ready') return UNKNOWN
  const body = await readinessOf(condition)
  return { status: body.status === 'ready' ? 200 : 503, body }
}

/**
 * Answers on loopback whether a process lives and can do its work, in the words of the API, for one that has none.
 * @returns the address, and how to stop
 * @throws Failure PORT_TAKEN
 */
export const serveHealth = async (
  condition: Condition,
  port: number,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> => {
  const server = createServer((request, response) => {
    void answerTo(request.url, condition).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
      response.end(JSON.stringify(body))
    })
  })
  try {
    await once(server.listen(port, LOOPBACK), 'listening')
  } catch (cause) {
    throw listenFailure(cause, { host: LOOPBACK, port, option: '--health-port' })
  }
  return {
    address: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}
