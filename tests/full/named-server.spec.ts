import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEventStoreDbProcess } from '../support/eventstoredb/process.ts'
import type { EventStoreDbProcess } from '../support/eventstoredb/process.ts'

/** The tests of the client's own behaviour on a server that EVENTSTORE_URL names: docs/eventstoredb.md, "How it is tested". */

const project = resolve(import.meta.dirname, '../..')
const FOLDER = 'tests/event-store/eventstoredb'
const specs = readdirSync(resolve(project, FOLDER)).filter(name => name.endsWith('.spec.ts'))

let server: EventStoreDbProcess
beforeAll(async () => {
  server = await startEventStoreDbProcess({})
})
afterAll(() => server.kill())

it.each(specs)('%s: what that server cannot play is skipped, each with a reason', async spec => {
  const child = spawn(process.execPath, ['tests/run.ts', 'quick', `${FOLDER}/${spec}`], {
    cwd: project,
    env: { ...process.env, EVENTSTORE_URL: server.connectionString },
  })
  let said = ''
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  await once(child, 'close')
  const [, failed, skipped] =
    /^\d+ passed, (\d+) failed, (\d+) skipped$/.exec(said.trimEnd().split('\n').at(-1) ?? '') ?? []
  expect(failed, said).toBe('0')
  expect(Number(skipped)).toBeGreaterThan(0)
})
