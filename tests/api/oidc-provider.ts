import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** A real OpenID Connect provider in this process, whose sign-in page answers by itself for whoever is meant. */

export const CLIENT_ID = 'grandlivre'
export const CLIENT_SECRET = 'a secret between the two of them'

export interface Somebody {
  readonly sub: string
  readonly preferred_username?: string
  readonly name?: string
  readonly groups?: readonly string[]
}

export interface TestProvider {
  readonly issuer: string
  /** Who is at the keyboard of the provider's page. */
  who: Somebody
  /** Opens it for the program at this address. */
  serve(program: string): void
  /**
   * Goes where the program sent the browser, signs in there and comes back.
   * @returns the address at the program, with the code
   */
  follow(url: string): Promise<string>
  close(): Promise<void>
}

const providerFor = (issuer: string, program: string, somebody: () => Somebody): Provider => {
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [`${program}/api/sign-in/callback`],
        post_logout_redirect_uris: [`${program}/`],
      },
    ],
    cookies: { keys: ['one key for the tests'] },
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      groups: ['groups'],
      email: ['email'],
    },
    scopes: ['openid', 'profile', 'email', 'groups'],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ ...somebody(), sub: accountId }) }),
    loadExistingGrant: async ({ oidc }) => {
      const accountId = oidc.session?.accountId
      const grant: InstanceType<Provider['Grant']> = new provider.Grant({
        clientId: CLIENT_ID,
        ...(accountId !== undefined && { accountId }),
      })
      grant.addOIDCScope('openid profile email groups')
      await grant.save()
      return grant
    },
  })
  return provider
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const answering = (provider: Provider, somebody: () => Somebody): Answer => {
  const others = provider.callback()
  return (request, response) => {
    if (request.url?.startsWith('/interaction/') !== true) return void others(request, response)
    void provider.interactionFinished(request, response, { login: { accountId: somebody().sub } })
  }
}

/** Follows redirects with a jar of cookies, until the address is no longer the provider's. */
const followFrom = async (issuer: string, url: string): Promise<string> => {
  const jar = new Map<string, string>()
  let address = url
  while (address.startsWith(issuer)) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(address, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const next = response.headers.get('location')
    if (next === null) throw new Error(`the provider stays at ${address}: ${await response.text()}`)
    address = new URL(next, address).href
  }
  return address
}

export const openProvider = async (): Promise<TestProvider> => {
  let answer: Answer = (_, response) => void response.writeHead(503).end()
  const server: Server = createServer((request, response) => answer(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const opened: TestProvider = {
    issuer,
    who: { sub: 'nobody' },
    serve: program => {
      const somebody = () => opened.who
      answer = answering(providerFor(issuer, program, somebody), somebody)
    },
    follow: url => followFrom(issuer, url),
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return opened
}
