import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { failingChecks } from '../api/routes/operations.ts'
import type { Checks } from '../api/routes/operations.ts'
import { listenFailure } from './serve.ts'

const LOOPBACK = '127.0.0.1'

interface Answer {
  readonly status: number
  readonly body: object
}

const UNKNOWN: Answer = { status: 404, body: { status: 'unknown' } }

const answerTo = async (path: string | undefined, checks: Checks): Promise<Answer> => {
  if (path === '/health') return { status: 200, body: { status: 'alive' } }
  if (path !== '/ready') return UNKNOWN
  const failing = await failingChecks(checks)
  return failing.length === 0
    ? { status: 200, body: { status: 'ready', failing } }
    : { status: 503, body: { status: 'notReady', failing } }
}

/**
 * Answers on loopback whether a process lives and can do its work, in the words of the API, for one that has none.
 * @returns the address, and how to stop
 * @throws Failure PORT_TAKEN
 */
export const serveHealth = async (
  checks: Checks,
  port: number,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> => {
  const server = createServer((request, response) => {
    void answerTo(request.url, checks).then(({ status, body }) => {
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
