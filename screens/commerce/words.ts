import { dictionary } from '../words/words.ts'

export const words = dictionary('commerce', {
  commerce: { fr: 'Commerce', en: 'Sales' },
  orders: { fr: 'Commandes', en: 'Orders' },
  order: { fr: 'Commande', en: 'Order' },
  customers: { fr: 'Clients', en: 'Customers' },
  customer: { fr: 'Client', en: 'Customer' },
  products: { fr: 'Articles', en: 'Products' },
  product: { fr: 'Article', en: 'Product' },
  newOrder: { fr: 'Nouvelle commande', en: 'New order' },
  newCustomer: { fr: 'Nouveau client', en: 'New customer' },
  newPerson: { fr: 'Nouveau client particulier', en: 'New private customer' },
  newProduct: { fr: 'Nouvel article', en: 'New product' },
  number: { fr: 'Numéro', en: 'Number' },
  code: { fr: 'Code', en: 'Code' },
  name: { fr: 'Nom', en: 'Name' },
  state: { fr: 'État', en: 'State' },
  entity: { fr: 'Société', en: 'Company' },
  currency: { fr: 'Devise', en: 'Currency' },
  changedAt: { fr: 'Modifié le', en: 'Changed' },
})
