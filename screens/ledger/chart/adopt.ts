import { defineForm, whole } from '../../forms/declaration.ts'
import { count } from '../../shapes/shapes.tsx'
import { words as ledger } from '../words.ts'
import { words } from './words.ts'

/** The edition that the program carries. */
const EDITION = 2026

export default defineForm({
  command: 'ledger.adoptChart',
  title: ledger.adoptChart,
  submit: words.adopt,
  fields: [{ name: 'edition', label: words.edition, as: count }],
  begin: ({ entity }) => ({ entityId: entity?.entityId, edition: EDITION }),
  input: values =>
    whole({
      entityId: values['entityId'] as string | undefined,
      edition: values['edition'] as number | undefined,
    }),
  opens: () => '/ledger/accounts',
  done: () => [words.isAdopted, {}],
})
