import { hash } from 'node:crypto'
import { expect, it } from 'vitest'
import { projections } from '../../projections/all.ts'
import { ledger } from '../../projections/ledger/ledger.ts'
import { postingStage } from '../../projections/ledger/posting-stage.ts'
import { tableDdl } from '../../projections/engine/ddl.ts'
import frozen from './versions.json' with { type: 'json' }

/**
 * Tables of a projection never change under one version: a program would find the old ones in a database that holds
 * them. Whoever changes them raises the version, and then the line in `versions.json` that this test names.
 */
it('no table changes under the version of its projection', () => {
  const present = Object.fromEntries(
    projections.map(({ name, version, tables }) => [
      `${name} v${version}`,
      hash('sha256', JSON.stringify(tables.map(table => tableDdl('s', table)))).slice(0, 16),
    ]),
  )
  expect(present).toStrictEqual(frozen)
})

it('PROTOCOL 24: all that shows a posting day or a number of an entry is one projection, on one stage, and swaps together', () => {
  expect(projections.filter(({ stage }) => stage === postingStage)).toEqual([ledger])
  const posted = projections.filter(({ tables }) => tables.some(({ columns }) => 'posted_on' in columns))
  expect(posted).toEqual([ledger])
})
