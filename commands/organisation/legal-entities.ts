import { decide } from '../../domain/organisation/legal-entity-decisions.ts'
import { legalEntity } from '../../domain/organisation/legal-entity.ts'
import {
  FiscalYearOpened,
  InvoicingTermsSet,
  LegalEntityChanged,
  LegalEntityRegistered,
  NumberSeriesOpened,
  VatRegimeChosen,
} from '../../domain/organisation/legal-entity.events.ts'
import type { Role } from '../../domain/organisation/user.events.ts'
import { streamOf } from '../../domain/shared/aggregate.ts'
import { claimKey } from '../claims.ts'
import { defineCommand, step } from '../definition.ts'

/** What the books rest on is for the chief accountant too. */
const BOOKS: readonly Role[] = ['administrator', 'chiefAccountant']

const entityOf = ({ entityId }: { readonly entityId: string }): string => entityId

const registerLegalEntity = defineCommand({
  name: 'organisation.registerLegalEntity',
  summary: { fr: 'Enregistrer une entité juridique', en: 'Register a legal entity' },
  input: LegalEntityRegistered.data,
  roles: ['administrator'],
  entity: entityOf,
  steps: (input, _, context) => [
    claimKey(context, {
      kind: 'legalEntityCode',
      parts: [input.code],
      ownerStream: streamOf(legalEntity, input.entityId),
    }),
    step({ aggregate: legalEntity, id: input.entityId, decide: decide.register(input) }),
  ],
})

const changeLegalEntity = defineCommand({
  name: 'organisation.changeLegalEntity',
  summary: { fr: 'Modifier une entité juridique', en: 'Change a legal entity' },
  input: LegalEntityChanged.data,
  roles: ['administrator'],
  entity: entityOf,
  steps: input => [step({ aggregate: legalEntity, id: input.entityId, decide: decide.change(input) })],
})

const chooseVatRegime = defineCommand({
  name: 'organisation.chooseVatRegime',
  summary: {
    fr: "Choisir l'exigibilité de la TVA sur les services",
    en: 'Choose when VAT on services falls due',
  },
  input: VatRegimeChosen.data,
  roles: BOOKS,
  entity: entityOf,
  steps: input => [
    step({ aggregate: legalEntity, id: input.entityId, decide: decide.chooseVatRegime(input) }),
  ],
})

const openFiscalYear = defineCommand({
  name: 'organisation.openFiscalYear',
  summary: { fr: 'Ouvrir un exercice', en: 'Open a fiscal year' },
  input: FiscalYearOpened.data,
  roles: BOOKS,
  entity: entityOf,
  steps: input => [
    step({ aggregate: legalEntity, id: input.entityId, decide: decide.openFiscalYear(input) }),
  ],
})

const openNumberSeries = defineCommand({
  name: 'organisation.openNumberSeries',
  summary: { fr: 'Ouvrir une série de numéros', en: 'Open a series of numbers' },
  input: NumberSeriesOpened.data,
  roles: BOOKS,
  entity: entityOf,
  steps: input => [step({ aggregate: legalEntity, id: input.entityId, decide: decide.openSeries(input) })],
})

const setInvoicingTerms = defineCommand({
  name: 'organisation.setInvoicingTerms',
  summary: { fr: 'Fixer les conditions de facturation', en: 'Set the terms of invoicing' },
  input: InvoicingTermsSet.data,
  roles: BOOKS,
  entity: entityOf,
  steps: input => [
    step({ aggregate: legalEntity, id: input.entityId, decide: decide.setInvoicingTerms(input) }),
  ],
})

export const legalEntityCommands = [
  registerLegalEntity,
  changeLegalEntity,
  chooseVatRegime,
  openFiscalYear,
  openNumberSeries,
  setInvoicingTerms,
]
