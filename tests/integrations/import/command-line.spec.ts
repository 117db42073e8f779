import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main } from '../../../cli/main.ts'
import { freshDatabase, type FreshDatabase } from '../../support/postgres.ts'
import { COMPTOIR, copyOfComptoir } from './files.ts'

let home: string
let database: FreshDatabase
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'import-home-'))
  database = await freshDatabase()
})
afterAll(async () => {
  await database.drop()
  await rm(home, { recursive: true })
})

interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the program as a shell would. */
const grandlivre = async (args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Said> => {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const streams = { stdout, stderr } as unknown as { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream }
  const code = await main(args, { environment, ...streams })
  const text = (stream: PassThrough): string => String((stream.read() as Buffer | null) ?? '')
  return { code, out: text(stdout), err: text(stderr) }
}

const profile = join(COMPTOIR, 'profile.json')

describe('grandlivre import', () => {
  it('--dry-run reads and checks, and opens no log at all', async () => {
    const nowhere = join(home, 'nowhere')
    const { code, out } = await grandlivre(['--json', 'import', profile, COMPTOIR, '--dry-run'], {
      GRANDLIVRE_HOME: nowhere,
    })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      dryRun: true,
      profile: 'comptoir',
      rows: { 'clients.csv': 3 },
      rejects: [],
      totals: { orders: 4, openOrders: 1 },
    })
    expect(existsSync(nowhere)).toBe(false)
  })

  it('writes the rejects file, and says with its exit code that rows were rejected', async () => {
    const copy = await copyOfComptoir()
    await copy.edit('clients.csv', 'Suisse', 'Helvetie')
    const file = join(home, 'rejects.csv')
    const said = await grandlivre(
      ['--lang', 'fr', 'import', profile, copy.folder, '--dry-run', '--rejects', file],
      {},
    )
    expect([said.code, said.err.trim()]).toStrictEqual([
      1,
      'Rejets, avec fichier, ligne, champ, trouvé et attendu : 3. Toutes les autres lignes sont bonnes.',
    ])
    expect(await readFile(file, 'utf8')).toBe(
      [
        'file,line,field,found,expected',
        'clients.csv,4,Pays,Helvetie,"un pays : son code ISO, son nom français ou anglais, ou un nom que le profil énumère"',
        'commandes.csv,4,Client,C003,ce que clients.csv contient dans une ligne importable',
        'lignes.csv,6,Commande,A-003,ce que commandes.csv contient dans une ligne importable',
        '',
      ].join('\n'),
    )
    await copy.remove()
  })

  it('plays, closes and reconciles, and a second time says the same of the same events', async () => {
    const environment = { GRANDLIVRE_HOME: home, DATABASE_URL: database.url }
    const run = () =>
      grandlivre(['--json', 'import', profile, COMPTOIR, '--close-through', '1996-12'], environment)
    const first = await run()
    expect([first.code, first.err]).toStrictEqual([0, ''])
    const result = JSON.parse(first.out) as { comparisons: { figure: string; of?: string }[] }
    expect(result).toMatchObject({ agrees: true, rejects: [], interrupted: false })
    expect(result.comparisons.find(c => c.figure === 'ledgerVat' && c.of === '1996')).toStrictEqual({
      figure: 'ledgerVat',
      of: '1996',
      unit: 'cents',
      source: 2_112,
      books: 2_112,
      difference: 0,
    })
    expect(await run()).toStrictEqual(first)
  })

  it.each([
    [['southwind', COMPTOIR], 2, 'There is no profile "southwind"'],
    [[profile, '/nowhere'], 2, 'The file clients.csv cannot be read in /nowhere'],
    [[profile, COMPTOIR, '--close-through', 'summer'], 2, '--close-through takes a month written YYYY-MM'],
    [[profile], 2, ''],
  ])('refuses %s in one sentence', async (args, expected, sentence) => {
    const { code, out, err } = await grandlivre(['import', ...args], { GRANDLIVRE_HOME: home, LANG: 'C' })
    expect([code, out]).toStrictEqual([expected, ''])
    expect(err).toContain(sentence)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})
