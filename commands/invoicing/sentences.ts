import type { ContentRejection } from '../../domain/invoicing/build-content.ts'
import type { InvoiceRejection, IssueRejection } from '../../domain/invoicing/invoice.ts'
import type { PaymentRejection } from '../../domain/invoicing/payment.ts'
import type { ReceivableRejection } from '../../domain/invoicing/receivable.ts'
import type { EntryRejection } from '../../domain/ledger/public.ts'
import { sentencesFor } from '../definition.ts'
import { amountIn, dayText } from '../wording.ts'
import type { AllocationFactsRejection } from './allocations.ts'
import type { InvoiceTooLarge } from '../registrar/numbering.ts'
import type { DraftRejection } from './draft.ts'
import type { IssueFactsRejection } from './issue.ts'
import type { PaymentFactsRejection } from './payments.ts'

/** What refusals of invoicing say to people. Those of the ledger and of commerce have theirs there. */

const invoiceSentences = sentencesFor<InvoiceRejection>({
  INVOICE_NOT_FOUND: () => ({
    fields: ['invoiceId'],
    fr: 'Cette facture n’existe pas (champ « invoiceId »).',
    en: 'This invoice does not exist (field "invoiceId").',
  }),
  INVOICE_ALREADY_EXISTS: () => ({
    fields: ['invoiceId'],
    fr: 'Une autre facture porte déjà cet identifiant (champ « invoiceId »).',
    en: 'Another invoice already has this id (field "invoiceId").',
  }),
  INVOICE_CANCELLED: () => ({
    fields: ['invoiceId'],
    fr: 'Cette facture en préparation a été abandonnée : préparez-en une autre.',
    en: 'This drafted invoice was cancelled: draft another one.',
  }),
  INVOICE_ALREADY_REQUESTED: () => ({
    fields: ['invoiceId'],
    fr: 'Cette facture est émise : elle ne change plus, elle se corrige par un avoir.',
    en: 'This invoice is issued: it can no longer change, only be corrected by a credit note.',
  }),
})

const FIELDS = {
  entityId: { fr: 'd’une autre entité', en: 'of another entity' },
  customerId: { fr: 'd’un autre client', en: 'of another customer' },
  currency: { fr: 'dans une autre devise', en: 'in another currency' },
} as const

type OfDraft = Exclude<
  DraftRejection,
  InvoiceRejection | { code: 'CUSTOMER_NOT_FOUND' | 'LEGAL_ENTITY_NOT_FOUND' | 'ORDER_NOT_FOUND' }
>

const draftSentences = sentencesFor<OfDraft>({
  INVOICE_EMPTY: () => ({
    fields: ['orders', 'lines'],
    fr: 'La facture est vide : attendu au moins une commande ou une ligne (champs « orders », « lines »).',
    en: 'The invoice is empty: expected at least one order or line (fields "orders", "lines").',
  }),
  FREIGHT_WITHOUT_LINE: () => ({
    fields: ['orders', 'lines'],
    fr: 'Le port est taxé comme ce qu’il accompagne, et une facture a au moins une ligne : attendu une ligne livrée à côté du port, ou une ligne libre (champs « orders », « lines »).',
    en: 'Freight is taxed like what it carries, and an invoice has at least one line: expected a delivered line beside the freight, or a free one (fields "orders", "lines").',
  }),
  ORDER_NAMED_TWICE: ({ orderId }) => ({
    fields: ['orders'],
    fr: `La commande ${orderId} est nommée deux fois (champ « orders ») : attendu une seule fois.`,
    en: `Order ${orderId} is named twice (field "orders"): expected once.`,
  }),
  ORDER_OF_OTHERS: ({ orderId, field }) => ({
    fields: [field],
    fr: `La commande ${orderId} est ${FIELDS[field].fr} (champ « ${field} ») : une facture n’en réunit que du même.`,
    en: `Order ${orderId} is ${FIELDS[field].en} (field "${field}"): an invoice joins only those of the same.`,
  }),
})

const CLASSES = {
  standard: { fr: 'normal', en: 'standard' },
  intermediate: { fr: 'intermédiaire', en: 'intermediate' },
  reduced: { fr: 'réduit', en: 'reduced' },
  superReduced: { fr: 'super-réduit', en: 'super-reduced' },
  exempt: { fr: 'exonéré', en: 'exempt' },
} as const

const contentSentences = sentencesFor<ContentRejection>({
  VAT_RULES_MISSING: ({ country, day }) => ({
    fields: ['country'],
    fr: `Aucune règle de TVA n’est connue pour ${country} au ${dayText(day).fr} (champ « country ») : cette opération ne peut pas être facturée ici.`,
    en: `No VAT rule is known for ${country} on ${day} (field "country"): this operation cannot be invoiced here.`,
  }),
  VAT_RATE_UNKNOWN: ({ rateClass, day }) => ({
    fields: ['vat'],
    fr: `Aucun taux de TVA ${CLASSES[rateClass].fr} n’est connu au ${dayText(day).fr} (champ « vat » : ${rateClass}).`,
    en: `No ${CLASSES[rateClass].en} VAT rate is known on ${day} (field "vat": ${rateClass}).`,
  }),
  VAT_EXEMPTION_UNKNOWN: ({ exemption, known }) => ({
    fields: ['vatExemption'],
    fr: `L’exonération ${exemption ?? 'absente'} n’est pas connue (champ « vatExemption ») ; attendu : ${known.join(', ')}.`,
    en: `Exemption ${exemption ?? 'absent'} is not known (field "vatExemption"); expected: ${known.join(', ')}.`,
  }),
  BUYER_SIREN_MISSING: ({ customer }) => ({
    fields: ['siren'],
    fr: `Le client ${customer} n’a pas de SIREN (champ « siren ») : une facture à une entreprise française doit le porter.`,
    en: `Customer ${customer} has no SIREN (field "siren"): an invoice to a French company must show it.`,
  }),
  ADDRESS_INCOMPLETE: ({ name, missing }) => ({
    fields: [...missing],
    fr: `L’adresse de ${name} n’est pas complète : attendu ${missing.map(field => `« ${field} »`).join(' et ')}, une facture porte l’adresse des deux parties.`,
    en: `The address of ${name} is not complete: expected ${missing.map(field => `"${field}"`).join(' and ')}, as an invoice shows the addresses of both parties.`,
  }),
  DELIVERY_AFTER_ISSUE: ({ deliveredOn, day }) => ({
    fields: ['deliveredOn'],
    fr: `Une livraison est du ${dayText(deliveredOn).fr} (champ « deliveredOn »), après le jour d’émission ${dayText(day).fr} : attendu une livraison déjà faite.`,
    en: `A delivery is dated ${deliveredOn} (field "deliveredOn"), after the day of issue ${day}: expected one already made.`,
  }),
  VAT_CHANGED_BETWEEN_DELIVERIES: ({ first, last }) => ({
    fields: ['orders'],
    fr: `La TVA a changé entre les livraisons du ${dayText(first).fr} et du ${dayText(last).fr} (champ « orders ») : facturez-les séparément.`,
    en: `VAT changed between the deliveries of ${first} and ${last} (field "orders"): invoice them separately.`,
  }),
  GOODS_OF_SEVERAL_MONTHS: ({ months }) => ({
    fields: ['orders'],
    fr: `Les biens facturés ont été livrés en ${months.join(', ')} (champ « orders ») : attendu les livraisons d’un seul mois civil par facture (CGI art. 289 I-3).`,
    en: `The goods invoiced were delivered in ${months.join(', ')} (field "orders"): expected the deliveries of one calendar month per invoice (CGI art. 289 I-3).`,
  }),
  INVOICE_DRAFT_TOO_LARGE: ({ line, net }) => ({
    fields: line === undefined ? ['orders', 'lines'] : ['unitPrice'],
    fr: `${line === undefined ? 'Le total' : `Ligne ${line} : le montant`} ${amountIn(net).fr} dépasse 500 milliards hors taxes, la borne des montants ; attendu moins de quantité ou un prix plus bas (${line === undefined ? 'champs « orders », « lines »' : 'champ « unitPrice »'}).`,
    en: `${line === undefined ? 'The total' : `Line ${line}: the amount`} ${amountIn(net).en} exceeds 500 billion net of tax, the bound of amounts; expected a smaller quantity or price (${line === undefined ? 'fields "orders", "lines"' : 'field "unitPrice"'}).`,
  }),
  EXEMPTIONS_MIXED: ({ category, codes }) => ({
    fields: ['vatExemption'],
    fr: `La catégorie de TVA ${category} a plusieurs motifs, ${codes.join(', ')} (champ « vatExemption ») : attendu un seul par facture.`,
    en: `VAT category ${category} has several reasons, ${codes.join(', ')} (field "vatExemption"): expected one per invoice.`,
  }),
  OUT_OF_SCOPE_MIXED: () => ({
    fields: ['lines'],
    fr: 'Des prestations hors champ de la TVA ne se facturent pas avec d’autres (champ « lines ») : faites deux factures (BR-O-11).',
    en: 'Services outside the scope of VAT cannot be invoiced with others (field "lines"): make two invoices (BR-O-11).',
  }),
  TOO_MANY_CHARGES: ({ charges, max }) => ({
    fields: ['orders'],
    fr: `La facture porterait ${charges} frais de port (champ « orders ») : attendu ${max} au plus ; répartissez les commandes.`,
    en: `The invoice would hold ${charges} freight charges (field "orders"): expected at most ${max}; divide the orders.`,
  }),
  INVOICE_WITHOUT_AMOUNT: () => ({
    fields: ['lines'],
    fr: 'Le total de la facture est nul (champ « lines ») : attendu un montant positif.',
    en: 'The invoice’s total is zero (field "lines"): expected an amount above zero.',
  }),
  INVOICE_AMOUNT_OUT_OF_BOUNDS: ({ gross }) => ({
    fields: ['lines'],
    fr: `Le total ${amountIn(gross).fr} dépasse ce qui peut être enregistré, 10^14 centimes (champ « lines »).`,
    en: `The total ${amountIn(gross).en} exceeds what can be recorded, 10^14 cents (field "lines").`,
  }),
})

type OfIssue = Exclude<
  IssueRejection | IssueFactsRejection | InvoiceTooLarge,
  InvoiceRejection | ContentRejection | EntryRejection | ElsewhereSaid
>

const issueSentences = sentencesFor<OfIssue>({
  INVOICE_CURRENCY_NOT_OF_LEDGER: ({ currency, ledger }) => ({
    fields: ['currency'],
    fr: `La facture est en ${currency} et les livres en ${ledger} (champ « currency ») : attendu ${ledger}.`,
    en: `The invoice is in ${currency} and the books in ${ledger} (field "currency"): expected ${ledger}.`,
  }),
  NUMBER_TOO_LONG: ({ pattern }) => ({
    fields: ['series'],
    fr: `Le modèle « ${pattern} » donnerait un numéro de plus de 35 caractères : ouvrez une série plus courte.`,
    en: `Pattern "${pattern}" would give a number of over 35 characters: open a shorter series.`,
  }),
  INVOICE_TOO_LARGE: ({ bytes, bytesMax }) => ({
    fields: ['lines'],
    fr: `La facture est trop grande : ${bytes} octets, au plus ${bytesMax} (champ « lines ») : répartissez-la sur plusieurs.`,
    en: `The invoice is too large: ${bytes} bytes, at most ${bytesMax} (field "lines"): divide it into several.`,
  }),
  INVOICING_TERMS_NOT_SET: () => ({
    fields: ['entityId'],
    fr: 'Les conditions de facturation de l’entité ne sont pas fixées : délai, pénalités, indemnité, escompte.',
    en: 'The entity’s invoicing terms are not set: term, penalties, recovery fee, discount.',
  }),
  POSTING_ACCOUNTS_NOT_SET: ({ day }) => ({
    fields: ['entityId'],
    fr: `Les comptes des écritures automatiques ne sont pas choisis au ${dayText(day).fr}.`,
    en: `The accounts of automatic entries are not chosen for ${day}.`,
  }),
  SERIES_NOT_FOUND: ({ series }) => ({
    fields: ['series'],
    fr: `La série ${series} ne numérote pas de factures dans cette entité (champ « series »).`,
    en: `Series ${series} numbers no invoices in this entity (field "series").`,
  }),
  SERIES_TO_CHOOSE: ({ series }) => ({
    fields: ['series'],
    fr: `Attendu une série de factures (champ « series ») parmi : ${series.join(', ') || 'aucune ouverte'}.`,
    en: `Expected a series of invoices (field "series") among: ${series.join(', ') || 'none open'}.`,
  }),
})

/** Codes whose sentence stands with the ledger, commerce or organisation. */
type ElsewhereSaid = {
  readonly code:
    | 'LEGAL_ENTITY_NOT_FOUND'
    | 'CUSTOMER_NOT_FOUND'
    | 'DAY_IN_FUTURE'
    | 'DAY_WITHOUT_FISCAL_YEAR'
    | 'PERIOD_CLOSED_FOR_ENTRIES'
    | 'JOURNAL_LOCKED_FOR_ENTRIES'
}

type OfPayment = Exclude<PaymentRejection | PaymentFactsRejection, EntryRejection | OfIssue | ElsewhereSaid>

const paymentSentences = sentencesFor<OfPayment>({
  PAYMENT_ALREADY_RECORDED: () => ({
    fields: ['paymentId'],
    fr: 'Un autre règlement porte déjà cet identifiant (champ « paymentId »).',
    en: 'Another payment already has this id (field "paymentId").',
  }),
  PAYMENT_ABANDONED: () => ({
    fields: ['paymentId'],
    fr: 'L’enregistrement de ce règlement a été interrompu puis libéré : recommencez avec un nouvel identifiant (champ « paymentId »).',
    en: 'The recording of this payment was cut off and released: start again with a new id (field "paymentId").',
  }),
  PAYMENT_CURRENCY_NOT_OF_LEDGER: ({ currency, ledger }) => ({
    fields: ['currency'],
    fr: `Le règlement est en ${currency} et les livres en ${ledger} (champ « currency ») : attendu ${ledger}.`,
    en: `The payment is in ${currency} and the books in ${ledger} (field "currency"): expected ${ledger}.`,
  }),
  RECORDED_BEFORE_BANK: ({ day, bankDate }) => ({
    fields: ['recordedOn'],
    fr: `Champ « recordedOn » : ${dayText(day).fr} précède le jour de la banque, ${dayText(bankDate).fr} ; attendu ce jour ou un jour ultérieur.`,
    en: `Field "recordedOn": ${day} is before the bank's day, ${bankDate}; expected that day or a later one.`,
  }),
  JOURNAL_NOT_OF_TREASURY: ({ journal }) => ({
    fields: ['journal'],
    fr: `Le journal ${journal} n’a pas de compte de trésorerie (champ « journal ») : attendu un journal de banque ou de caisse.`,
    en: `Journal ${journal} has no treasury account (field "journal"): expected a bank or cash journal.`,
  }),
})

type OfReceivable = Exclude<
  ReceivableRejection | AllocationFactsRejection,
  EntryRejection | OfIssue | ElsewhereSaid
>

const receivableSentences = sentencesFor<OfReceivable>({
  ALLOCATION_ALREADY_EXISTS: () => ({
    fields: ['allocationId'],
    fr: 'Une autre affectation porte déjà cet identifiant (champ « allocationId »).',
    en: 'Another allocation already has this id (field "allocationId").',
  }),
  ALLOCATION_NOT_FOUND: () => ({
    fields: ['allocationId'],
    fr: 'Cette affectation n’existe pas dans ce compte client (champ « allocationId »).',
    en: 'This allocation does not exist in this receivable (field "allocationId").',
  }),
  DOCUMENT_NAMED_TWICE: ({ number }) => ({
    fields: ['settlements'],
    fr: `La facture ${number} est nommée deux fois (champ « settlements ») : attendu une seule fois.`,
    en: `Invoice ${number} is named twice (field "settlements"): expected once.`,
  }),
  SETTLED_ON_ANOTHER_ACCOUNT: ({ number, account, expected }) => ({
    fields: ['settlements'],
    fr: `La facture ${number} est au compte ${account} et le règlement au compte ${expected} : virez-le d’abord par une écriture.`,
    en: `Invoice ${number} stands on account ${account} and the payment on ${expected}: transfer it first by an entry.`,
  }),
  ALLOCATION_EXCEEDS_DOCUMENT: ({ number, left }) => ({
    fields: ['amount'],
    fr: `Il reste ${amountIn(left).fr} à payer sur la facture ${number} (champ « amount ») : attendu au plus ce montant.`,
    en: `${amountIn(left).en} is left to pay of invoice ${number} (field "amount"): expected at most that.`,
  }),
  ALLOCATION_EXCEEDS_PAYMENT: ({ reference, left }) => ({
    fields: ['settlements'],
    fr: `Il reste ${amountIn(left).fr} du règlement ${reference} (champ « settlements ») : attendu au plus ce total.`,
    en: `${amountIn(left).en} is left of payment ${reference} (field "settlements"): expected at most that in all.`,
  }),
  TOO_MANY_SETTLEMENTS: ({ settlements, max }) => ({
    fields: ['settlements'],
    fr: `La TVA de ${settlements} factures ne tient pas dans une écriture (champ « settlements ») : attendu au plus les ${max} premières, les autres dans une autre affectation.`,
    en: `The VAT of ${settlements} invoices does not fit into one entry (field "settlements"): expected at most the first ${max}, the others in another allocation.`,
  }),
  ALLOCATED_BEFORE_RECEIPT: ({ receivedOn }) => ({
    fields: ['allocatedOn'],
    fr: `Le règlement est du ${dayText(receivedOn).fr} : attendu ce jour ou plus tard (champ « allocatedOn »).`,
    en: `The payment is dated ${receivedOn}: expected that day or later (field "allocatedOn").`,
  }),
  ALLOCATED_BEFORE_ISSUE: ({ number, issuedOn }) => ({
    fields: ['allocatedOn'],
    fr: `La facture ${number} est du ${dayText(issuedOn).fr} : attendu ce jour ou plus tard (champ « allocatedOn »).`,
    en: `Invoice ${number} is dated ${issuedOn}: expected that day or later (field "allocatedOn").`,
  }),
  REVERSED_BEFORE_ALLOCATION: ({ allocatedOn }) => ({
    fields: ['reversedOn'],
    fr: `L’affectation est du ${dayText(allocatedOn).fr} : attendu ce jour ou plus tard (champ « reversedOn »).`,
    en: `The allocation is dated ${allocatedOn}: expected that day or later (field "reversedOn").`,
  }),
  PAYMENT_NOT_FOUND: ({ paymentId }) => ({
    fields: ['paymentId'],
    fr: `Le règlement ${paymentId} n’existe pas (champ « paymentId »).`,
    en: `Payment ${paymentId} does not exist (field "paymentId").`,
  }),
  PAYMENT_OF_ANOTHER_RECEIVABLE: ({ paymentId }) => ({
    fields: ['paymentId'],
    fr: `Le règlement ${paymentId} est d’un autre client, d’une autre entité ou devise (champ « paymentId »).`,
    en: `Payment ${paymentId} is of another customer, entity or currency (field "paymentId").`,
  }),
  INVOICE_NOT_ISSUED: ({ invoiceId }) => ({
    fields: ['invoiceId'],
    fr: `La facture ${invoiceId} n’a pas de numéro (champ « invoiceId ») : attendu une facture émise.`,
    en: `Invoice ${invoiceId} has no number (field "invoiceId"): expected an issued one.`,
  }),
  INVOICE_OF_ANOTHER_RECEIVABLE: ({ number }) => ({
    fields: ['invoiceId'],
    fr: `La facture ${number} est d’un autre client ou d’une autre devise (champ « invoiceId »).`,
    en: `Invoice ${number} is of another customer or currency (field "invoiceId").`,
  }),
})

export const invoicingSentences = {
  ...invoiceSentences,
  ...draftSentences,
  ...contentSentences,
  ...issueSentences,
  ...paymentSentences,
  ...receivableSentences,
}
