import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { entityId } from '../api/program.ts'
import { programFlags } from '../support/program-flags.ts'
import { startThrowawayServer } from '../support/throwaway-postgres.ts'
import { caughtUp, issueRequests, load, openBench, someCustomer, wire } from './http-bench.ts'
import type { Bench } from './http-bench.ts'
import { rawPairs, rawQuestion } from './raw.ts'
import type { Figure, Section } from './section.ts'
import { quantile } from './statistics.ts'

/** How many invoices are issued: to warm up, then while they are measured. */
const ISSUED = { warm: 1_500, one: 1_500, sixteen: 8_000, secondWarm: 1_000, twoProcesses: 6_000 } as const
/** Queries are asked when there are so many invoices. */
const INVOICES = 20_000
const QUERIES = 300
const RAW_MS = 1_500

/** Issues so many invoices by so many clients: how many a second, each one's time, and the API's thread for it. */
export const issueAll = async (
  bench: Bench,
  { clients, count }: { readonly clients: number; readonly count: number },
) => {
  const requests = await issueRequests(bench, count)
  await caughtUp(bench)
  const before = process.threadCpuUsage()
  const { seconds, milliseconds } = await load({ port: bench.port, clients, requests })
  const { user, system } = process.threadCpuUsage(before)
  return { perSecond: count / seconds, milliseconds, cpuMilliseconds: (user + system) / 1_000 / count }
}

const issued = async (
  bench: Bench,
  databaseUrl: string,
  { clients, count, goal }: { readonly clients: number; readonly count: number; readonly goal: number },
): Promise<readonly Figure[]> => {
  const { perSecond, milliseconds, cpuMilliseconds } = await issueAll(bench, { clients, count })
  const pairs = await rawPairs(databaseUrl, clients, RAW_MS)
  const name = `${clients} client(s)`
  return [
    {
      what: `invoices issued, ${name}`,
      unit: '/s',
      measured: perSecond,
      raw: { what: 'pairs of raw inserts/s', measured: pairs },
      goal: { bound: 'atLeast', value: goal },
    },
    { what: `  p50, ${name}`, unit: 'ms', measured: quantile(milliseconds, 0.5) },
    { what: `  p99, ${name}`, unit: 'ms', measured: quantile(milliseconds, 0.99) },
    { what: `  thread of the API, ${name}`, unit: 'ms CPU each', measured: cpuMilliseconds },
  ]
}

/** Half of the clients at a second API process on the same log; the registrar is in the first. */
const twoProcesses = async (bench: Bench, databaseUrl: string): Promise<Figure> => {
  const program = join(import.meta.dirname, 'api-alone.ts')
  const { masterKeyFile } = bench.test
  const child = spawn(process.execPath, [...programFlags(), program, databaseUrl, masterKeyFile], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  try {
    const [address] = (await once(createInterface(child.stdout), 'line')) as [string]
    const second: Bench = { ...bench, port: Number(new URL(address).port) }
    await load({ port: second.port, clients: 8, requests: await issueRequests(second, ISSUED.secondWarm) })
    const half = ISSUED.twoProcesses / 2
    const requests = await Promise.all([issueRequests(bench, half), issueRequests(second, half)])
    await caughtUp(bench)
    const [a, b] = await Promise.all(
      [bench, second].map(({ port }, i) => load({ port, clients: 8, requests: requests[i] ?? [] })),
    )
    const seconds = Math.max(a?.seconds ?? 0, b?.seconds ?? 0)
    return {
      what: 'invoices issued, two API processes of 8 clients',
      unit: '/s',
      measured: ISSUED.twoProcesses / seconds,
      raw: { what: 'pairs of raw inserts/s', measured: await rawPairs(databaseUrl, 16, RAW_MS) },
    }
  } finally {
    child.stdin.end()
    await once(child, 'exit')
  }
}

const pages = (): Readonly<Record<string, string>> => {
  const year = new Date().getUTCFullYear()
  const range = `entityId=${entityId}&from=${year}-01-01&to=${year}-12-31`
  return {
    'trial balance': `/api/ledger/trial-balance?entityId=${entityId}&from=${year}-01&to=${year}-12`,
    'account page of 50': `/api/ledger/accounts/411/lines?${range}&limit=50`,
    'third party page of 50': `/api/ledger/parties/${someCustomer}/lines?${range}&limit=50`,
    'ageing page': `/api/invoicing/ageing?entityId=${entityId}&at=${year}-12-31`,
    'last 50 invoices': '/api/invoicing/invoices?limit=50',
  }
}

const asked = async (bench: Bench, databaseUrl: string): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const [name, path] of Object.entries(pages())) {
    const requests = Array.from({ length: QUERIES }, () => wire(bench, 'GET', path))
    await load({ port: bench.port, clients: 1, requests: requests.slice(0, QUERIES / 3) })
    const { milliseconds } = await load({ port: bench.port, clients: 1, requests })
    figures.push({
      what: `${name}, p50`,
      unit: 'ms',
      measured: quantile(milliseconds, 0.5),
      raw: { what: 'ms for "select 1" by pg', measured: await rawQuestion(databaseUrl) },
      goal: { bound: 'atMost', value: 2 },
    })
  }
  return figures
}

/** Invoices issued over HTTP, request to number, with the read models running: first section; then queries at rest. */
export const run = async (): Promise<readonly Section[]> => {
  const server = await startThrowawayServer({ durable: true })
  const bench = await openBench(server.url)
  try {
    const { warm, one, sixteen, secondWarm } = ISSUED
    await load({ port: bench.port, clients: 8, requests: await issueRequests(bench, warm) })
    const figures = [
      ...(await issued(bench, server.url, { clients: 1, count: one, goal: 450 })),
      ...(await issued(bench, server.url, { clients: 16, count: sixteen, goal: 3_000 })),
      await twoProcesses(bench, server.url),
    ]
    const left = INVOICES - warm - one - sixteen - secondWarm - ISSUED.twoProcesses
    await load({ port: bench.port, clients: 16, requests: await issueRequests(bench, left) })
    await caughtUp(bench)
    return [
      { title: 'Invoices over HTTP, request to number, read models running', figures },
      { title: `Pages over HTTP at ${INVOICES} invoices`, figures: await asked(bench, server.url) },
    ]
  } finally {
    await bench.test.close()
    await server.stop()
  }
}
