import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { caFile } from './server.ts'

/** The part of a server that manages its users, over HTTP: `admin` alone may, and whoever asks after himself. */
export interface ServerUsers {
  readonly url: string
  /** By name; a test looks what became of them. */
  readonly passwords: Map<string, string>
  /** Methods and paths that changed something, in their order. */
  readonly changes: string[]
  stop(): Promise<void>
}

interface Body {
  readonly loginName?: string
  readonly password?: string
  readonly currentPassword?: string
  readonly newPassword?: string
}

/** Starts it as delivered: `admin` and `ops` with the password that everybody knows. */
export const startServerUsers = async (): Promise<ServerUsers> => {
  const passwords = new Map([
    ['admin', 'changeit'],
    ['ops', 'changeit'],
  ])
  const changes: string[] = []
  const callerOf = ({ headers }: IncomingMessage): string | undefined => {
    const given = Buffer.from(headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString()
    return [...passwords].find(([login, password]) => given === `${login}:${password}`)?.[0]
  }
  const statusOf = async (request: IncomingMessage): Promise<number> => {
    const caller = callerOf(request)
    if (caller === undefined) return 401
    const [, , login = '', , command] = decodeURIComponent(request.url ?? '').split('/')
    if (request.method === 'GET' && caller === login) return 200
    if (caller !== 'admin') return 403
    if (request.method === 'GET') return passwords.has(login) ? 200 : 404
    changes.push(`${request.method} ${request.url}`)
    const body = (await json(request)) as Body
    if (login === '') return create(passwords, body)
    if (!passwords.has(login)) return 404
    if (command === 'change-password' && body.currentPassword !== passwords.get(login)) return 401
    passwords.set(login, body.newPassword ?? '')
    return 200
  }
  const key = readFileSync(join(import.meta.dirname, 'key.pem'))
  const server = createServer({ key, cert: readFileSync(caFile) }, (request, response) => {
    void statusOf(request).then(status => response.writeHead(status).end())
  })
  await new Promise<void>(resolve => server.listen(0, resolve))
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    passwords,
    changes,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const create = (passwords: Map<string, string>, { loginName = '', password = '' }: Body): number => {
  if (passwords.has(loginName)) return 409
  passwords.set(loginName, password)
  return 201
}
