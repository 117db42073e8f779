import prettier from 'prettier'
import { collaboration } from '../commands/collaboration/index.ts'
import { commerce } from '../commands/commerce/index.ts'
import { invoicing } from '../commands/invoicing/index.ts'
import { ledger } from '../commands/ledger/index.ts'
import { organisation } from '../commands/organisation/index.ts'
import { createRegistry } from '../commands/registry.ts'
import { createApi } from './app.ts'
import { defaultSettings } from './dependencies.ts'
import type { ApiDependencies } from './dependencies.ts'
import { IdentityProvider } from './sign-in/identity-provider.ts'

/** Where the description lies: `npm run docs` writes it, and the tests check it. */
const FILE = new URL('../docs/openapi.json', import.meta.url)

const nobody = (): Promise<never> => Promise.reject(new Error('the API is described here, not run'))

/** An application that answers nothing: its routes are all there is to describe. */
const described = (): ApiDependencies => ({
  registry: createRegistry([organisation, commerce, invoicing, ledger, collaboration]),
  commands: { handle: nobody },
  accounts: { ofLogin: nobody, ofIdentity: nobody, find: nobody, policy: nobody, personOf: nobody },
  vault: {
    credentials: { put: nobody, ofUser: nobody, removeOf: nobody },
    tokens: { put: nobody, find: nobody, remove: nobody, removeOf: nobody },
    secondFactors: {
      put: nobody,
      find: nobody,
      useStep: nobody,
      putRecoveryCodes: nobody,
      useRecoveryCode: nobody,
      recoveryCodesLeft: nobody,
      removeOthers: nobody,
      removeOf: nobody,
    },
    invitations: { put: nobody, find: nobody, removeOf: nobody },
    sessions: {
      put: nobody,
      find: nobody,
      extend: nobody,
      ofUser: nobody,
      remove: nobody,
      removeOne: nobody,
      removeOf: nobody,
      removeExpired: nobody,
    },
    hmac: () => '',
  },
  audit: { signInRefused: () => undefined, recordSensitiveRead: () => undefined },
  preferences: {
    views: { of: nobody, put: nobody, remove: nobody },
    templates: { of: nobody, put: nobody, remove: nobody },
    pinsOf: nobody,
    putPins: nobody,
  },
  readModels: { query: nobody, connect: nobody },
  watch: { onChange: () => () => undefined, current: nobody, waitFor: nobody },
  provider: new IdentityProvider({
    issuer: 'https://identity.example.org',
    clientId: '',
    clientSecret: '',
    groups: {},
    createsUsers: false,
  }),
  isPosition: () => true,
  head: nobody,
  logEnd: () => 0,
  checks: {},
  logDangers: () => [],
  log: { kind: 'sandbox', name: '' },
  settings: defaultSettings,
  logging: { level: 'silent' },
})

/** The description of every route. */
export const openApiDocument = async (): Promise<object> => {
  const app = createApi(described())
  await app.ready()
  try {
    return app.swagger()
  } finally {
    await app.close()
  }
}

/** The description as it is checked in. */
export const openApiText = async (): Promise<string> => {
  const options = await prettier.resolveConfig(FILE.pathname)
  return prettier.format(JSON.stringify(await openApiDocument()), { ...options, parser: 'json' })
}
