import type { ReactNode } from 'react'
import { UNIT_NAMES } from '../../shapes/unit-names.ts'
import { formatsOf } from '../../words/formats.ts'
import { identifiersOf, operationOf, postal } from './content.ts'
import type { PrintedContent, PrintedLine } from './content.ts'
import classes from './printed.module.css'

/**
 * The paper of an issued document, with what French law wants on it (CGI ann. II 242 nonies A; C. com. L441-9). It is
 * in French whatever the language of the screen: its frozen notes are.
 */

interface Props {
  readonly number: string
  readonly issuedOn: string
  readonly dueOn?: string | undefined
  readonly content: PrintedContent
}

const formats = formatsOf('fr')
const CREDIT_NOTE = '381'

export const PrintedDocument = ({ number, issuedOn, dueOn, content }: Props) => {
  const { typeCode, seller, buyer, deliverTo } = content
  const title = typeCode === CREDIT_NOTE ? 'Avoir' : 'Facture'
  return (
    <article className={classes['paper']} lang="fr">
      <header>
        <Lines of={[...postal(seller), `SIREN ${seller.siren}`, `N° TVA ${seller.vatNumber}`]} />
        <div>
          <h1>
            {title} {number}
          </h1>
          <Facts of={factsOf({ issuedOn, dueOn, content })} />
        </div>
      </header>
      <section className={classes['parties']}>
        <div>
          <h2>Facturé à</h2>
          <Lines of={[...postal(buyer.party), ...identifiersOf(buyer.party)]} />
        </div>
        {deliverTo && (
          <div>
            <h2>Livré à</h2>
            <Lines of={postal(deliverTo)} />
          </div>
        )}
      </section>
      <ItemTable content={content} />
      <section className={classes['sums']}>
        <VatTable content={content} />
        <Totals content={content} />
      </section>
      <Mentions content={content} dueOn={dueOn} />
      <footer>{footOf(content)}</footer>
    </article>
  )
}

const Lines = ({ of }: { readonly of: readonly string[] }) => (
  <address>
    {of.map((line, i) => (
      <div key={i}>{line}</div>
    ))}
  </address>
)

type Fact = readonly [string, string | undefined]

const Facts = ({ of }: { readonly of: readonly Fact[] }) => (
  <dl>
    {of
      .filter(([, value]) => value !== undefined)
      .map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)

const dayOf = (day: string | undefined): string | undefined =>
  day === undefined ? undefined : formats.day(day)

const factsOf = ({ issuedOn, dueOn, content }: Omit<Props, 'number'>): readonly Fact[] => {
  const { corrects } = content
  return [
    ['Date d’émission', formats.day(issuedOn)],
    ['Échéance', dayOf(dueOn)],
    ['Date de livraison ou de prestation', dayOf(content.deliveredOn)],
    ['Code client', content.buyer.code],
    ['Référence acheteur', content.buyerReference],
    ['Bon de commande', content.purchaseOrder],
    ['Contrat', content.contract],
    ['Rectifie la facture', corrects && `${corrects.number} du ${formats.day(corrects.issuedOn)}`],
    ['Nature de l’opération', operationOf(content.lines)],
  ]
}

const HEADINGS = ['Désignation', 'Quantité', 'Unité', 'Prix unitaire HT', 'Remise', 'TVA', 'Montant HT']

const ItemTable = ({ content: { lines, charges, currency } }: Pick<Props, 'content'>) => (
  <table>
    <thead>
      <tr>
        {HEADINGS.map((heading, i) => (
          <th key={heading} scope="col" className={i === 0 || i === 2 ? undefined : 'figure'}>
            {heading}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {lines.map(line => (
        <tr key={line.number}>
          <td>
            <Designation line={line} />
          </td>
          <Figure>{formats.quantity(line.quantity)}</Figure>
          <td>{unitOf(line.unit)}</td>
          <Figure>{formats.price(line.unitPrice)}</Figure>
          <Figure>{line.discountRate === 0 ? '' : formats.rate(line.discountRate)}</Figure>
          <Figure>{formats.rate(line.vat.rate)}</Figure>
          <Figure>{formats.money(line.net, currency)}</Figure>
        </tr>
      ))}
      {charges.map(({ reason, net, vat }, i) => (
        <tr key={i}>
          <td colSpan={HEADINGS.length - 2}>{reason}</td>
          <Figure>{formats.rate(vat.rate)}</Figure>
          <Figure>{formats.money(net, currency)}</Figure>
        </tr>
      ))}
    </tbody>
  </table>
)

const Figure = ({ children }: { readonly children: ReactNode }) => <td className="figure">{children}</td>

const NAMES: Readonly<Record<string, { readonly fr: string } | undefined>> = UNIT_NAMES
const unitOf = (code: string): string => NAMES[code]?.fr ?? code

const Designation = ({ line }: { readonly line: PrintedLine }) => {
  const { productCode, name, description, order, delivery, vat } = line
  const said = [
    description,
    order &&
      `Commande ${order.number}${order.purchaseOrder === undefined ? '' : ` (votre réf. ${order.purchaseOrder})`}`,
    delivery && `Livré le ${formats.day(delivery.deliveredOn)}`,
    vat.exemptionReason,
  ]
  return (
    <>
      {productCode === undefined ? name : `${productCode} · ${name}`}
      {said
        .filter(text => text !== undefined)
        .map((text, i) => (
          <small key={i}>{text}</small>
        ))}
    </>
  )
}

const VatTable = ({ content: { vat, currency } }: Pick<Props, 'content'>) => (
  <table>
    <thead>
      <tr>
        <th scope="col">Taux de TVA</th>
        <th scope="col" className="figure">
          Base HT
        </th>
        <th scope="col" className="figure">
          TVA
        </th>
      </tr>
    </thead>
    <tbody>
      {vat.map(({ rate, base, tax, exemptionReason }, i) => (
        <tr key={i}>
          <td>
            {formats.rate(rate)}
            {exemptionReason !== undefined && <small>{exemptionReason}</small>}
          </td>
          <Figure>{formats.money(base, currency)}</Figure>
          <Figure>{formats.money(tax, currency)}</Figure>
        </tr>
      ))}
    </tbody>
  </table>
)

const Totals = ({ content: { totals, currency } }: Pick<Props, 'content'>) => {
  const money = (minor: number): string => formats.money(minor, currency)
  return (
    <Facts
      of={[
        ['Total HT', money(totals.net)],
        ['Total TVA', money(totals.tax)],
        ['Total TTC', money(totals.gross)],
        ['Déjà versé', totals.prepaid === 0 ? undefined : money(totals.prepaid)],
        ['Net à payer', money(totals.payable)],
      ]}
    />
  )
}

/** Notes on payment that the law asks for: penalties, the recovery fee of 40 €, discount. Others are for machines. */
const SAID: ReadonlySet<string> = new Set(['PMT', 'PMD', 'AAB', 'TXD', 'REG', 'AAI'])

const Mentions = ({ content, dueOn }: Pick<Props, 'content' | 'dueOn'>) => {
  const { notes, paymentTermDays, payment, vatOnDebits } = content
  const terms = dueOn && `Paiement à ${paymentTermDays} jours, au plus tard le ${formats.day(dueOn)}.`
  const bank =
    payment?.iban &&
    `Virement : IBAN ${payment.iban}${payment.bic === undefined ? '' : `, BIC ${payment.bic}`}.`
  const option = vatOnDebits && 'Option pour le paiement de la taxe d’après les débits.'
  const said = [
    terms,
    bank,
    option,
    ...notes.filter(({ subject }) => SAID.has(subject)).map(({ text }) => text),
  ]
  return (
    <section className={classes['mentions']}>
      {said.filter(Boolean).map((text, i) => (
        <p key={i}>{text}</p>
      ))}
    </section>
  )
}

const footOf = ({ seller }: PrintedContent): string =>
  [
    `${seller.name}, ${seller.legalForm}`,
    seller.capital && `capital ${seller.capital}`,
    seller.registration,
    seller.siret && `SIRET ${seller.siret}`,
    `N° TVA ${seller.vatNumber}`,
  ]
    .filter(Boolean)
    .join(' · ')
