import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ImportFailure } from '../../../integrations/import/errors.ts'
import { loadProfile, type Profile } from '../../../integrations/import/profile.ts'
import { readBusiness } from '../../../integrations/import/read-business.ts'
import { COMPTOIR, copyOfComptoir, type Copy } from './files.ts'

let comptoir: Profile
let copy: Copy
beforeEach(async () => {
  comptoir = await loadProfile(`${COMPTOIR}/profile.json`)
  copy = await copyOfComptoir()
})
afterEach(() => copy.remove())

const failure = async (work: Promise<unknown>): Promise<ImportFailure> => {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (error instanceof ImportFailure) return error
  throw new Error('nothing failed', { cause: error })
}

describe('files that are not what the profile says', () => {
  it.each([
    [
      'a missing column',
      'clients.csv',
      'Raison sociale',
      'Nom',
      { code: 'COLUMN_MISSING', facts: { column: 'Raison sociale' } },
    ],
    [
      'a column that stands twice',
      'clients.csv',
      'Raison sociale',
      'Rue',
      { code: 'COLUMN_TWICE', facts: { column: 'Rue' } },
    ],
    [
      'a quote that is not closed',
      'articles.csv',
      'rouge"',
      'rouge',
      { code: 'FILE_BROKEN', facts: { file: 'articles.csv', line: 5 } },
    ],
    [
      'another separator',
      'lignes.csv',
      /;/g,
      ',',
      { code: 'COLUMN_MISSING', facts: { file: 'lignes.csv', column: 'Commande' } },
    ],
  ])('%s', async (_, file, from, to, expected) => {
    await copy.edit(file, from, to)
    expect(await failure(readBusiness(comptoir, copy.folder))).toMatchObject(expected)
  })

  it('a file that is not there, or empty', async () => {
    await copy.write('commandes.csv', '')
    expect(await failure(readBusiness(comptoir, copy.folder))).toMatchObject({ code: 'FILE_EMPTY' })
    const { code, sentence } = await failure(readBusiness(comptoir, `${copy.folder}/nowhere`))
    expect(code).toBe('FILE_UNREADABLE')
    expect(sentence.fr).toContain('clients.csv')
  })

  it('UTF-8 where Latin-1 is said, Latin-1 where UTF-8 is said, and UTF-16', async () => {
    await copy.write('articles.csv', 'Réf;Désignation;Rayon;Prix\nA;b;c;1\n')
    expect(await failure(readBusiness(comptoir, copy.folder))).toMatchObject({
      code: 'FILE_ENCODING',
      facts: { file: 'articles.csv', expected: 'latin1', found: 'utf-8' },
    })
    const utf8 = { ...comptoir, format: { ...comptoir.format, encoding: 'utf-8' as const } }
    expect(await failure(readBusiness(utf8, COMPTOIR))).toMatchObject({
      code: 'FILE_ENCODING',
      facts: { file: 'clients.csv', line: 1, found: 'windows-1252' },
    })
    await copy.write('clients.csv', Buffer.from('\ufeffN°;Nom', 'utf16le'))
    expect(await failure(readBusiness(utf8, copy.folder))).toMatchObject({ facts: { found: 'utf-16' } })
  })

  it('but a byte order mark of UTF-8 is no part of the first name, and line ends may be of any kind', async () => {
    const utf8 = { ...comptoir, products: { ...comptoir.products, format: { encoding: 'utf-8' as const } } }
    await copy.write(
      'articles.csv',
      '\ufeffRéf;Désignation;Rayon;Prix\rCAF01;a;b;1\nTHE01;a;b;1\r\n\r\nFRO01;a;b;1\nVIN01;a;b;1',
    )
    expect((await readBusiness(utf8, copy.folder)).products).toHaveLength(4)
  })
})
