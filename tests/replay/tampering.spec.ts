import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schemaOf } from '../../projections/definition.ts'
import { invoices } from '../../projections/invoicing/invoices.ts'
import { ledger } from '../../projections/ledger/ledger.ts'
import { playOriginal } from './support/copies.ts'
import type { Original } from './support/copies.ts'
import { entityId } from './support/trade.ts'

let original: Original
beforeAll(async () => {
  original = await playOriginal()
})
afterAll(() => original.close())

describe('tampering underneath, as the owner of the server', () => {
  const disable = 'alter table log.events disable trigger append_only'
  const enable = 'alter table log.events enable always trigger append_only'
  /** Runs statements behind the guard's back, verifies, and puts everything back. */
  const tampered = async (doing: string, undoing: string) => {
    await original.pool.query(`${disable}; ${doing}; ${enable}`)
    try {
      return (await original.verifyStored()).findings
    } finally {
      await original.pool.query(`${disable}; ${undoing}; ${enable}`)
    }
  }

  it('the guard of the log taken away', async () => {
    await original.pool.query(disable)
    const { findings } = await original.verifyStored()
    await original.pool.query(enable)
    expect(findings).toMatchObject([{ check: 'guarded', code: 'LOG_UNGUARDED', where: { onServer: 'log' } }])
  })

  it('an amount in an event and the row made of it: chain and read models both tell', async () => {
    const where = `where type = 'invoicing.PaymentReceived' and position = (select min(position) from log.events where type = 'invoicing.PaymentReceived')`
    const findings = await tampered(
      `update log.events set data = replace(data, '"amount":20000', '"amount":20001') ${where}`,
      `update log.events set data = replace(data, '"amount":20001', '"amount":20000') ${where}`,
    )
    const found = new Set(findings.map(({ check }) => check))
    expect(found).toStrictEqual(new Set(['chain', 'allocations', 'read-models']))
  })

  it('the end of the log cut off: what had read it tells', async () => {
    const findings = await tampered(
      `create table kept as select * from log.events where position > (select max(position) - 2 from log.events);
       delete from log.events where position in (select position from kept)`,
      `insert into log.events select * from kept; drop table kept`,
    )
    expect(new Set(findings.map(({ code }) => code))).toStrictEqual(new Set(['READ_MODEL_AHEAD_OF_LOG']))
  })

  it('events deleted in the midst of the log, after which no stream says anything: their places tell', async () => {
    const streams = `select stream from log.events group by stream having count(*) = 1 and min(type) = 'organisation.KeyClaimed'`
    const gone = `select * from log.events where position in
      (select position from log.events where stream in (${streams}) order by position limit 1)`
    const kept = await original.pool.query<{ position: string }>(gone)
    const place = kept.rows[0]?.position ?? ''
    const findings = await tampered(
      `create table kept as ${gone}; delete from log.events where position in (select position from kept)`,
      `insert into log.events select * from kept; drop table kept`,
    )
    expect(findings[0]).toMatchObject({
      check: 'guarded',
      code: 'LOG_EVENTS_MISSING',
      found: `no event at ${place}`,
    })
    expect(new Set(findings.slice(1).map(({ code }) => code))).toStrictEqual(
      new Set(['READ_MODEL_COUNTS_OTHERWISE']),
    )
  })

  it('PROTOCOL 13: the index of commands emptied, or given another input: each command that it forgot or mistakes', async () => {
    const emptied = await tampered(
      'create table kept as table commands.done; delete from commands.done',
      'insert into commands.done table kept; drop table kept',
    )
    expect(new Set(emptied.map(({ code }) => code))).toStrictEqual(new Set(['COMMAND_INDEX_MISSING']))
    const mistaken = await tampered(
      `update commands.done set input_hash = reverse(input_hash)`,
      `update commands.done set input_hash = reverse(input_hash)`,
    )
    expect(new Set(mistaken.map(({ code }) => code))).toStrictEqual(new Set(['COMMAND_INDEX_DIFFERS']))
  })

  it('a row of a read model: named with its table, key and column', async () => {
    const findings = await tampered(
      `update ${schemaOf(ledger)}.account_period set debit = debit + 1 where account = '707';
       update ${schemaOf(invoices)}.invoice_history set net = net + 1`,
      `update ${schemaOf(ledger)}.account_period set debit = debit - 1 where account = '707';
       update ${schemaOf(invoices)}.invoice_history set net = net - 1`,
    )
    const rows = findings.map(({ where }) => where)
    expect(rows).toContainEqual({
      projection: schemaOf(ledger),
      table: 'account_period',
      key: `entity_id=${entityId} period=1997-01 account=707`,
    })
    expect(new Set(rows.map(where => ('table' in where ? where.table : '')))).toStrictEqual(
      new Set(['account_period', 'invoice_history']),
    )
    const told = findings.map(({ sentence }) => sentence.en).join()
    expect(told).toContain('debit: 1 instead of 0')
  })

  it('leaves nothing behind', async () => {
    await original.verifyStored()
    const { rows } = await original.pool.query(
      `select nspname from pg_namespace where nspname like '%verify%'`,
    )
    expect(rows).toStrictEqual([])
  })
})
