import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { controlTotals } from '../../../integrations/import/control.ts'
import { loadProfile, type Profile } from '../../../integrations/import/profile.ts'
import { readBusiness } from '../../../integrations/import/read-business.ts'
import { rejectsCsv } from '../../../integrations/import/rejects.ts'
import { COMPTOIR, copyOfComptoir, type Copy } from './files.ts'

let comptoir: Profile
let copy: Copy
beforeEach(async () => {
  comptoir = await loadProfile(`${COMPTOIR}/profile.json`)
  copy = await copyOfComptoir()
})
afterEach(() => copy.remove())

/** The rejects file of the copy, without its first line. */
const rejects = async (): Promise<string[]> =>
  rejectsCsv((await readBusiness(comptoir, copy.folder)).rejects, 'en')
    .trimEnd()
    .split('\n')
    .slice(1)

describe('a profile of other names, `;`, Latin-1, decimal commas and French dates', () => {
  it('is read without any code', async () => {
    const business = await readBusiness(comptoir, COMPTOIR)
    expect(business.rejects).toStrictEqual([])
    expect(business.rows).toStrictEqual({
      'clients.csv': 3,
      'articles.csv': 4,
      'commandes.csv': 4,
      'lignes.csv': 6,
    })
    expect(business.customers.map(({ record }) => [record.name, record.country, record.siren])).toStrictEqual(
      [
        ['Épicerie Générale Dupré', 'FR', '472548130'],
        ['Maison Hélène & Fils', 'BE', undefined],
        ['Käserei Zürich AG', 'CH', undefined],
      ],
    )
    expect(business.customers.map(({ invented }) => invented)).toStrictEqual([
      ['siren', 'vatNumber'],
      ['vatNumber'],
      [],
    ])
    expect(business.products.at(-1)?.record).toMatchObject({
      name: "Château d'Été; rouge",
      unitPrice: 12_500_000n,
    })
    expect(business.orders[0]).toMatchObject({
      record: { orderedOn: '1996-02-05', shippedOn: '1996-02-12', freight: 850n },
      lines: [
        { record: { product: 'CAF01', quantity: 100_000n, unitPrice: 4_200_000n, discount: 0n } },
        { record: { product: 'FRO01', quantity: 25_000n, unitPrice: 21_900_000n, discount: 500n } },
      ],
    })
    expect(business.orders.at(-1)?.record.shippedOn).toBeUndefined()
  })

  it('has control totals that a person can compute', async () => {
    const totals = controlTotals(comptoir, await readBusiness(comptoir, COMPTOIR))
    // 42.00 + 52.0125 + 67.50 + 20.265, each rounded half up; VAT 20.6 % of the French order's 94.01 + 8.50.
    expect(totals).toStrictEqual({
      orders: 4,
      orderLines: 6,
      openOrders: 1,
      years: [
        {
          year: '1996',
          invoices: 2,
          lines: 18_178n,
          freight: 2_350n,
          net: 20_528n,
          vat: 2_112n,
          gross: 22_640n,
        },
        { year: '1997', invoices: 1, lines: 34_991n, freight: 0n, net: 34_991n, vat: 0n, gross: 34_991n },
      ],
      customers: new Map([
        ['C001', 12_363n],
        ['C002', 10_277n],
        ['C003', 34_991n],
      ]),
    })
  })
})

describe('a row that cannot be read is rejected by file, line, field, found and expected', () => {
  const NUMBER = '"a number from 0 to 100000000 with at most 6 decimals, written like 1234,5"'
  const WHOLE = 'an order all of whose lines in lignes.csv can be imported'
  const IMPORTABLE = (file: string) => `what ${file} has in a row that can be imported`

  it.each([
    [
      'a number with the wrong decimal mark',
      'articles.csv',
      '4,20',
      '4.20',
      [
        `articles.csv,2,Prix,4.20,${NUMBER}`,
        `commandes.csv,2,Commande,A-001,${WHOLE}`,
        `commandes.csv,4,Commande,A-003,${WHOLE}`,
        `lignes.csv,2,Réf,CAF01,${IMPORTABLE('articles.csv')}`,
        `lignes.csv,3,Commande,A-001,${IMPORTABLE('commandes.csv')}`,
        `lignes.csv,6,Réf,CAF01,${IMPORTABLE('articles.csv')}`,
      ],
    ],
    [
      'a number with too many decimals',
      'articles.csv',
      '6,75',
      '6,7500001',
      [
        `articles.csv,3,Prix,"6,7500001",${NUMBER}`,
        `commandes.csv,3,Commande,A-002,${WHOLE}`,
        `commandes.csv,5,Commande,A-004,${WHOLE}`,
        `lignes.csv,4,Commande,A-002,${IMPORTABLE('commandes.csv')}`,
        `lignes.csv,5,Réf,THE01,${IMPORTABLE('articles.csv')}`,
        `lignes.csv,7,Réf,THE01,${IMPORTABLE('articles.csv')}`,
      ],
    ],
    [
      'an unknown country',
      'clients.csv',
      'Suisse',
      'Helvetie',
      [
        'clients.csv,4,Pays,Helvetie,"a country: its ISO code, its English or French name, or a name that the profile lists"',
        `commandes.csv,4,Client,C003,${IMPORTABLE('clients.csv')}`,
        `lignes.csv,6,Commande,A-003,${IMPORTABLE('commandes.csv')}`,
      ],
    ],
    [
      'a code that stands twice',
      'clients.csv',
      'C003',
      'C002',
      [
        'clients.csv,4,N°,C002,"a value that no row before has; line 3 has it"',
        `commandes.csv,4,Client,C003,${IMPORTABLE('clients.csv')}`,
        `lignes.csv,6,Commande,A-003,${IMPORTABLE('commandes.csv')}`,
      ],
    ],
    [
      'a day that no calendar has',
      'commandes.csv',
      '21/02/1996',
      '31/02/1996',
      [
        'commandes.csv,5,Date,31/02/1996,a date written DD/MM/YYYY',
        `lignes.csv,7,Commande,A-004,${IMPORTABLE('commandes.csv')}`,
      ],
    ],
    [
      'a shipment before its order',
      'commandes.csv',
      '02/01/1997',
      '02/01/1996',
      [
        `commandes.csv,4,Expédiée,1996-01-02,"a day not before the order's, 1996-02-20"`,
        `lignes.csv,6,Commande,A-003,${IMPORTABLE('commandes.csv')}`,
      ],
    ],
    [
      'an order without a line',
      'lignes.csv',
      'A-004;THE01;1;6,75;0\r\n',
      '',
      ['commandes.csv,5,Commande,A-004,an order with at least one line in lignes.csv'],
    ],
    [
      'a line of no order',
      'lignes.csv',
      'A-004;',
      'A-009;',
      [
        'commandes.csv,5,Commande,A-004,an order with at least one line in lignes.csv',
        `lignes.csv,7,Commande,A-009,${IMPORTABLE('commandes.csv')}`,
      ],
    ],
    [
      'a quantity of zero',
      'lignes.csv',
      'THE01;3;',
      'THE01;0;',
      [
        `commandes.csv,3,Commande,A-002,${WHOLE}`,
        `lignes.csv,4,Commande,A-002,${IMPORTABLE('commandes.csv')}`,
        'lignes.csv,5,Quantité,0,"a number from 0,0001 to 100000000 with at most 4 decimals, written like 1234,5"',
      ],
    ],
    [
      'a discount above 100 %',
      'lignes.csv',
      '3,999;12,5',
      '3,999;100,01',
      [
        `commandes.csv,4,Commande,A-003,${WHOLE}`,
        'lignes.csv,6,Remise %,"100,01","a number from 0 to 100 with at most 2 decimals, written like 1234,5"',
      ],
    ],
    [
      'a row with a cell too many',
      'lignes.csv',
      '6,75;0',
      '6,75;0;x',
      [`commandes.csv,5,Commande,A-004,${WHOLE}`, 'lignes.csv,7,,6,"5 cells, as many as there are columns"'],
    ],
    [
      'an empty cell where something must stand',
      'clients.csv',
      'Lyon',
      '',
      [
        'clients.csv,2,Ville,,a text of 1 to 100 characters without control characters',
        `commandes.csv,2,Client,C001,${IMPORTABLE('clients.csv')}`,
        `commandes.csv,5,Client,C001,${IMPORTABLE('clients.csv')}`,
        `lignes.csv,2,Commande,A-001,${IMPORTABLE('commandes.csv')}`,
        `lignes.csv,3,Commande,A-001,${IMPORTABLE('commandes.csv')}`,
        `lignes.csv,7,Commande,A-004,${IMPORTABLE('commandes.csv')}`,
      ],
    ],
  ])('%s', async (_, file, from, to, expected) => {
    await copy.edit(file, from, to)
    expect(await rejects()).toStrictEqual(expected)
  })

  it('and every row of the files is either read or rejected', async () => {
    await copy.edit('articles.csv', '4,20', '4.20')
    const { rows, rejects: rejected, ...read } = await readBusiness(comptoir, copy.folder)
    const counted = (file: string, imported: number) =>
      expect(imported + new Set(rejected.filter(r => r.file === file).map(r => r.line)).size).toBe(rows[file])
    counted('articles.csv', read.products.length)
    counted('commandes.csv', read.orders.length)
    counted(
      'lignes.csv',
      read.orders.reduce((count, { lines }) => count + lines.length, 0),
    )
  })

  it('on the line that its row begins on, also behind a cell of two lines', async () => {
    await copy.edit('clients.csv', '12 rue de la République', '"12 rue\r\nde la République"')
    await copy.edit('clients.csv', 'Suisse', '')
    const business = await readBusiness(comptoir, copy.folder)
    expect(business.customers[0]?.record.line1).toBe('12 rue de la République')
    expect(business.rejects[0]).toMatchObject({ file: 'clients.csv', line: 5, field: 'Pays' })
  })

  it('with an emoji kept, a control character refused, a long text shortened', async () => {
    const utf8 = { ...comptoir, customers: { ...comptoir.customers, format: { encoding: 'utf-8' as const } } }
    const header = 'N°;Raison sociale;Rue;CP;Ville;Pays\n'
    const rest = 'C002;Maison;Rue;1000;Bruxelles;BE\nC003;Käserei;Rue;8001;Zürich;CH\n'
    await copy.write('clients.csv', `${header}C001;Café ☕ 🙂;Rue;69002;Lyon;FR\n${rest}`)
    expect((await readBusiness(utf8, copy.folder)).customers[0]?.record.name).toBe('Café ☕ 🙂')
    await copy.write('clients.csv', `${header}C001;a\u0007b;Rue;69002;Lyon;FR\n${rest}`)
    expect((await readBusiness(utf8, copy.folder)).rejects[0]).toMatchObject({ line: 2, found: 'a\u0007b' })
    await copy.write('clients.csv', `${header}C001;${'x'.repeat(2_000_000)};Rue;69002;Lyon;FR\n${rest}`)
    const { rejects: long } = await readBusiness(utf8, copy.folder)
    expect(rejectsCsv(long, 'fr').split('\n')[1]).toBe(
      `clients.csv,2,Raison sociale,${'x'.repeat(200)}…,un texte de 1 à 200 caractères sans caractère de contrôle`,
    )
  })
})
