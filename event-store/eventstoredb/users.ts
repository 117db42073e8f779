import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { StartRefused } from '../errors.ts'
import { StoreUnavailable } from '../port.ts'

const ANSWER_MS_MAX = 10_000
const ADMIN = 'admin'

/** Who asks. */
interface Caller {
  readonly login: string
  readonly password: string
}

/** What a server answered where its users were to be managed. */
export class UsersRefused extends Error {
  readonly status: number
  constructor(asked: string, status: number) {
    super(`${asked}: HTTP ${status}`)
    this.name = 'UsersRefused'
    this.status = status
  }

  asStartRefused(server: string): StartRefused {
    if (this.status === 401)
      return new StartRefused(
        'EVENTSTORE_ADMIN_PASSWORD',
        { server },
        {
          en: `The server ${server} has another password for admin than the one given, and not the one it is delivered with.`,
          fr: `Le serveur ${server} a pour admin un autre mot de passe que celui donné, et qui n’est pas celui de livraison.`,
        },
      )
    return new StartRefused(
      'EVENTSTORE_USERS',
      { server, reason: this.message },
      {
        en: `The server ${server} does not let its users be managed (${this.message}).`,
        fr: `Le serveur ${server} ne laisse pas gérer ses utilisateurs (${this.message}).`,
      },
    )
  }
}

/** The users of a server, as its administrator manages them: over HTTP, where the client of the log has no word for it. */
export class ServerUsers {
  private readonly at: string
  private readonly ca: Buffer | undefined
  private readonly admin: Caller

  /** @param options the file of the authority that signed its certificate, and the password that `admin` is to have */
  constructor(
    at: string,
    { caFile, password }: { readonly caFile: string | undefined; readonly password: string },
  ) {
    this.at = at
    this.ca = caFile === undefined ? undefined : readFileSync(caFile)
    this.admin = { login: ADMIN, password }
  }

  /** Whether `admin` has the password he is to have. */
  async isAdministrator(): Promise<boolean> {
    const status = await this.ask('GET', pathOf(ADMIN))
    if (status === 401) return false
    return done('GET /users/admin', status)
  }

  /** Gives `admin` his password where he still has another one. */
  async changeOwnPassword(currentPassword: string): Promise<void> {
    const body = { currentPassword, newPassword: this.admin.password }
    const caller = { login: ADMIN, password: currentPassword }
    await this.demand(`${pathOf(ADMIN)}/command/change-password`, body, caller)
  }

  /** Gives a user his password, if he is not let in by it already. */
  async setPassword(login: string, newPassword: string): Promise<void> {
    if (await this.letsIn({ login, password: newPassword })) return
    await this.demand(`${pathOf(login)}/command/reset-password`, { newPassword })
  }

  /** Makes a user who belongs to no group, or gives the one there is his password. */
  async ensure(loginName: string, password: string): Promise<void> {
    const status = await this.ask('GET', pathOf(loginName))
    if (status === 200) return this.setPassword(loginName, password)
    await this.demand('/users/', { loginName, fullName: loginName, groups: [], password })
  }

  /** Every user may read what the server holds of himself. */
  private async letsIn(user: Caller): Promise<boolean> {
    return isDone(await this.ask('GET', pathOf(user.login), undefined, user))
  }

  private async demand(path: string, body: object, caller?: Caller): Promise<void> {
    done(`POST ${path}`, await this.ask('POST', path, body, caller))
  }

  private ask(
    method: string,
    path: string,
    body?: object,
    { login, password }: Caller = this.admin,
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body)
      const asking = request(
        new URL(path, this.at),
        {
          method,
          auth: `${login}:${password}`,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
          timeout: ANSWER_MS_MAX,
          ...(this.ca && { ca: this.ca }),
        },
        response => {
          response.resume()
          response.once('end', () => {
            resolve(response.statusCode ?? 0)
          })
        },
      )
      asking.once('timeout', () =>
        asking.destroy(new StoreUnavailable(`no answer within ${ANSWER_MS_MAX} ms`)),
      )
      asking.once('error', reject)
      asking.end(text)
    })
  }
}

const pathOf = (login: string): string => `/users/${encodeURIComponent(login)}`

const isDone = (status: number): boolean => status >= 200 && status < 300

/** @throws UsersRefused */
const done = (asked: string, status: number): true => {
  if (isDone(status)) return true
  throw new UsersRefused(asked, status)
}
