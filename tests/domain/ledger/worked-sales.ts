import type { Sale } from '../invoicing/sale.ts'
import { anna, companyIn, goods, services } from '../invoicing/sale.ts'

/** Sales worked out by hand: the amounts stand here as an accountant wrote them, with the calculation beside. */

export const sales: Record<string, { sale: Sale; expected: readonly string[] }> = {
  // 12 × 14.00 + 10 × 9.80 + 5 × 34.80 = 168.00 + 98.00 + 174.00 = 440.00; with freight 472.38.
  // 20.6 % of 472.38 = 97.31028 → 97.31; 472.38 + 97.31 = 569.69. 30 days from 1996-07-16.
  'goods with freight in France at the rate of 1996': {
    sale: {
      lines: [goods(12, '14.00'), goods(10, '9.80'), goods(5, '34.80')],
      freight: '32.38',
      deliveredOn: '1996-07-16',
      day: '1996-07-16',
    },
    expected: [
      'VE 1996-07-16 F1996-000001 of 1996-07-16 sale 1',
      'D 411 VINET 569.69 by 1996-08-15',
      'C 707 440.00 | S 20.60% delivery 440.00 + 0.00 due 1996-07-16',
      'C 7085 32.38 | S 20.60% delivery 32.38 + 0.00 due 1996-07-16',
      'C 44571 97.31 | S 20.60% delivery 472.38 + 97.31 due 1996-07-16',
    ],
  },
  // 3 × 16.80 = 50.40; + freight 4.10 = 54.50; exempt: GB was in the Union in 1996. The invoice is the tax point.
  'goods to a member state': {
    sale: {
      lines: [goods(3, '16.80')],
      freight: '4.10',
      deliveredOn: '1996-11-14',
      day: '1996-11-15',
      buyer: companyIn('GB', 'GB123456789'),
    },
    expected: [
      'VE 1996-11-15 F1996-000001 of 1996-11-15 sale 1',
      'D 411 VINET 54.50 by 1996-12-15',
      'C 707 50.40 | K 0.00% delivery 50.40 + 0.00 due 1996-11-15 VATEX-EU-IC',
      'C 7085 4.10 | K 0.00% delivery 4.10 + 0.00 due 1996-11-15 VATEX-EU-IC',
    ],
  },
  // 10 × 7.70 = 77.00.
  'goods exported to Switzerland': {
    sale: {
      lines: [goods(10, '7.70')],
      deliveredOn: '1997-02-27',
      day: '1997-02-28',
      buyer: companyIn('CH'),
    },
    expected: [
      'VE 1997-02-28 F1997-000001 of 1997-02-28 sale 1',
      'D 411 VINET 77.00 by 1997-03-30',
      'C 707 77.00 | G 0.00% delivery 77.00 + 0.00 due 1997-02-27 VATEX-EU-G',
    ],
  },
  // 2.5 days × 800.00 = 2,000.00; 20 % = 400.00, which waits for the receipt.
  'services with VAT on receipts': {
    sale: { lines: [services(2.5, '800')], day: '2026-11-20' },
    expected: [
      'VE 2026-11-20 F2026-000001 of 2026-11-20 sale 1',
      'D 411 VINET 2400.00 by 2026-12-20',
      'C 706 2000.00 | S 20.00% receipts 2000.00 + 0.00 waits',
      'C 44574 400.00 | S 20.00% receipts 2000.00 + 400.00 waits',
    ],
  },
  // The same on debits: due with the invoice, whatever the day of the service.
  'services with VAT on debits': {
    sale: { lines: [services(2.5, '800')], day: '2026-11-20', deliveredOn: '2026-11-18', services: 'debits' },
    expected: [
      'VE 2026-11-20 F2026-000001 of 2026-11-20 sale 1',
      'D 411 VINET 2400.00 by 2026-12-20',
      'C 706 2000.00 | S 20.00% debits 2000.00 + 0.00 due 2026-11-20',
      'C 44571 400.00 | S 20.00% debits 2000.00 + 400.00 due 2026-11-20',
    ],
  },
  // Nets 33.33 and 33.33: 20 % of 66.66 = 13.332 → 13.33, once. Goods 20 % of 33.33 = 6.666 → 6.67; the services take
  // the rest, 6.66. 66.66 + 13.33 = 79.99.
  'goods and services at one rate: rounded once, split by regime': {
    sale: { lines: [goods(1, '33.33'), services(1, '33.33')], day: '2026-11-20', deliveredOn: '2026-11-19' },
    expected: [
      'VE 2026-11-20 F2026-000001 of 2026-11-20 sale 1',
      'D 411 VINET 79.99 by 2026-12-20',
      'C 707 33.33 | S 20.00% delivery 33.33 + 0.00 due 2026-11-19',
      'C 706 33.33 | S 20.00% receipts 33.33 + 0.00 waits',
      'C 44571 6.67 | S 20.00% delivery 33.33 + 6.67 due 2026-11-19',
      'C 44574 6.66 | S 20.00% receipts 33.33 + 6.66 waits',
    ],
  },
  // Freight 11.00 over 100.00 at 5.5 % and 10.00 at 20 %: 10.00 and 1.00. 5.5 % of 110.00 = 6.05; 20 % of 11.00 = 2.20.
  // 121.00 + 8.25 = 129.25.
  'freight follows the rates of what it carries': {
    sale: {
      lines: [goods(10, '10.00', { vat: 'reduced' }), goods(1, '10.00')],
      freight: '11.00',
      day: '2026-11-20',
      deliveredOn: '2026-11-20',
    },
    expected: [
      'VE 2026-11-20 F2026-000001 of 2026-11-20 sale 1',
      'D 411 VINET 129.25 by 2026-12-20',
      'C 707 100.00 | S 5.50% delivery 100.00 + 0.00 due 2026-11-20',
      'C 707 10.00 | S 20.00% delivery 10.00 + 0.00 due 2026-11-20',
      'C 7085 10.00 | S 5.50% delivery 10.00 + 0.00 due 2026-11-20',
      'C 7085 1.00 | S 20.00% delivery 1.00 + 0.00 due 2026-11-20',
      'C 44571 6.05 | S 5.50% delivery 110.00 + 6.05 due 2026-11-20',
      'C 44571 2.20 | S 20.00% delivery 11.00 + 2.20 due 2026-11-20',
    ],
  },
  // 2 × 450.00 = 900.00, exempt by CGI 261-4-4° a.
  'exempt training': {
    sale: {
      lines: [
        services(2, '450', { vat: 'exempt', vatExemption: 'VATEX-FR-CGI261-4', revenueAccount: '7062' }),
      ],
      day: '2026-11-20',
    },
    expected: [
      'VE 2026-11-20 F2026-000001 of 2026-11-20 sale 1',
      'D 411 VINET 900.00 by 2026-12-20',
      'C 7062 900.00 | E 0.00% receipts 900.00 + 0.00 waits VATEX-FR-CGI261-4',
    ],
  },
  // Three lines of 0.333333 → 0.33 each = 0.99; 20 % of 0.99 = 0.198 → 0.20 (line by line it would be 3 × 0.07 = 0.21).
  'VAT is rounded on the sum of the lines': {
    sale: { lines: [1, 2, 3].map(() => goods(1, '0.333333')), day: '2026-11-20', deliveredOn: '2026-11-20' },
    expected: [
      'VE 2026-11-20 F2026-000001 of 2026-11-20 sale 1',
      'D 411 VINET 1.19 by 2026-12-20',
      'C 707 0.99 | S 20.00% delivery 0.99 + 0.00 due 2026-11-20',
      'C 44571 0.20 | S 20.00% delivery 0.99 + 0.20 due 2026-11-20',
    ],
  },
  // 3 × 19.99 × 0.85 = 50.9745 → 50.97; 20 % = 10.194 → 10.19; together 61.16.
  'a discount is taken before the line is rounded': {
    sale: {
      lines: [goods(3, '19.99', { discountRate: 1500n })],
      day: '2026-11-20',
      deliveredOn: '2026-11-20',
    },
    expected: [
      'VE 2026-11-20 F2026-000001 of 2026-11-20 sale 1',
      'D 411 VINET 61.16 by 2026-12-20',
      'C 707 50.97 | S 20.00% delivery 50.97 + 0.00 due 2026-11-20',
      'C 44571 10.19 | S 20.00% delivery 50.97 + 10.19 due 2026-11-20',
    ],
  },
  // 100.00 for project A and 50.00 for project B on one account; 20 % of 150.00 = 30.00.
  'axes keep revenue apart': {
    sale: {
      lines: [services(1, '100', { axes: { project: 'A' } }), services(1, '50', { axes: { project: 'B' } })],
      day: '2026-11-20',
    },
    expected: [
      'VE 2026-11-20 F2026-000001 of 2026-11-20 sale 1',
      'D 411 VINET 180.00 by 2026-12-20',
      'C 706 100.00 {"project":"A"} | S 20.00% receipts 100.00 + 0.00 waits',
      'C 706 50.00 {"project":"B"} | S 20.00% receipts 50.00 + 0.00 waits',
      'C 44574 30.00 | S 20.00% receipts 150.00 + 30.00 waits',
    ],
  },
  // 1 × 100.00, no French VAT: the buyer in Germany accounts for it.
  'services to a business in another member state': {
    sale: { lines: [services(1, '100')], day: '2026-11-20', buyer: companyIn('DE', 'DE136695976') },
    expected: [
      'VE 2026-11-20 F2026-000001 of 2026-11-20 sale 1',
      'D 411 VINET 100.00 by 2026-12-20',
      'C 706 100.00 | AE 0.00% receipts 100.00 + 0.00 waits VATEX-EU-AE',
    ],
  },
  // 19.6 % of 250.00 = 49.00 in 2005; to a private person.
  'goods to a person at the rate of 2005': {
    sale: { lines: [goods(5, '50')], day: '2005-06-01', deliveredOn: '2005-05-31', buyer: anna },
    expected: [
      'VE 2005-06-01 F2005-000001 of 2005-06-01 sale 1',
      'D 411 VINET 299.00 by 2005-07-01',
      'C 707 250.00 | S 19.60% delivery 250.00 + 0.00 due 2005-05-31',
      'C 44571 49.00 | S 19.60% delivery 250.00 + 49.00 due 2005-05-31',
    ],
  },
}
