import type { z } from 'zod'
import { CreditNoteIssued, InvoiceIssued } from '../../domain/invoicing/invoice.events.ts'
import { PaymentReceived } from '../../domain/invoicing/payment.events.ts'
import { AllocationReversed, PaymentAllocated } from '../../domain/invoicing/receivable.events.ts'
import { sum } from '../../domain/shared/money.ts'
import { placeOf, typesOf } from '../check.ts'
import type { Check, Fault } from '../check.ts'

type Allocation = z.output<typeof PaymentAllocated.data>

/** Nothing is allocated beyond what is left of a document or of a payment (PROTOCOL 23). */
export const allocations: Check = {
  name: 'allocations',
  title: {
    fr: 'Aucun lettrage ne dépasse ce qui restait',
    en: 'No allocation takes more than was left',
  },
  begin: (_, report) => {
    const open = new OpenItems()
    return {
      types: typesOf(InvoiceIssued, CreditNoteIssued, PaymentReceived, PaymentAllocated, AllocationReversed),
      see: event => {
        switch (event.type) {
          case InvoiceIssued.type: {
            const { invoiceId, content } = event.data as z.output<typeof InvoiceIssued.data>
            return open.enter(`invoice-${invoiceId}`, content.totals.gross)
          }
          case CreditNoteIssued.type: {
            const { creditNoteId, content } = event.data as z.output<typeof CreditNoteIssued.data>
            return open.enter(`creditNote-${creditNoteId}`, content.totals.gross)
          }
          case PaymentReceived.type: {
            const { paymentId, amount } = event.data as z.output<typeof PaymentReceived.data>
            return open.enter(`payment-${paymentId}`, amount)
          }
          default:
            for (const part of partsOf(event.data as Allocation))
              for (const fault of event.type === PaymentAllocated.type
                ? open.take(part)
                : open.giveBack(part))
                report(placeOf(event), fault)
        }
      },
    }
  },
}

/** What an allocation takes of one document or payment. */
interface Part {
  /** Kind and id: whoever records a payment makes its id, and may take that of an invoice. */
  readonly id: string
  readonly reference: string
  /** Of the whole document, as the allocation states it. */
  readonly whole: bigint
  readonly amount: bigint
}

const partsOf = ({ source, settlements }: Allocation): readonly Part[] => [
  {
    id: `${source.kind}-${source.id}`,
    reference: source.reference,
    whole: source.amount,
    amount: sum(settlements.map(({ amount }) => amount)),
  },
  ...settlements.map(({ invoiceId, number, payable, amount }) => ({
    id: `invoice-${invoiceId}`,
    reference: number,
    whole: payable,
    amount,
  })),
]

/** Documents with something left. What is settled is forgotten: memory follows what is open, not the log. */
class OpenItems {
  private readonly left = new Map<string, bigint>()

  enter(id: string, amount: bigint): void {
    this.left.set(id, amount)
  }

  *take({ id, reference, whole, amount }: Part): Generator<Fault> {
    const left = this.left.get(id)
    if (left === undefined)
      yield {
        code: 'ALLOCATED_FROM_NOTHING',
        found: reference,
        expected: 'a document with something left',
        sentence: {
          fr: `Un lettrage prend ${amount} sur ${reference}, qui n’existe pas ou dont il ne restait rien (centimes).`,
          en: `An allocation takes ${amount} of ${reference}, which does not exist or of which nothing was left (cents).`,
        },
      }
    else if (amount > left || left > whole)
      yield {
        code: 'ALLOCATED_BEYOND_REST',
        found: String(amount),
        expected: `at most ${left}`,
        sentence: {
          fr: `Un lettrage prend ${amount} sur ${reference} (${whole} en tout), dont il restait ${left} (centimes).`,
          en: `An allocation takes ${amount} of ${reference} (${whole} in all), of which ${left} was left (cents).`,
        },
      }
    this.setLeft(id, (left ?? 0n) - amount)
  }

  *giveBack({ id, reference, whole, amount }: Part): Generator<Fault> {
    const left = (this.left.get(id) ?? 0n) + amount
    if (left > whole)
      yield {
        code: 'GIVEN_BACK_BEYOND_WHOLE',
        found: String(left),
        expected: `at most ${whole}`,
        sentence: {
          fr: `L’annulation d’un lettrage rend à ${reference} plus que son montant : ${left} pour ${whole} (centimes).`,
          en: `Taking an allocation back gives ${reference} more than its amount: ${left} for ${whole} (cents).`,
        },
      }
    this.setLeft(id, left)
  }

  private setLeft(id: string, left: bigint): void {
    if (left > 0n) this.left.set(id, left)
    else this.left.delete(id)
  }
}
