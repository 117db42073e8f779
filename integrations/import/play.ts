import { addToMonth } from '../../domain/shared/days.ts'
import { setUpCompany } from '../company-setup.ts'
import { Refused, createPlayer, inParallel, type Player, type Stage } from '../player.ts'
import type { Row } from './csv-file.ts'
import { importKey } from './ids.ts'
import { customerInput, deliveryInput, idsOf, orderInput, productInput, type Ids } from './inputs.ts'
import type { Profile } from './profile.ts'
import type { Business, ReadOrder } from './read-business.ts'
import type { ReadRow } from './read-rows.ts'
import type { Reject } from './rejects.ts'
import { businessDays, instantOf, type BusinessDay } from './timeline.ts'

/** Commands under way at once where their order does not matter. */
const CONCURRENCY = 16

/** Hours of a business day, in the company's zone. */
const ORDERS_AT = 9
const SHIPMENTS_AT = 15

export interface PlayOptions {
  readonly onProgress: (done: number, total: number) => void
  /** Aborted: what is under way is finished, nothing more is begun. A later run goes on from there. */
  readonly signal: AbortSignal
}

export interface Played {
  /** Rows that the books refused, by the same form as those that could not be read. */
  readonly rejects: readonly Reject[]
  readonly interrupted: boolean
}

/** The instant that a log of this business is opened at: the morning before its first day. */
export const openingInstant = (profile: Profile, { orders }: Business): string => {
  const days = businessDays(orders).map(({ day }) => day)
  const first = days[0] ?? profile.company.fiscalYears[0]?.startsOn ?? '1970-01-01'
  return instantOf(
    Temporal.PlainDate.from(first).subtract({ days: 1 }).toString(),
    ORDERS_AT,
    profile.company.timeZone,
  )
}

/**
 * Plays a business day by day: company, customers and products first, then the orders of each day and what left the
 * house that day, delivered and invoiced in the order of its numbers. Each command's key follows from profile, file
 * and row, so that a second run adds nothing and an interrupted one goes on.
 * @throws ImportFailure where the company cannot be set up or the log does not answer
 */
export const playBusiness = async (
  profile: Profile,
  business: Business,
  stage: Stage,
  options: PlayOptions,
): Promise<Played> => {
  const play = new Play(profile, business, stage, options)
  await play.run()
  return { rejects: play.rejects, interrupted: options.signal.aborted }
}

class Play {
  readonly rejects: Reject[] = []
  private readonly profile: Profile
  private readonly business: Business
  private readonly player: Player
  private readonly options: PlayOptions
  private readonly ids: Ids
  private readonly total: number
  private done = 0
  /** Rows that the books refused once: nothing more is asked for them. */
  private readonly refused = new Set<Row>()

  constructor(profile: Profile, business: Business, stage: Stage, options: PlayOptions) {
    this.profile = profile
    this.business = business
    this.player = createPlayer(stage, { kind: 'importer' })
    this.options = options
    this.ids = idsOf(profile)
    const shipped = business.orders.filter(({ record }) => record.shippedOn !== undefined)
    this.total =
      business.customers.length + business.products.length + business.orders.length + shipped.length
  }

  async run(): Promise<void> {
    const { profile, business } = this
    await setUpCompany(this.player, this.ids.entity, profile.company, (...step) =>
      this.key('company', ...step),
    )
    await this.each(business.customers, read =>
      this.send('commerce.registerCustomer', customerInput(this.ids, profile, read), read),
    )
    await this.each(business.products, read =>
      this.send('commerce.registerProduct', productInput(this.ids, profile, read), read),
    )
    for (const day of businessDays(business.orders)) {
      if (this.options.signal.aborted) return
      await this.playDay(day)
    }
    await this.discontinue()
  }

  private async playDay({ day, ordered, shipped }: BusinessDay): Promise<void> {
    const { timeZone } = this.profile.company
    this.player.until(instantOf(day, ORDERS_AT, timeZone))
    await this.each(ordered, order => this.place(order))
    this.player.until(instantOf(day, SHIPMENTS_AT, timeZone))
    await inParallel(shipped, CONCURRENCY, order => this.guarded(order, () => this.ship(order, day)))
    // One after the other: the registrar numbers requests in the order of the log.
    for (const order of shipped) {
      await this.guarded(order, () => this.invoice(order, day))
      this.advance()
    }
  }

  private async place(order: ReadOrder): Promise<void> {
    const { record } = order
    await this.send('commerce.placeOrder', orderInput(this.ids, this.profile, order), order)
    const confirmation = { orderId: this.ids.order(record), confirmedOn: record.orderedOn }
    await this.send('commerce.confirmOrder', confirmation, order)
  }

  private async ship(order: ReadOrder, day: string): Promise<void> {
    const { record } = order
    await this.send('commerce.deliverOrder', deliveryInput(this.ids, order, day), order)
    const draft = {
      invoiceId: this.ids.invoice(record, day),
      entityId: this.ids.entity,
      customerId: this.ids.customer(record.customer),
      currency: this.profile.company.currency,
      orders: [{ orderId: this.ids.order(record) }],
    }
    await this.send('invoicing.draftInvoice', draft, order)
  }

  private async invoice(order: ReadOrder, day: string): Promise<void> {
    const { series } = this.profile.company.series
    const request = { invoiceId: this.ids.invoice(order.record, day), series }
    await this.send('invoicing.issueInvoice', request, order)
  }

  /** What the source no longer offers was offered while it was ordered. */
  private async discontinue(): Promise<void> {
    const gone = this.business.products.filter(({ record }) => record.discontinued === true)
    await inParallel(gone, CONCURRENCY, read =>
      this.guarded(read, () =>
        this.send('commerce.discontinueProduct', { productId: this.ids.product(read.record.code) }, read),
      ),
    )
  }

  private send(command: string, input: unknown, read: AnyRow): Promise<unknown> {
    return this.player.play(command, input, this.key(read.row.file, keyOf(read), command))
  }

  private key(...parts: readonly string[]): string {
    return importKey(this.profile.profile, ...parts)
  }

  /** Works through rows whose order does not matter, counting each. */
  private async each<R extends AnyRow>(
    rows: readonly R[],
    work: (row: R) => Promise<unknown>,
  ): Promise<void> {
    await inParallel(rows, CONCURRENCY, async row => {
      if (this.options.signal.aborted) return
      await this.guarded(row, () => work(row))
      this.advance()
    })
  }

  /** A row that the books refuse is rejected; what would follow for it is left out. */
  private async guarded(read: AnyRow, work: () => Promise<unknown>): Promise<void> {
    if (this.refused.has(read.row)) return
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      this.refused.add(read.row)
      const { file, line } = read.row
      const { code, sentence } = error
      this.rejects.push({ file, line, field: '', found: `${keyOf(read)}: ${code}`, expected: sentence })
    }
  }

  private advance(): void {
    this.done++
    this.options.onProgress(this.done, this.total)
  }
}

type AnyRow = Pick<ReadRow<'customers'> | ReadRow<'products'> | ReadOrder, 'row' | 'record'>

const keyOf = ({ record }: AnyRow): string => ('number' in record ? record.number : record.code)

/**
 * Closes months for ever, one after the other, from the first of the books on. Months that are cut stay cut.
 * @param through the last month, `YYYY-MM`
 * @throws Refused where a month may not be cut
 */
export const closeThrough = async (
  profile: Profile,
  through: string,
  stage: Stage,
): Promise<readonly string[]> => {
  const { play } = createPlayer(stage, { kind: 'importer' })
  const entityId = idsOf(profile).entity
  const first = profile.company.fiscalYears[0]?.startsOn.slice(0, 7) ?? through
  const months: string[] = []
  for (let month = first; month <= through; month = addToMonth(month, 1)) {
    await play('ledger.cutPeriod', { entityId, period: month }, importKey(profile.profile, 'close', month))
    months.push(month)
  }
  return months
}
