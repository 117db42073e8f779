import type { FastifyInstance } from 'fastify'
import type { ApiDependencies } from '../dependencies.ts'
import type { Metrics } from '../metrics.ts'
import type { Sessions } from '../sign-in/sessions.ts'
import { tellNotWaitedFor } from '../visibility.ts'
import { commerceRoutes } from './commerce/commerce.ts'
import { invoicingRoutes } from './invoicing/invoicing.ts'
import { ledgerRoutes } from './ledger/ledger.ts'
import { commandRoutes } from './commands.ts'
import { documentRoutes } from './description.ts'
import { eventRoutes } from './events.ts'
import { operationRoutes } from './operations.ts'
import { invitationRoutes } from './invitation.ts'
import { organisationRoutes } from './organisation/organisation.ts'
import { rightsRoutes } from './organisation/rights.ts'
import { secretRoutes } from './organisation/secrets.ts'
import { preferenceRoutes } from './preferences.ts'
import { userRoutes } from './organisation/users.ts'
import { replayRoutes } from './replay/replay.ts'
import { providerRoutes } from './provider.ts'
import { secondFactorRoutes } from './second-factor.ts'
import { sessionRoutes } from './session.ts'
import { welcomeRoute } from './welcome.ts'

/** What route modules of the contexts export; each file of `routes/<context>/<feature>.ts` is one, listed below. */
export type RouteModule = (app: FastifyInstance, deps: ApiDependencies) => void

const modules: readonly RouteModule[] = [
  organisationRoutes,
  userRoutes,
  rightsRoutes,
  secretRoutes,
  secondFactorRoutes,
  invitationRoutes,
  commerceRoutes,
  invoicingRoutes,
  ledgerRoutes,
  replayRoutes,
]

export const registerRoutes = (
  app: FastifyInstance,
  deps: ApiDependencies,
  { sessions, metrics }: { readonly sessions: Sessions; readonly metrics: Metrics },
): void => {
  tellNotWaitedFor(app)
  operationRoutes(app, deps, metrics)
  documentRoutes(app)
  welcomeRoute(app, deps)
  sessionRoutes(app, deps, sessions, metrics)
  preferenceRoutes(app, deps)
  if (deps.provider) providerRoutes(app, { ...deps, provider: deps.provider }, sessions)
  commandRoutes(app, deps, metrics)
  eventRoutes(app, deps)
  for (const register of modules) register(app, deps)
}
