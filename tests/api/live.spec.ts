import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ENTITY, testApi, tokenOf } from './test-api.ts'
import type { TestApi } from './test-api.ts'
import type { Role } from '../../domain/organisation/user.events.ts'

/** Over real HTTP: streams have no end that `inject` could wait for. */

let api: TestApi
let address: string
const open: AbortController[] = []
beforeEach(async () => {
  api = await testApi({ heartbeatMs: 20 })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  address = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
})
afterEach(async () => {
  for (const controller of open.splice(0)) controller.abort()
  await api.app.close()
})

const change = (ordinal: number, projections: Record<string, Record<string, string[]>>) =>
  api.change({ ordinal, position: String(ordinal).padStart(16, '0'), projections })

/** Opens a stream; `until` reads on until the text holds what is expected, or the stream ends. */
const listen = async (role: Role, headers: Record<string, string> = {}) => {
  const controller = new AbortController()
  open.push(controller)
  const response = await fetch(`${address}/api/events`, {
    headers: { authorization: `Bearer ${tokenOf(role)}`, ...headers },
    signal: controller.signal,
  })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const until = async (expected: RegExp): Promise<string> => {
    while (!expected.test(text)) {
      const { value, done } = await reader.read()
      if (done) return `${text}[end]`
      text += value
    }
    return text
  }
  await until(/retry/)
  return { response, until, cancel: () => controller.abort() }
}

const ids = (text: string): string[] => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id!)

describe('GET /api/events', () => {
  it('tells what changed, with keys, ordinal and position', async () => {
    const stream = await listen('auditor')
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(stream.response.headers.get('cache-control')).toBe('no-store')
    change(7, { invoices_v1: { invoice: ['i-1'] } })
    const text = await stream.until(/"ordinal":7/)
    expect(text).toContain('id: 7\nevent: change\n')
    const data: unknown = JSON.parse(/^data: (.+)$/m.exec(text)![1]!)
    expect(data).toEqual({
      ordinal: 7,
      position: '0000000000000007',
      projections: { invoices_v1: { invoice: ['i-1'] } },
    })
  })

  it('resumes after the last event seen, without a gap or a repeat', async () => {
    for (const ordinal of [3, 4, 6]) change(ordinal, { invoices_v1: { invoice: [`i-${ordinal}`] } })
    const stream = await listen('auditor', { 'last-event-id': '4' })
    change(9, { invoices_v1: { invoice: ['i-9'] } })
    expect(ids(await stream.until(/id: 9/))).toEqual(['6', '9'])
  })

  it('says to read all anew where what was missed is no longer known', async () => {
    const early = await listen('auditor', { 'last-event-id': '2' })
    expect(await early.until(/reset/)).toContain('event: reset')
    for (let ordinal = 10; ordinal < 1_200; ordinal++) change(ordinal, { orders_v1: { order: ['o'] } })
    const late = await listen('auditor', { 'last-event-id': '50' })
    expect(await late.until(/reset/)).toContain('event: reset')
    const recent = await listen('auditor', { 'last-event-id': '1190' })
    expect(ids(await recent.until(/id: 1199/))).toHaveLength(9)
  })

  it('keeps still what somebody may not read, and keys where they may read some entities only', async () => {
    const sales = await listen('sales')
    const accountant = await listen('accountant')
    change(1, { ledger_v1: { entry: ['e-1'] }, orders_v1: { order: ['o-1'] } })
    change(2, { ledger_v1: { entry: ['e-2'] } })
    change(3, { orders_v1: { order: ['o-3'] } })
    const seen = await sales.until(/id: 3/)
    expect(seen).not.toContain('ledger')
    expect(ids(seen)).toEqual(['1', '3'])
    const limited = await accountant.until(/id: 3/)
    expect(limited).toContain('"ledger_v1":null')
    expect(limited).not.toMatch(/e-1|o-1/)
    expect(ENTITY).toBeDefined()
  })

  it('beats while nothing happens, and ends when the person leaves', async () => {
    const stream = await listen('billing')
    await stream.until(/: still here/)
    api.leave('billing')
    expect(await stream.until(/never comes/)).toContain('[end]')
  })

  it('ends with the program: nothing keeps it from closing', async () => {
    const stream = await listen('auditor')
    await api.app.close()
    expect(await stream.until(/never comes/)).toContain('[end]')
  })
})
