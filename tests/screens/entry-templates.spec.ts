import { expect, it } from 'vitest'
import { entryTemplates } from '../../screens/ledger/manual-entries/templates.ts'

const rent = { account: '6132', label: 'Loyer', debit: 900_00 }
const bank = { account: '512', label: 'Loyer', credit: 900_00 }
const typed = {
  ...{
    entryId: 'e1',
    entityId: 'c1',
    journal: 'OD',
    accountingDate: '2026-11-30',
    documentReference: 'OD-1',
  },
  label: ' Loyer ',
  lines: [rent, { ...bank, dueOn: '2026-12-31' }, { label: 'Loyer' }],
}
const kept = { journal: 'OD', label: 'Loyer', lines: [rent, bank] }

it('keeps what comes again: neither days nor the number of a document, nor lines that say nothing', () =>
  expect(entryTemplates.keep(typed)).toEqual(kept))

it('fills in what is missing, behind what was typed', () => {
  const fee = { account: '627', debit: 1_00 }
  expect(entryTemplates.fill({ journal: 'BQ', lines: [{}, fee, {}] }, kept)).toEqual({
    journal: 'OD',
    label: 'Loyer',
    lines: [fee, rent, bank],
  })
  expect(entryTemplates.fill({ label: 'Décembre', lines: [{}] }, kept)).toMatchObject({ label: 'Décembre' })
})

it('doubles no line that stands there already', () => {
  const { lines } = entryTemplates.fill({ lines: [{ ...bank, dueOn: '2026-12-31' }, {}] }, kept)
  expect(lines).toEqual([{ ...bank, dueOn: '2026-12-31' }, rent])
})
