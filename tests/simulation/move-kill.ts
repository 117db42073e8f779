import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { openProgram } from '../../cli/composition.ts'
import { openStore } from '../../cli/open-store.ts'
import { LogReopened } from '../../domain/organisation/log.events.ts'
import type { Log } from '../../event-store/log.ts'
import type { EventStore } from '../../event-store/port.ts'
import { contextAt, OPENED_AT } from '../support/open-log.ts'
import { freshDatabase } from '../support/postgres.ts'
import { wholeLog } from '../support/test-events.ts'
import { until } from '../support/wait.ts'
import { chanceOf } from './scheduler.ts'

const EVENTS = 600

/** A log of so many appends, in the database of its vault. */
const openLogToMove = async () => {
  const database = await freshDatabase()
  const home = await mkdtemp(join(tmpdir(), 'grandlivre-move-'))
  await mkdir(join(home, 'vault'), { mode: 0o700 })
  const open = (eventStoreUrl?: string, create = false) =>
    openProgram({
      databaseUrl: database.url,
      eventStoreUrl,
      masterKeyFile: join(home, 'vault', 'main.key'),
      ...(create && { create: { kind: 'sandbox', name: 'kill', at: OPENED_AT } as const }),
      roles: [],
      sandboxTime: 'still',
      onFault: () => undefined,
    })
  const program = await open(undefined, true)
  await Promise.all(Array.from({ length: EVENTS }, (_, n) => claim(program.log, n)))
  await program.close()
  return {
    databaseUrl: database.url,
    home,
    open,
    close: async () => {
      await database.drop()
      await rm(home, { recursive: true })
    },
  }
}

const claim = (log: Log, n: number) =>
  log.append({
    stream: `uniqueKey-login.${n}`,
    expected: 'noStream',
    events: [
      {
        type: 'organisation.KeyClaimed',
        data: { kind: 'login', ownerStream: `user-${n}`, commandId: randomUUID() },
      },
    ],
    context: contextAt(OPENED_AT),
  })

/** Runs the command in a process of its own; `kill` decides when it dies, if it has not ended by then. */
const copy = async (
  { databaseUrl, home }: { readonly databaseUrl: string; readonly home: string },
  to: string,
  kill?: (child: { readonly exitCode: number | null }) => Promise<void>,
): Promise<{ readonly code: number | null; readonly said: string }> => {
  const program = new URL('../../cli/grandlivre.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, 'log', 'copy', '--from', databaseUrl, '--to', to], {
    env: { ...process.env, DATABASE_URL: databaseUrl, GRANDLIVRE_HOME: home, LANG: 'en' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (said += text.toString()))
  const ended = once(child, 'close')
  if (kill) await kill(child).then(() => child.kill('SIGKILL'))
  const [code] = (await ended) as [number | null]
  return { code, said }
}

const withStore = async <T>(at: string, work: (store: EventStore) => Promise<T>): Promise<T> => {
  const { store } = await openStore({ databaseUrl: at, eventStoreUrl: at })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
const contentAt = (at: string) =>
  withStore(at, async store => (await wholeLog(store)).map(({ position: _, ...event }) => event))

/** Kills a copy again and again, each time at another place; what it leaves is opened at one place at most. */
export const killCopyAgainAndAgain = async (target: string, seed: number, times: number): Promise<void> => {
  const chance = chanceOf(seed)
  const log = await openLogToMove()
  try {
    for (let time = 1; time <= times; time++) {
      const events = Math.floor((EVENTS * (time - 0.5 + chance.below(50) / 100)) / times)
      const hint = `SEED=${seed}, kill ${time} behind ${events} events:`
      const copied = await withStore(target, async store => {
        const count = counterOf(store)
        await copy(log, target, async child => {
          await until(hint, async () => child.exitCode !== null || (await count()) >= events)
          await delay(chance.below(5))
        })
        return wholeLog(store)
      })
      const source = await contentAt(log.databaseUrl)
      expect(
        copied.map(({ position: _, ...event }) => event),
        hint,
      ).toEqual(source.slice(0, copied.length))
      const opened = await Promise.allSettled([log.open(), log.open(target)])
      const programs = opened.flatMap(o => (o.status === 'fulfilled' ? [o.value] : []))
      for (const program of programs) await program.close()
      expect(programs.length, hint).toBeLessThanOrEqual(1)
      expect(opened[1].status, `${hint} opened, unfinished`).toBe('rejected')
    }
    const { code, said } = await copy(log, target)
    expect(code, said).toBe(0)
    const [source, moved] = [await contentAt(log.databaseUrl), await contentAt(target)]
    expect(moved.slice(0, -1)).toEqual(source)
    expect(moved.at(-1)?.type).toBe(LogReopened.type)
    await expect(log.open()).rejects.toMatchObject({ code: 'LOG_MOVED' })
    await (await log.open(target)).close()
  } finally {
    await log.close()
  }
}

/** Counts the events of a store, reading each once. */
const counterOf = (store: EventStore): (() => Promise<number>) => {
  let counted = 0
  let after: string | undefined
  return async () => {
    for await (const { events } of store.readAll({ ...(after !== undefined && { after }) })) {
      counted += events.length
      after = events.at(-1)?.position ?? after
    }
    return counted
  }
}
