import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setPassword } from '../../api/sign-in/secrets.ts'
import { registerAdministrator } from '../../cli/administrator.ts'
import { openProgram } from '../../cli/composition.ts'
import type { Program, ProgramOptions } from '../../cli/composition.ts'
import { serve } from '../../cli/serve.ts'
import { SYSTEM_ACTORS } from '../../commands/system-actors.ts'
import { withJsonIntegers } from '../../domain/shared/json.ts'
import type { Grant } from '../../domain/organisation/user.events.ts'
import { setUpCompany } from '../../integrations/company-setup.ts'
import { Company } from '../../integrations/import/company.ts'
import { REQUESTS_UNBOUNDED } from '../support/unbounded.ts'

/** The whole program behind real HTTP, with a company that can sell: what the API is at work. */

export const entityId = '01932f0c-0000-7000-8000-0000000000e1'
export const customerId = '01932f0c-0000-7000-8000-000000000001'
export const productId = '01932f0c-0000-7000-8000-000000000021'
export const BEGINNING = '1996-07-01T08:00:00.000Z'
export const PASSWORD = 'un mot de passe assez long'

const OPERATOR = {
  userId: SYSTEM_ACTORS.operator,
  grants: ['administrator', 'sales', 'billing', 'accountant', 'chiefAccountant'].map(
    role => ({ role, entityId: 'all' }) as Grant,
  ),
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

export interface Client {
  /** The session's cookie, as a browser sends it. */
  readonly cookie: string
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  /** What is no command: under a new key as well. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
  remove(path: string): Promise<Answer>
  /** Sends a command under a new key, unless the headers name one. */
  send(name: string, input: unknown, headers?: Record<string, string>): Promise<Answer>
}

export interface TestProgram {
  readonly program: Program
  readonly address: string
  readonly masterKeyFile: string
  /** A user with these rights, signed in by password. */
  readonly user: (...grants: readonly Grant[]) => Promise<Client>
  /** Another session of a user, opened with the same password. */
  readonly signIn: (login: string) => Promise<Client>
  /** Who is not signed in. */
  readonly anybody: Client
  /** Where the log ends now: what `minPosition` of a query takes. */
  readonly position: () => Promise<string>
  /** A command straight to the handler, by the operator with every right. */
  readonly done: (name: string, input: object) => Promise<void>
  readonly close: () => Promise<void>
}

const jsonOf = async (response: Response): Promise<Answer['body']> => {
  const text = await response.text()
  return text === '' ? {} : (JSON.parse(text) as Answer['body'])
}

const clientOf = (address: string, cookie: string): Client => {
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = { cookie, 'x-requested-with': 'test', ...(init.headers as Record<string, string>) }
    const response = await fetch(`${address}${path}`, { ...init, headers })
    return { status: response.status, headers: response.headers, body: await jsonOf(response) }
  }
  const post: Client['post'] = (path, body, headers = {}) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
      body: JSON.stringify(body),
    })
  return {
    cookie,
    get: (path, headers = {}) => ask(path, { headers }),
    post,
    remove: path => ask(path, { method: 'DELETE' }),
    send: (name, input, headers) => post(`/api/commands/${name}`, input, headers),
  }
}

const signIn = async (address: string, login: string): Promise<Client> => {
  const response = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (response.status !== 200 || !cookie) throw new Error(`sign-in failed: ${await response.text()}`)
  return clientOf(address, cookie)
}

/** A log on a server of its own, and who is told what goes wrong. */
export interface LogOfTest {
  readonly eventStoreUrl?: string | undefined
  /** Kept when the program ends; absent: in a folder that goes with it. */
  readonly masterKeyFile?: string
  readonly deadlines?: NonNullable<ProgramOptions['deadlines']>
  readonly onFault?: ProgramOptions['onFault']
  /** Told each line of the technical log. */
  readonly write?: (line: string) => void
}

/** Opens the program on an empty database; time stands still from `BEGINNING` on, unless `time` says otherwise. */
export const openTestProgram = async (
  databaseUrl: string,
  time: 'still' | 'machine' = 'still',
  roles: ProgramOptions['roles'] = ['projections', 'reactions'],
  log: LogOfTest = {},
): Promise<TestProgram> => {
  const folder = await mkdtemp(join(tmpdir(), 'grandlivre-api-'))
  const masterKeyFile = log.masterKeyFile ?? join(folder, 'master.key')
  const program = await openProgram({
    databaseUrl,
    masterKeyFile,
    create: { kind: 'sandbox', name: 'essai', ...(time === 'still' && { at: BEGINNING }) },
    roles,
    sandboxTime: time,
    eventStoreUrl: log.eventStoreUrl,
    ...(log.deadlines && { deadlines: log.deadlines }),
    onFault: log.onFault ?? (() => undefined),
  })
  const { handler } = program.writeSide
  const secrets = { commands: handler, vault: program.vault }
  const logging = log.write ? ({ level: 'warn', write: log.write } as const) : ({ level: 'silent' } as const)
  const { address, close } = await serve(program, {
    port: 0,
    logging,
    requestsPerMinuteMax: REQUESTS_UNBOUNDED,
  })
  const done = async (name: string, input: object): Promise<void> => {
    const outcome = await handler.handle({ name, input, key: randomUUID(), actor: OPERATOR, origin: 'cli' })
    if (outcome.kind !== 'done') throw new Error(`${name}: ${JSON.stringify(outcome, withJsonIntegers)}`)
  }
  const user = async (...grants: readonly Grant[]): Promise<Client> => {
    const userId = randomUUID()
    const login = `${userId}@exemple.fr`
    await done('organisation.registerUser', { userId, kind: 'human', login, name: 'Camille', grants })
    const by = { actor: OPERATOR, origin: 'cli', key: randomUUID() } as const
    await setPassword(secrets, { userId, password: PASSWORD }, by)
    return signIn(address, login)
  }
  await registerAdministrator(program, { login: 'admin@exemple.fr', name: 'Alice', password: PASSWORD })
  return {
    program,
    address,
    masterKeyFile,
    user,
    signIn: login => signIn(address, login),
    anybody: clientOf(address, ''),
    position: async () => String((await program.log.store.head())?.position),
    done,
    close: async () => {
      await close()
      await program.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** A company with its books, one customer and one product. */
export const setUpBusiness = async (
  { done }: Pick<TestProgram, 'done'>,
  fiscalYears = [{ year: '1996', startsOn: '1996-01-01', endsOn: '1996-12-31' }],
): Promise<void> => {
  const company = Company.parse({
    code: 'NW',
    name: 'Northwind Négoce',
    legalForm: 'SARL',
    siren: '409364833',
    vatNumber: 'FR15409364833',
    address: { line1: '14 quai de Southampton', postcode: '76600', city: 'Le Havre', country: 'FR' },
    fiscalYears,
  })
  const play = async (name: string, input: unknown) => {
    await done(name, input as object)
    return { kind: 'nothing' } as const
  }
  await setUpCompany({ play, until: () => undefined }, entityId, company, (...step) => step.join(' '))
  await done('commerce.registerCustomer', {
    customerId,
    code: 'VINET',
    party: {
      kind: 'company',
      name: 'Vins et alcools Chevalier',
      siren: '732829320',
      address: { line1: "59 rue de l'Abbaye", postcode: '51100', city: 'Reims', country: 'FR' },
    },
    deliverTo: { kind: 'company', name: 'Chais Chevalier', address: { city: 'Reims', country: 'FR' } },
    currency: 'EUR',
  })
  await done('commerce.registerProduct', {
    productId,
    code: 'P1',
    name: 'Chai',
    operation: 'goods',
    unit: 'C62',
    vat: 'standard',
    revenueAccount: '707',
    unitPrice: 18_000000,
    currency: 'EUR',
  })
}

/** A draft of one free line: 12 pieces of 18.00 EUR. */
export const draft = (invoiceId: string) => ({
  invoiceId,
  entityId,
  customerId,
  currency: 'EUR',
  orders: [],
  lines: [
    {
      productId,
      productCode: 'P1',
      name: 'Chai',
      operation: 'goods',
      quantity: 12_0000,
      unit: 'C62',
      unitPrice: 18_000000,
      discountRate: 0,
      vat: 'standard',
      revenueAccount: '707',
    },
  ],
})
