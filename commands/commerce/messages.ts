import type { IdentifierRejection } from '../../domain/shared/identifiers.ts'
import type { CustomerRejection } from '../../domain/commerce/customer.ts'
import type { BillingRejection } from '../../domain/commerce/order-billing.ts'
import type { OrderRejection } from '../../domain/commerce/order-decisions.ts'
import type { ProductRejection } from '../../domain/commerce/product.ts'
import { sentencesFor } from '../definition.ts'
import { identitySentences } from '../identity-sentences.ts'
import { amountText, dayText, quantityText } from '../wording.ts'
import type { OrderPlacementRejection } from './place-order.ts'

type Own<R extends { readonly code: string }> = Exclude<
  R,
  IdentifierRejection | { readonly code: 'CURRENCY_NOT_SUPPORTED' | 'LEGAL_ENTITY_NOT_FOUND' }
>

const customerSentences = sentencesFor<Own<CustomerRejection>>({
  CUSTOMER_NOT_FOUND: () => ({
    fields: ['customerId'],
    fr: 'Champ « customerId » : aucun client ne porte cet identifiant.',
    en: 'Field "customerId": no customer has this id.',
  }),
  CUSTOMER_EXISTS: ({ customerCode }) => ({
    fields: ['customerId'],
    fr: `Champ « customerId » : cet identifiant est déjà celui du client ${customerCode} ; un nouveau client demande un nouvel UUID.`,
    en: `Field "customerId": this id is already that of customer ${customerCode}; a new customer needs a new UUID.`,
  }),
  CUSTOMER_ABANDONED: () => ({
    fields: ['customerId'],
    fr: 'Champ « customerId » : un enregistrement inachevé a mis fin à cet identifiant ; recommencez avec un nouvel UUID.',
    en: 'Field "customerId": an unfinished registration has ended this id; start again with a new UUID.',
  }),
  INVENTED_IDENTIFIER_ABSENT: ({ field }) => ({
    fields: ['invented'],
    fr: `Champ « invented » : « ${field} » y figure, mais le client n'en a pas ; retirez-le de la liste ou donnez-le.`,
    en: `Field "invented": "${field}" is listed, but the customer has none; take it off the list or give it.`,
  }),
  INVENTED_IDENTIFIER_IN_PRODUCTION: ({ field }) => ({
    fields: [field],
    fr: `Champ « ${field} » : un identifiant inventé n'est admis que dans un journal d'essai (bac à sable).`,
    en: `Field "${field}": an invented identifier is allowed in a sandbox log only.`,
  }),
  CONTACT_TWICE: ({ personId }) => ({
    fields: ['contacts'],
    fr: `Champ « contacts » : la personne ${personId} y figure deux fois ; une fois suffit.`,
    en: `Field "contacts": person ${personId} is listed twice; once is enough.`,
  }),
  CONTACT_NOT_FOUND: ({ personId }) => ({
    fields: ['personId'],
    fr: `Champ « personId » : ${personId} n'est pas un contact de ce client.`,
    en: `Field "personId": ${personId} is not a contact of this customer.`,
  }),
})

const productSentences = sentencesFor<Own<ProductRejection>>({
  PRODUCT_NOT_FOUND: () => ({
    fields: ['productId'],
    fr: 'Champ « productId » : aucun article ne porte cet identifiant.',
    en: 'Field "productId": no product has this id.',
  }),
  PRODUCT_EXISTS: ({ productCode }) => ({
    fields: ['productId'],
    fr: `Champ « productId » : cet identifiant est déjà celui de l'article ${productCode} ; un nouvel article demande un nouvel UUID.`,
    en: `Field "productId": this id is already that of product ${productCode}; a new product needs a new UUID.`,
  }),
  PRODUCT_ABANDONED: () => ({
    fields: ['productId'],
    fr: 'Champ « productId » : un enregistrement inachevé a mis fin à cet identifiant ; recommencez avec un nouvel UUID.',
    en: 'Field "productId": an unfinished registration has ended this id; start again with a new UUID.',
  }),
  PRODUCT_DISCONTINUED: ({ productCode }) => ({
    fields: ['productId'],
    fr: `L'article ${productCode} n'est plus offert : il ne change plus.`,
    en: `Product ${productCode} is no longer offered: it does not change any more.`,
  }),
  REVENUE_ACCOUNT_INVALID: ({ account }) => ({
    fields: ['revenueAccount'],
    fr: `Champ « revenueAccount » : ${account} n'est pas un compte de ventes ; attendu un compte 701 à 708.`,
    en: `Field "revenueAccount": ${account} is not an account of sales; expected one of 701 to 708.`,
  }),
  VAT_EXEMPTION_MISSING: () => ({
    fields: ['vatExemption'],
    fr: 'Champ « vatExemption » : un article exonéré demande le code VATEX de son exonération.',
    en: 'Field "vatExemption": an exempt product needs the VATEX code of its exemption.',
  }),
  VAT_EXEMPTION_UNEXPECTED: ({ vatExemption, vat }) => ({
    fields: ['vatExemption'],
    fr: `Champ « vatExemption » : ${vatExemption} ne vaut que pour un article exonéré, celui-ci est au taux « ${vat} ».`,
    en: `Field "vatExemption": ${vatExemption} is for an exempt product only, this one is at the rate "${vat}".`,
  }),
})

const orderSentences = sentencesFor<Own<OrderRejection>>({
  ORDER_NOT_FOUND: () => ({
    fields: ['orderId'],
    fr: 'Champ « orderId » : aucune commande ne porte cet identifiant.',
    en: 'Field "orderId": no order has this id.',
  }),
  ORDER_EXISTS: ({ number }) => ({
    fields: ['orderId'],
    fr: `Champ « orderId » : cet identifiant est déjà celui ${number === undefined ? 'd’une autre commande' : `de la commande ${number}`} ; une nouvelle commande demande un nouvel UUID.`,
    en: `Field "orderId": this id is already that of ${number === undefined ? 'another order' : `order ${number}`}; a new order needs a new UUID.`,
  }),
  ORDER_ABANDONED: () => ({
    fields: ['orderId'],
    fr: 'Champ « orderId » : une saisie inachevée a mis fin à cet identifiant ; recommencez avec un nouvel UUID.',
    en: 'Field "orderId": an unfinished entry has ended this id; start again with a new UUID.',
  }),
  ORDER_NOT_CONFIRMED: ({ number }) => ({
    fields: ['orderId'],
    fr: `La commande ${number} n'est pas confirmée : confirmez-la avant de livrer.`,
    en: `Order ${number} is not confirmed: confirm it before delivering.`,
  }),
  ORDER_FULLY_DELIVERED: ({ number }) => ({
    fields: ['orderId'],
    fr: `La commande ${number} est entièrement livrée : il ne reste rien à annuler.`,
    en: `Order ${number} is fully delivered: nothing remains to cancel.`,
  }),
  ORDER_WHOLLY_CANCELLED: ({ number }) => ({
    fields: ['orderId'],
    fr: `La commande ${number} est entièrement annulée : il ne reste rien à confirmer ; passez-en une nouvelle.`,
    en: `Order ${number} is wholly cancelled: nothing remains to confirm; place a new one.`,
  }),
  ORDER_LINE_TWICE: ({ lineId }, line) => ({
    fields: ['lines'],
    fr: `Champ « lines » : la ligne ${line ?? lineId} y figure deux fois ; attendue une seule fois.`,
    en: `Field "lines": line ${line ?? lineId} is listed twice; expected once.`,
  }),
  ORDER_LINE_NOT_FOUND: ({ lineId }) => ({
    fields: ['lines'],
    fr: `Champ « lines » : ${lineId} n'est pas une ligne de cette commande.`,
    en: `Field "lines": ${lineId} is not a line of this order.`,
  }),
  ORDER_AMOUNT_TOO_LARGE: ({ lineId, net, currency }, line) => ({
    fields: ['lines'],
    fr: `Champ « lines » : le montant ${amountText(net, currency).fr} ${lineId === undefined ? 'de la commande' : `de la ligne ${line ?? lineId}`} dépasse 500 milliards hors taxes, la borne des montants.`,
    en: `Field "lines": the amount ${amountText(net, currency).en} of ${lineId === undefined ? 'the order' : `line ${line ?? lineId}`} exceeds 500 billion net of tax, the bound of amounts.`,
  }),
  DAY_IN_FUTURE: ({ field, day, today }) => ({
    fields: [field],
    fr: `Champ « ${field} » : le ${dayText(day).fr} est à venir ; attendu au plus tard aujourd'hui, le ${dayText(today).fr}.`,
    en: `Field "${field}": ${day} is still to come; expected today, ${today}, at the latest.`,
  }),
  DAY_BEFORE_ORDER: ({ field, day, orderedOn }) => ({
    fields: [field],
    fr: `Champ « ${field} » : le ${dayText(day).fr} précède la commande ; attendu au plus tôt le ${dayText(orderedOn).fr}.`,
    en: `Field "${field}": ${day} comes before the order; expected ${orderedOn} at the earliest.`,
  }),
  DELIVERY_EXISTS: ({ deliveryId }) => ({
    fields: ['deliveryId'],
    fr: `Champ « deliveryId » : ${deliveryId} est déjà une autre livraison de cette commande ; une nouvelle demande un nouvel UUID.`,
    en: `Field "deliveryId": ${deliveryId} is already another delivery of this order; a new one needs a new UUID.`,
  }),
  DELIVERY_EXCEEDS_ORDER: ({ lineId, asked, remaining }, line) => ({
    fields: ['lines'],
    fr: `Champ « lines » : ligne ${line ?? lineId}, quantité ${quantityText(asked).fr} ; il reste ${quantityText(remaining).fr} à livrer.`,
    en: `Field "lines": line ${line ?? lineId}, quantity ${quantityText(asked).en}; ${quantityText(remaining).en} remains to deliver.`,
  }),
})

const placementSentences = sentencesFor<Exclude<Own<OrderPlacementRejection>, CustomerRejection>>({
  SALESPERSON_NOT_FOUND: ({ salespersonId }) => ({
    fields: ['salespersonId'],
    fr: `Champ « salespersonId » : aucun utilisateur ne porte l'identifiant ${salespersonId}.`,
    en: `Field "salespersonId": no user has the id ${salespersonId}.`,
  }),
  ORDER_PRODUCT_UNCLEAR: ({ lineId }, line) => ({
    fields: ['lines'],
    fr: `Champ « lines », ligne ${line ?? lineId} : attendu soit « productId », soit « productCode ».`,
    en: `Field "lines", line ${line ?? lineId}: expected either "productId" or "productCode".`,
  }),
  ORDER_PRODUCT_NOT_FOUND: ({ lineId, product }, line) => ({
    fields: ['lines'],
    fr: `Champ « lines », ligne ${line ?? lineId} : aucun article ${product}.`,
    en: `Field "lines", line ${line ?? lineId}: there is no product ${product}.`,
  }),
  ORDER_PRODUCT_DISCONTINUED: ({ lineId, product }, line) => ({
    fields: ['lines'],
    fr: `Champ « lines », ligne ${line ?? lineId} : l'article ${product} n'est plus offert.`,
    en: `Field "lines", line ${line ?? lineId}: product ${product} is no longer offered.`,
  }),
  ORDER_PRICE_MISSING: ({ lineId, product, currency, productCurrency }, line) => ({
    fields: ['unitPrice'],
    fr: `Champ « unitPrice », ligne ${line ?? lineId} : attendu un prix en ${currency}, celui de l'article ${product} est en ${productCurrency}.`,
    en: `Field "unitPrice", line ${line ?? lineId}: expected a price in ${currency}, that of product ${product} is in ${productCurrency}.`,
  }),
})

const billingSentences = sentencesFor<Exclude<BillingRejection, OrderRejection>>({
  BILLING_EXCEEDS_DELIVERED: ({ lineId, asked, remaining }, line) => ({
    fields: ['lines'],
    fr: `Champ « lines » : ligne ${line ?? lineId}, quantité ${quantityText(asked).fr} ; il reste ${quantityText(remaining).fr} livré et non facturé.`,
    en: `Field "lines": line ${line ?? lineId}, quantity ${quantityText(asked).en}; ${quantityText(remaining).en} is delivered and not billed.`,
  }),
  FREIGHT_EXCEEDS_AGREED: ({ asked, remaining, currency }) => ({
    fields: ['freight'],
    fr: `Champ « freight » : ${amountText(asked, currency).fr} ; il reste ${amountText(remaining, currency).fr} de port à facturer, à partir de la première livraison.`,
    en: `Field "freight": ${amountText(asked, currency).en}; ${amountText(remaining, currency).en} of freight remains to bill, from the first delivery on.`,
  }),
  BILLING_CLAIM_EMPTY: () => ({
    fields: ['orders'],
    fr: 'Champ « orders » : attendu une commande confirmée, livrée et non facturée en tout ou partie.',
    en: 'Field "orders": expected an order that is confirmed, delivered, and not billed in whole or in part.',
  }),
  BILLING_CLAIM_ENDED: ({ invoiceId }) => ({
    fields: ['invoiceId'],
    fr: `Champ « invoiceId » : la facture ${invoiceId} a pris fin, elle ne prend plus rien sur cette commande.`,
    en: `Field "invoiceId": invoice ${invoiceId} has ended, it takes nothing more of this order.`,
  }),
})

/** What every rejection of the context says to a person. */
export const commerceSentences = {
  ...identitySentences,
  ...customerSentences,
  ...productSentences,
  ...orderSentences,
  ...placementSentences,
  ...billingSentences,
}
