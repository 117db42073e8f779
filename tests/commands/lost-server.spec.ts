import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventDefinitions } from '../../domain/events.ts'
import { createCodec } from '../../event-store/codec.ts'
import { createLog } from '../../event-store/log.ts'
import { openPostgresStore } from '../../event-store/postgres/postgres-store.ts'
import { openVault } from '../../event-store/vault/vault.ts'
import { OPENED_AT } from '../support/open-log.ts'
import { ownServer } from '../support/postgres.ts'
import type { ThrowawayServer } from '../support/throwaway-postgres.ts'
import { until } from '../support/wait.ts'
import { draftedInvoice, openBusiness, openBusinessProcess } from './support/business.ts'

let server: ThrowawayServer
let folder: string
beforeAll(async () => {
  server = await ownServer({ durable: false })
  folder = await mkdtemp(join(tmpdir(), 'grandlivre-vault-'))
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

it('PROTOCOL 33: a server that was lost and is back: the same process decides, numbers and reacts again', async () => {
  const databaseUrl = server.url
  const masterKeyFile = join(folder, 'master.key')
  const store = await openPostgresStore({ connectionString: databaseUrl })
  const vault = await openVault({ connectionString: databaseUrl, masterKeyFile })
  const options = {
    store,
    codec: createCodec(eventDefinitions),
    protection: vault,
    clock: { kind: 'simulated' as const },
  }
  await createLog(options, { kind: 'sandbox', name: 'tests', recordedAt: OPENED_AT })
  await Promise.all([store.close(), vault.close()])
  const faults: unknown[] = []
  const one = await openBusinessProcess({ databaseUrl, masterKeyFile, onFault: fault => faults.push(fault) })
  await openBusiness(one)
  const [first, second] = [await draftedInvoice(one), await draftedInvoice(one)]
  expect(await one.done('invoicing.issueInvoice', { invoiceId: first })).toMatchObject({
    issued: { number: 'F2026-000001' },
  })
  await server.kill()
  await server.start()
  await until('the next invoice is numbered', async () => {
    const outcome = await one.send('invoicing.issueInvoice', { invoiceId: second }, 'again')
    return outcome.kind === 'done' && outcome.issued?.number === 'F2026-000002'
  })
  expect(faults).toEqual([])
  expect([...one.side.registrars(), ...one.side.reactions()].map(r => r.state)).toEqual([
    'running',
    'running',
    'running',
  ])
  await one.close()
})
