import { expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand, step } from '../../commands/definition.ts'
import { decideKey, uniqueKey } from '../../domain/organisation/public.ts'
import { commandHarness } from '../support/command-harness.ts'

/** Decides an event that its own schema refuses, which no schema of the input can foresee. */
const beyond = {
  commands: [
    defineCommand({
      name: 'tests.goBeyond',
      summary: { fr: 'Dépasser', en: 'Go beyond' },
      input: z.strictObject({}),
      roles: ['sales'],
      steps: (_, __, { commandId }) => [
        step({
          aggregate: uniqueKey,
          id: 'login.x',
          decide: decideKey.claim({ kind: 'login', ownerStream: 'x'.repeat(201), commandId }),
        }),
      ],
    }),
  ],
  sentences: {},
}

it('refuses what cannot be stored, asked in earnest or as a preview', async () => {
  const house = await commandHarness([beyond])
  const refused = { code: 'RESULT_OUT_OF_BOUNDS', event: 'organisation.KeyClaimed', field: 'ownerStream' }
  expect(await house.rejection('tests.goBeyond', {})).toStrictEqual(refused)
  expect(await house.rejection('tests.goBeyond', {}, { dryRun: true })).toStrictEqual(refused)
  await house.stop()
})
