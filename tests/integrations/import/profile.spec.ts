import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Uuid } from '../../../domain/shared/values.ts'
import { isSiren, isVatNumber } from '../../../domain/shared/identifiers.ts'
import { ImportFailure } from '../../../integrations/import/errors.ts'
import { importKey, importedId } from '../../../integrations/import/ids.ts'
import {
  INVENTIBLE_COUNTRIES,
  inventedSiren,
  inventedVatNumber,
} from '../../../integrations/import/invented.ts'
import { loadProfile } from '../../../integrations/import/profile.ts'
import { COMPTOIR } from './files.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profile-'))
})
afterAll(() => rm(folder, { recursive: true }))

type Json = Record<string, Record<string, unknown>>

/** What is said of the fixture's profile after a change. */
const saidOf = async (change: (profile: Json) => void): Promise<ImportFailure> => {
  const profile = JSON.parse(await readFile(join(COMPTOIR, 'profile.json'), 'utf8')) as Json
  change(profile)
  return saidOfText(JSON.stringify(profile))
}

const saidOfText = async (text: string): Promise<ImportFailure> => {
  const path = join(folder, 'profile.json')
  await writeFile(path, text)
  const error: unknown = await loadProfile(path).catch((e: unknown) => e)
  if (error instanceof ImportFailure) return error
  throw new Error('the profile was accepted')
}

describe('a profile', () => {
  it('of the project is found by its name, any other by its path', async () => {
    expect((await loadProfile('northwind')).title).toBe('Northwind Traders, 1996 to 1998')
    expect((await loadProfile(join(COMPTOIR, 'profile.json'))).profile).toBe('comptoir')
  })

  it('that nobody knows is named', async () => {
    const unknown = loadProfile('southwind')
    await expect(unknown).rejects.toMatchObject({ code: 'PROFILE_UNKNOWN', facts: { profile: 'southwind' } })
    expect((await saidOfText('{"profile":')).code).toBe('PROFILE_NOT_JSON')
  })

  it('says where it is wrong', async () => {
    const wrong: [string, (profile: Json) => void][] = [
      ['format.encoding', p => (p['format']!['encoding'] = 'ebcdic')],
      ['format.date', p => (p['format']!['date'] = 'DD/MM')],
      ['customers.fields.nickname', p => ((p['customers']!['fields'] as Json)['nickname'] = {} as never)],
      ['orders.fields.colour', p => Object.assign(p['orders']!['fields'] as object, { colour: 'Couleur' })],
      ['customers.fields.name', p => delete (p['customers']!['fields'] as Json)['name']],
      ['company.siren', p => (p['company']!['siren'] = '12')],
      ['orders.file', p => (p['orders']!['file'] = '../../etc/passwd')],
      ['countries.UK', p => (p['countries'] = { UK: 'Britain' })],
    ]
    for (const [field, change] of wrong) {
      const { code, facts, sentence } = await saidOf(change)
      expect(code).toBe('PROFILE_INVALID')
      expect(facts['field']).toBe(field)
      expect(sentence.en).toContain(field)
    }
  })
})

describe('what an import makes up', () => {
  it('has the right form and key, and follows from the code', () => {
    for (const code of ['VINET', 'BLONP', 'été 1', '']) {
      expect(isSiren(inventedSiren(code))).toBe(true)
      for (const country of INVENTIBLE_COUNTRIES) {
        const number = inventedVatNumber(country, code)
        expect([number, isVatNumber(number)]).toStrictEqual([number, true])
      }
    }
    expect(inventedVatNumber('FR', 'VINET').slice(4)).toBe(inventedSiren('VINET'))
    expect(inventedSiren('VINET')).not.toBe(inventedSiren('BLONP'))
  })

  it('PROTOCOL 13: has ids and keys that follow from what is imported', () => {
    const id = importedId('1996-07-04', 'northwind', 'orders.csv', '10248')
    expect(Uuid.parse(id)).toBe('00c2bf9d-1c00-7792-a4fe-7a54e904a387')
    expect(importedId('1996-07-04', 'northwind', 'orders.csv', '10249')).not.toBe(id)
    expect(importKey('northwind', 'orders.csv', 'é 1', 'place')).toBe('northwind:orders.csv:%C3%A9%201:place')
    const long = importKey('x', 'y'.repeat(300))
    expect(long).toMatch(/^[\x21-\x7e]{200}$/)
    expect(importKey('x', `${'y'.repeat(300)}z`)).not.toBe(long)
  })
})
