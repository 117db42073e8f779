import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { impossible } from '../shared/values.ts'
import type { Day } from '../shared/values.ts'
import { chartEvents } from './chart.events.ts'
import type { AccountOpened, ChartEvent, JournalOpened, PostingAccountsSet } from './chart.events.ts'
import { pcgAuxiliary, pcgEditions, pcgOf } from './pcg.ts'
import type { AuxiliaryKind } from './pcg.ts'

/** The books of an entity: its accounts, its journals, and which accounts the posting rules take. */

type OpenedAccount = z.output<typeof AccountOpened.data>
type OpenedJournal = z.output<typeof JournalOpened.data>
export type PostingAccounts = z.output<typeof PostingAccountsSet.data>

export interface Chart {
  /** Edition of the standard chart that the books follow; undefined before it was adopted. */
  readonly edition: number | undefined
  readonly opened: ReadonlyMap<string, OpenedAccount>
  readonly closed: ReadonlySet<string>
  readonly journals: ReadonlyMap<string, OpenedJournal>
  /** In the order they were set; of those in force the newest counts. */
  readonly posting: readonly PostingAccounts[]
}

/** What an entry needs to know of an account. */
export interface Account {
  readonly account: string
  readonly label: string
  /** The kind of third party that every line on it names. */
  readonly auxiliary: AuxiliaryKind | undefined
  readonly lettering: boolean
  readonly closed: boolean
}

export type ChartRejection =
  | { readonly code: 'CHART_NOT_ADOPTED' }
  | { readonly code: 'CHART_ALREADY_ADOPTED'; readonly edition: number }
  | { readonly code: 'CHART_EDITION_UNKNOWN'; readonly edition: number; readonly known: readonly number[] }
  | { readonly code: 'ACCOUNT_ALREADY_OPEN'; readonly account: string; readonly label: string }
  | { readonly code: 'ACCOUNT_WITHOUT_PARENT'; readonly account: string }
  | { readonly code: 'AUXILIARY_NOT_OF_PARENT'; readonly account: string; readonly expected: AuxiliaryKind }
  | { readonly code: 'LETTERING_IS_DERIVED'; readonly account: string }
  | { readonly code: 'ACCOUNT_NOT_FOUND'; readonly account: string }
  | { readonly code: 'ACCOUNT_CLOSED'; readonly account: string }
  | { readonly code: 'ACCOUNT_IN_USE'; readonly account: string; readonly use: string }
  | { readonly code: 'JOURNAL_ALREADY_OPEN'; readonly journal: string; readonly label: string }
  | { readonly code: 'TREASURY_ACCOUNT_REQUIRED'; readonly journal: string }
  | { readonly code: 'TREASURY_ACCOUNT_FORBIDDEN'; readonly journal: string }
  | { readonly code: 'JOURNAL_NOT_FOUND'; readonly journal: string }
  | { readonly code: 'POSTING_ACCOUNT_UNSUITABLE'; readonly field: string; readonly account: string }
  | { readonly code: 'POSTING_JOURNAL_UNSUITABLE'; readonly field: string; readonly journal: string }

type Decide = Decision<Chart, ChartEvent, ChartRejection>

/** The account as entries may use it, or undefined for one that the chart does not have. */
export const accountOf = (chart: Chart, account: string): Account | undefined => {
  const opened = chart.opened.get(account)
  const label = opened?.label ?? standardLabel(chart, account)
  return label === undefined || account.length < 3
    ? undefined
    : {
        account,
        label,
        auxiliary: auxiliaryOf(chart, account),
        lettering: opened?.lettering ?? false,
        closed: chart.closed.has(account),
      }
}

/** Posting accounts in force on a day, or undefined where none were set for it. */
export const postingAccountsOn = (chart: Chart, day: Day): PostingAccounts | undefined =>
  chart.posting
    .filter(({ from }) => from <= day)
    .reduce<PostingAccounts | undefined>(
      (best, next) => (best === undefined || next.from >= best.from ? next : best),
      undefined,
    )

const standardLabel = (chart: Chart, account: string): string | undefined =>
  chart.edition === undefined ? undefined : pcgOf(chart.edition)?.get(account)

const exists = (chart: Chart, account: string): boolean =>
  chart.opened.has(account) || standardLabel(chart, account) !== undefined

/** The nearest account above: the longest beginning of the number that the chart has. */
const parentOf = (chart: Chart, account: string): string | undefined => {
  const above = Array.from({ length: account.length - 2 }, (_, i) => account.slice(0, account.length - 1 - i))
  const parent = above.find(a => exists(chart, a))
  const divided = parent?.length === 2 && isDivided(chart, parent)
  return divided ? undefined : parent
}

/** Whether the standard chart divides a heading itself: then accounts lie below its divisions, not beside them. */
const isDivided = (chart: Chart, heading: string): boolean =>
  [...(pcgOf(chart.edition ?? 0)?.keys() ?? [])].some(a => a.length === 3 && a.startsWith(heading))

/** Said at the opening, or else inherited from the account above. */
const auxiliaryOf = (chart: Chart, account: string): AuxiliaryKind | undefined => {
  for (let above = account; above.length >= 3; above = above.slice(0, -1)) {
    const said = chart.opened.get(above)?.auxiliary
    if (said !== undefined) return said
  }
  return pcgAuxiliary(account)
}

const adopted =
  (decision: Decide): Decide =>
  chart =>
    chart.edition === undefined ? E.left({ code: 'CHART_NOT_ADOPTED' }) : decision(chart)

const sameFields = (a: object, b: object): boolean =>
  JSON.stringify(Object.entries(a).toSorted()) === JSON.stringify(Object.entries(b).toSorted())

export const decide = {
  /** The books follow the standard chart from now on. */
  adopt:
    (entityId: string, edition: number): Decide =>
    chart => {
      if (!pcgEditions.includes(edition))
        return E.left({ code: 'CHART_EDITION_UNKNOWN', edition, known: pcgEditions })
      if (chart.edition === edition) return E.right([])
      if (chart.edition !== undefined)
        return E.left({ code: 'CHART_ALREADY_ADOPTED', edition: chart.edition })
      return E.right([{ type: 'ledger.ChartAdopted', data: { entityId, chart: 'PCG', edition } }])
    },

  openAccount: (data: OpenedAccount): Decide =>
    adopted(chart => {
      const { account } = data
      const opened = chart.opened.get(account)
      if (opened !== undefined && sameFields(opened, data)) return E.right([])
      if (chart.closed.has(account)) return E.left({ code: 'ACCOUNT_CLOSED', account })
      const label = opened?.label ?? standardLabel(chart, account)
      if (label !== undefined) return E.left({ code: 'ACCOUNT_ALREADY_OPEN', account, label })
      if (parentOf(chart, account) === undefined) return E.left({ code: 'ACCOUNT_WITHOUT_PARENT', account })
      const inherited = auxiliaryOf(chart, account)
      if (inherited !== undefined && data.auxiliary !== undefined && data.auxiliary !== inherited)
        return E.left({ code: 'AUXILIARY_NOT_OF_PARENT', account, expected: inherited })
      if (data.lettering === true && (data.auxiliary ?? inherited) !== undefined)
        return E.left({ code: 'LETTERING_IS_DERIVED', account })
      return E.right([{ type: 'ledger.AccountOpened', data }])
    }),

  closeAccount: (entityId: string, account: string): Decide =>
    adopted(chart => {
      if (chart.closed.has(account)) return E.right([])
      if (accountOf(chart, account) === undefined) return E.left({ code: 'ACCOUNT_NOT_FOUND', account })
      const use = useOf(chart, account)
      if (use !== undefined) return E.left({ code: 'ACCOUNT_IN_USE', account, use })
      return E.right([{ type: 'ledger.AccountClosed', data: { entityId, account } }])
    }),

  openJournal: (data: OpenedJournal): Decide =>
    adopted(chart => {
      const { journal, kind, treasuryAccount } = data
      const opened = chart.journals.get(journal)
      if (opened !== undefined)
        return sameFields(opened, data)
          ? E.right([])
          : E.left({ code: 'JOURNAL_ALREADY_OPEN', journal, label: opened.label })
      const isTreasury = kind === 'bank' || kind === 'cash'
      if (isTreasury && treasuryAccount === undefined)
        return E.left({ code: 'TREASURY_ACCOUNT_REQUIRED', journal })
      if (!isTreasury && treasuryAccount !== undefined)
        return E.left({ code: 'TREASURY_ACCOUNT_FORBIDDEN', journal })
      if (treasuryAccount !== undefined) {
        const account = accountOf(chart, treasuryAccount)
        if (account === undefined) return E.left({ code: 'ACCOUNT_NOT_FOUND', account: treasuryAccount })
        if (account.closed) return E.left({ code: 'ACCOUNT_CLOSED', account: treasuryAccount })
        if (!treasuryAccount.startsWith(kind === 'bank' ? '51' : '53'))
          return E.left({
            code: 'POSTING_ACCOUNT_UNSUITABLE',
            field: 'treasuryAccount',
            account: treasuryAccount,
          })
      }
      return E.right([{ type: 'ledger.JournalOpened', data }])
    }),

  /** Which accounts and journals the posting rules take from a day on. */
  setPostingAccounts: (data: PostingAccounts): Decide =>
    adopted(chart => {
      const last = chart.posting.at(-1)
      if (last !== undefined && sameFields(last, data)) return E.right([])
      for (const [field, prefix] of postingPrefixes) {
        const account = accountOf(chart, data[field])
        if (account === undefined) return E.left({ code: 'ACCOUNT_NOT_FOUND', account: data[field] })
        if (account.closed) return E.left({ code: 'ACCOUNT_CLOSED', account: data[field] })
        if (!data[field].startsWith(prefix))
          return E.left({ code: 'POSTING_ACCOUNT_UNSUITABLE', field, account: data[field] })
      }
      if (data.vatCollectedPending === data.vatCollected)
        return E.left({
          code: 'POSTING_ACCOUNT_UNSUITABLE',
          field: 'vatCollectedPending',
          account: data.vatCollectedPending,
        })
      for (const [field, kind] of postingJournals) {
        const journal = chart.journals.get(data[field])
        if (journal === undefined) return E.left({ code: 'JOURNAL_NOT_FOUND', journal: data[field] })
        if (journal.kind !== kind)
          return E.left({ code: 'POSTING_JOURNAL_UNSUITABLE', field, journal: data[field] })
      }
      return E.right([{ type: 'ledger.PostingAccountsSet', data }])
    }),
}

/** What the standard chart wants each account to lie below. */
const postingPrefixes = [
  ['customers', '411'],
  ['vatCollected', '4457'],
  ['vatCollectedPending', '4457'],
  ['freight', '7085'],
] as const
const postingJournals = [
  ['saleJournal', 'sale'],
  ['operationsJournal', 'operations'],
] as const

const useOf = (chart: Chart, account: string): string | undefined => {
  const journal = [...chart.journals.values()].find(j => j.treasuryAccount === account)
  if (journal !== undefined) return journal.journal
  const posting = chart.posting.at(-1)
  return postingPrefixes.find(([field]) => posting?.[field] === account)?.[0]
}

export const evolve = (chart: Chart, event: ChartEvent): Chart => {
  switch (event.type) {
    case 'ledger.ChartAdopted':
      return chart.edition === undefined
        ? { ...chart, edition: event.data.edition }
        : impossible('a second chart')
    case 'ledger.AccountOpened':
      return { ...chart, opened: new Map(chart.opened).set(event.data.account, event.data) }
    case 'ledger.AccountClosed':
      return { ...chart, closed: new Set(chart.closed).add(event.data.account) }
    case 'ledger.JournalOpened':
      return { ...chart, journals: new Map(chart.journals).set(event.data.journal, event.data) }
    case 'ledger.PostingAccountsSet':
      return { ...chart, posting: [...chart.posting, event.data] }
  }
}

export const chart: Aggregate<Chart, ChartEvent> = {
  category: 'chart',
  events: chartEvents,
  initial: { edition: undefined, opened: new Map(), closed: new Set(), journals: new Map(), posting: [] },
  evolve,
}
