import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Folder of the profile that lives in the tests: other names, `;`, Latin-1, decimal commas. */
export const COMPTOIR = join(import.meta.dirname, '../../fixtures/import/comptoir')

/** Where the samples lie beside the project, where they do. */
export const NORTHWIND = join(import.meta.dirname, '../../../../shared/data/northwind')

export interface Copy {
  readonly folder: string
  /** Replaces a text in a file of the copy, or the whole file. */
  readonly edit: (file: string, from: string | RegExp, to: string) => Promise<void>
  readonly write: (file: string, content: string | Buffer) => Promise<void>
  readonly remove: () => Promise<void>
}

/** A copy of the fixture to spoil. Its files are Latin-1. */
export const copyOfComptoir = async (): Promise<Copy> => {
  const folder = await mkdtemp(join(tmpdir(), 'import-'))
  for (const file of ['clients.csv', 'articles.csv', 'commandes.csv', 'lignes.csv'])
    await writeFile(join(folder, file), await readFile(join(COMPTOIR, file)))
  return {
    folder,
    edit: async (file, from, to) => {
      const before = await readFile(join(folder, file), 'latin1')
      const after = before.replace(from, to)
      if (after === before) throw new Error(`${file} has no ${String(from)}`)
      await writeFile(join(folder, file), after, 'latin1')
    },
    write: (file, content) => writeFile(join(folder, file), content),
    remove: () => rm(folder, { recursive: true }),
  }
}
