import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { projections } from '../../../projections/all.ts'
import { invoiceAsOf, partyAsOf, trialBalanceAsOf } from '../../../replay/as-of.ts'
import { CutBeyondHead, cutFrom } from '../../../replay/cut.ts'
import type { Cut, Source } from '../../../replay/cut.ts'
import type { Subject } from '../../../replay/check.ts'
import { FigureUnknown, explain, explainRows } from '../../../replay/explain.ts'
import type { Explanation, Figure } from '../../../replay/explain.ts'
import { explainAccount } from '../../../replay/explain-account.ts'
import { invoiceFigure, customerFigure, tableNamed } from '../../../replay/named-figures.ts'
import type { NamedTable } from '../../../replay/named-figures.ts'
import type { ApiDependencies } from '../../dependencies.ts'
import { Problem } from '../../problems.ts'
import { entitiesOf, requireEntity } from '../../sign-in/rights.ts'
import type { ReadableEntities } from '../../sign-in/rights.ts'
import type { RouteModule } from '../index.ts'
import { IdParameter, invalidParameter, notFound, requireVisible } from '../reading.ts'
import {
  AccountQuery,
  AsOf,
  AsOfQuery,
  BalanceQuery,
  Explained,
  FigureQuery,
  VerificationBody,
} from './shapes.ts'
import { VerificationJob } from './verification.ts'

/** What an auditor asks of the log: `docs/replay.md`. Readers of the ledger may ask; what spans entities needs all. */

const area = 'ledger'

export const replayRoutes: RouteModule = (app, deps) => {
  verifyRoutes(app, deps)
  asOfRoutes(app, deps)
  explainRoutes(app, deps)
}

const verifyRoutes: RouteModule = (app, deps) => {
  const job = new VerificationJob()
  app.addHook('preClose', () => job.stop())
  app.post('/api/replay/verify', {
    schema: { summary: 'Begin a verification of the whole log', response: { 202: VerificationBody } },
    handler: async (request, reply) => {
      requireAll(request)
      reply.code(202).header('Location', '/api/replay/verify')
      return job.start(sourceOf(deps), error => request.log.error(error, 'verification failed'))
    },
  })
  app.get('/api/replay/verify', {
    schema: {
      summary: 'The last verification that this process began, and its result',
      response: { 200: VerificationBody },
    },
    handler: async request => {
      requireAll(request)
      return Promise.resolve(job.state)
    },
  })
}

const asOfRoutes: RouteModule = (app, deps) => {
  app.get('/api/replay/as-of/trial-balance', {
    schema: {
      summary: 'The trial balance as it was known',
      querystring: BalanceQuery,
      response: { 200: AsOf },
    },
    handler: async request => {
      const { at: when, ...balance } = request.query as z.output<typeof BalanceQuery>
      requireEntity(request, area, balance.entityId)
      if (balance.from > balance.to) throw invalidParameter('to', MONTH_NOT_BEFORE_FROM)
      return understood(trialBalanceAsOf(sourceOf(deps), balance, cutOf(when)))
    },
  })
  app.get('/api/replay/as-of/customers/:id', {
    schema: {
      summary: 'What a customer owed, as it was known',
      params: IdParameter,
      querystring: AsOfQuery,
      response: { 200: AsOf },
    },
    handler: async request => {
      const readable = entitiesOf(request, area)
      const state = await understood(partyAsOf(sourceOf(deps), idOf(request), cutOf(atOf(request))))
      const mine = <R extends { readonly entity_id: string }>(rows: readonly R[]) =>
        rows.filter(({ entity_id }) => mayRead(readable, entity_id))
      const { balances, openItems, movements } = state.answer
      return {
        ...state,
        answer: { balances: mine(balances), openItems: mine(openItems), movements: mine(movements) },
      }
    },
  })
  app.get('/api/replay/as-of/invoices/:id', {
    schema: {
      summary: 'An invoice as it was known',
      params: IdParameter,
      querystring: AsOfQuery,
      response: { 200: AsOf },
    },
    handler: async request => {
      entitiesOf(request, area)
      const state = await understood(invoiceAsOf(sourceOf(deps), idOf(request), cutOf(atOf(request))))
      if (!state.answer.invoice) throw notFound()
      requireVisible(request, area, state.answer.invoice.entity_id)
      return state
    },
  })
}

const explainRoutes: RouteModule = (app, deps) => {
  const explained = async (
    figure: Figure,
    when: string | undefined,
    how: typeof explain = explain,
  ): Promise<Explanation> => {
    const cut = cutOf(when)
    return understood(how(sourceOf(deps), figure, cut ? { cut } : {}))
  }
  app.get('/api/replay/explain/trial-balance', {
    schema: {
      summary: 'The events behind the movements of an account',
      querystring: AccountQuery,
      response: { 200: Explained },
    },
    handler: async request => {
      const { at: when, ...account } = request.query as z.output<typeof AccountQuery>
      requireEntity(request, area, account.entityId)
      const cut = cutOf(when)
      return understood(explainAccount(sourceOf(deps), account, cut ? { cut } : {}))
    },
  })
  app.get('/api/replay/explain/customers/:id', {
    schema: {
      summary: 'The events behind what a customer owes',
      params: IdParameter,
      querystring: AsOfQuery,
      response: { 200: Explained },
    },
    handler: async request => {
      const figure = customerFigure(idOf(request))
      return explained({ ...figure, where: within(entitiesOf(request, area), figure) }, atOf(request))
    },
  })
  app.get('/api/replay/explain/invoices/:id', {
    schema: {
      summary: 'The events behind an invoice',
      params: IdParameter,
      querystring: AsOfQuery,
      response: { 200: Explained },
    },
    handler: async request => {
      entitiesOf(request, area)
      const { answer } = await invoiceAsOf(sourceOf(deps), idOf(request))
      if (!answer.invoice) throw notFound()
      requireVisible(request, area, answer.invoice.entity_id)
      return explained(invoiceFigure(idOf(request)), atOf(request))
    },
  })
  app.get('/api/replay/explain', {
    schema: {
      summary: 'The events behind any measure of any projection',
      querystring: FigureQuery,
      response: { 200: Explained },
    },
    handler: async request => {
      requireAll(request)
      const { table, key, measure, at: when } = request.query as z.output<typeof FigureQuery>
      const figure = { ...tableOf(table), where: [conditionsOf([key].flat())] }
      return explained(measure ? { ...figure, measures: [measure].flat() } : figure, when, explainRows)
    },
  })
}

/** What spans all entities is open to those who may read them all. @throws Problem FORBIDDEN */
const requireAll = (request: FastifyRequest): void => {
  if (entitiesOf(request, area) === 'all') return
  throw new Problem('FORBIDDEN', {
    fr: 'Il faut pouvoir lire la comptabilité de toutes les entités.',
    en: 'It takes the right to read the ledger of every entity.',
  })
}

const mayRead = (readable: ReadableEntities, entityId: string): boolean =>
  readable === 'all' || readable.includes(entityId)

/** The same rows, of the entities that may be read. */
const within = (readable: ReadableEntities, { where }: Figure): Figure['where'] =>
  readable === 'all'
    ? where
    : readable.flatMap(entity_id => where.map(conditions => ({ ...conditions, entity_id })))

/** @throws Problem UNAVAILABLE where this process was given no log to replay */
const sourceOf = ({ replay }: ApiDependencies): Source & Subject => {
  if (replay) return replay
  throw new Problem('UNAVAILABLE', {
    fr: 'Ce processus ne rejoue pas le journal.',
    en: 'This process does not replay the log.',
  })
}

const idOf = (request: FastifyRequest): string => (request.params as z.output<typeof IdParameter>).id
const atOf = (request: FastifyRequest): string | undefined => (request.query as z.output<typeof AsOfQuery>).at

const cutOf = (when: string | undefined): Cut | undefined => {
  if (when === undefined) return undefined
  const cut = cutFrom(when)
  if (cut) return cut
  throw invalidParameter('at', {
    fr: 'un instant avec son décalage, ou le rang d’un événement',
    en: 'an instant with its offset, or the ordinal of an event',
  })
}

const conditionsOf = (texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    texts.map(text => {
      const split = text.indexOf('=')
      if (split < 1) throw invalidParameter('key', { fr: 'colonne=valeur', en: 'column=value' })
      return [text.slice(0, split), text.slice(split + 1)]
    }),
  )

/** @throws Problem naming the tables there are */
const tableOf = (name: string): NamedTable => {
  try {
    return tableNamed(projections, name)
  } catch (error) {
    throw asProblem(error)
  }
}

/** An answer; what the replay does not know becomes a problem that names the parameter. */
const understood = async <A>(answer: Promise<A>): Promise<A> => {
  try {
    return await answer
  } catch (error) {
    throw asProblem(error)
  }
}

const asProblem = (error: unknown): unknown => {
  if (error instanceof CutBeyondHead)
    return invalidParameter('at', {
      fr: `au plus ${error.head}, le rang du dernier événement du journal`,
      en: `at most ${error.head}, the ordinal of the last event of the log`,
    })
  return error instanceof FigureUnknown ? unknownFigure(error) : error
}

const unknownFigure = ({ what, known }: FigureUnknown): Problem => {
  if (what === 'account')
    return invalidParameter('account', {
      fr: 'un compte du plan comptable de l’entité',
      en: 'an account of the legal entity’s chart',
    })
  if (what === 'row')
    return invalidParameter('key', {
      fr: 'une ligne qu’un événement a touchée',
      en: 'a row that some event touched',
    })
  const list = known.join(', ')
  return invalidParameter(what === 'column' || what === 'value' ? 'key' : what, {
    fr: `l’un de : ${list}`,
    en: `one of ${list}`,
  })
}

const MONTH_NOT_BEFORE_FROM = { fr: 'un mois qui ne précède pas « from »', en: 'a month not before "from"' }
