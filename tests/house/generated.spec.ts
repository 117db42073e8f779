import { expect, it } from 'vitest'
import { generated, outdated } from '../../cli/generate-docs.ts'

it('keeps generated pages as the code says; `npm run docs` writes them', async () => {
  expect(await outdated()).toEqual([])
})

it('makes the catalogue of events, the dictionary of read models and the description of the API and its types', () => {
  expect(generated.map(({ path }) => path)).toEqual([
    'docs/event-catalogue.md',
    'docs/read-models.md',
    'docs/openapi.json',
    'screens/api/generated.ts',
  ])
})
