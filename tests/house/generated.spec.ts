import { expect, it } from 'vitest'
import { outdated } from '../../cli/generate-docs.ts'

it('keeps generated pages as the code says; `npm run docs` writes them', async () => {
  expect(await outdated()).toEqual([])
})
