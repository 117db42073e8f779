import { beforeEach, describe, expect, it } from 'vitest'
import { movedTo, refuseUnlessOpenHere } from '../../../commands/moving/open-here.ts'
import { LogMoved, LogReopened } from '../../../domain/organisation/log.events.ts'
import { StoreShut } from '../../../event-store/port.ts'
import type { StoredEvent } from '../../../event-store/port.ts'
import { createAt, memoryMover, memoryPlace, openAt, recordAt } from '../support/moving.ts'
import type { MemoryPlace } from '../support/moving.ts'

let here: MemoryPlace
let there: MemoryPlace
let elsewhere: MemoryPlace
let mover: ReturnType<typeof memoryMover>
beforeEach(async () => {
  here = memoryPlace('here')
  there = memoryPlace('there')
  elsewhere = memoryPlace('elsewhere')
  mover = memoryMover()
  await createAt(here.store)
  for (let i = 0; i < 5; i++) await recordAt(here.forPrograms)
})

const content = ({ store }: MemoryPlace) => store.events.map(({ position: _, ...event }) => event)
const typesOf = ({ store }: MemoryPlace) => store.events.map(event => event.type)

/** Whether a program may start to work on what lies at a place; the code of the refusal otherwise. */
const startsAt = async ({ forPrograms }: MemoryPlace): Promise<true | string> => {
  try {
    const log = await openAt(forPrograms)
    await refuseUnlessOpenHere(log, () => mover.record.read())
    return true
  } catch (error) {
    return (error as { code: string }).code
  }
}

/** A place that is lost after so many appends of a copy. */
const lostAfter = (place: MemoryPlace, appends: number): MemoryPlace => {
  let left = appends
  const { forCopies } = place
  const append: typeof forCopies.append = (...appended) =>
    left-- > 0 ? forCopies.append(...appended) : Promise.reject(new Error('lost'))
  return { ...place, forCopies: { ...forCopies, append } }
}

describe('PROTOCOL 12: a log that is moved', () => {
  it('is the same at its new place, event by event, and goes on there alone', async () => {
    const report = await mover.move(here, there, { explanation: 'a bigger server' })
    expect(report).toMatchObject({ outcome: 'moved', events: 7, copied: 7 })
    expect(content(there).slice(0, -1)).toEqual(content(here))
    expect([typesOf(here).at(-1), typesOf(there).at(-1)]).toEqual([LogMoved.type, LogReopened.type])
    expect([await startsAt(here), await startsAt(there)]).toEqual(['LOG_MOVED', true])
    await expect(recordAt(here.forPrograms)).rejects.toBeInstanceOf(StoreShut)
    await recordAt(there.forPrograms)
  })

  it('says in its own stream where it went, from where on, and what was compared', async () => {
    const before = here.store.events.at(-1)!
    const { digest } = await mover.move(here, there, { explanation: 'a bigger server' })
    const { events } = await (await openAt(there.store)).load('log-main')
    const [, moved, reopened] = events
    expect(moved?.data).toMatchObject({
      target: 'there',
      headEventId: before.id,
      explanation: 'a bigger server',
    })
    expect(reopened?.data).toEqual({
      place: 'there',
      movedEventId: moved?.id,
      events: 7,
      lastEventId: moved?.id,
      digest,
    })
  })

  it('is copied ahead while it goes on, and then moved with what came since', async () => {
    expect(await mover.move(here, there, { ahead: true })).toMatchObject({ outcome: 'ahead', copied: 5 })
    expect([await startsAt(here), await startsAt(there)]).toEqual([true, 'LOG_COPY_UNFINISHED'])
    await recordAt(here.forPrograms)
    expect(await mover.move(here, there)).toMatchObject({ outcome: 'moved', events: 8, copied: 3 })
    expect(content(there).slice(0, -1)).toEqual(content(here))
  })

  it('does nothing more when the same is asked again', async () => {
    await mover.move(here, there)
    await recordAt(there.forPrograms)
    const after = content(there)
    expect(await mover.move(here, there)).toMatchObject({ outcome: 'alreadyMoved', events: 7, copied: 0 })
    expect(content(there)).toEqual(after)
  })

  it('goes back to where it was, and on from there', async () => {
    await mover.move(here, there)
    await recordAt(there.forPrograms)
    expect(await mover.move(there, here)).toMatchObject({ outcome: 'moved', copied: 3 })
    expect([await startsAt(here), await startsAt(there)]).toEqual([true, 'LOG_MOVED'])
    await recordAt(here.forPrograms)
    await mover.move(here, elsewhere)
    await mover.move(elsewhere, there)
    expect([await startsAt(here), await startsAt(there)]).toEqual(['LOG_MOVED', true])
    expect(content(there).slice(0, -1)).toEqual(content(elsewhere))
  })
})

describe('PROTOCOL 12: what a program that has not read it yet still records', () => {
  it('is in the copy where it was acknowledged, and the server refuses the rest', async () => {
    let straggler = ''
    const everybodyGone = async () => {
      await expect(recordAt(here.forPrograms)).rejects.toBeInstanceOf(StoreShut)
      return { end: () => Promise.resolve() }
    }
    const gate = here.forCopies.gate!
    // Between the event that says it and the gate.
    const shut = async () => {
      straggler = await recordAt(here.forPrograms)
      return gate.shut()
    }
    const slow = await openAt({ ...here.forCopies, gate: { ...gate, shut } })
    await mover.move(here, there, {}, { source: { name: 'here', at: slow }, everybodyGone })
    expect(there.store.events.map(event => event.id)).toContain(straggler)
    expect(content(there).slice(0, -1)).toEqual(content(here))
  })

  it('is waited for where the server cannot refuse it: until nobody is there, and nothing came for a while', async () => {
    const [from, to] = [memoryPlace('from', { gated: false }), memoryPlace('to', { gated: false })]
    await createAt(from.store)
    const late: string[] = []
    const everybodyGone = async () => {
      expect(await movedTo(await openAt(from.store))).toBe('to')
      expect(await startsAt(to)).not.toBe(true)
      late.push(await recordAt(from.forPrograms))
      return { end: () => Promise.resolve() }
    }
    const settle = async () => {
      if (late.length < 3) late.push(await recordAt(from.forPrograms))
    }
    await mover.move(from, to, {}, { everybodyGone, settle })
    expect(to.store.events.map(event => event.id)).toEqual(expect.arrayContaining(late))
  })

  it('is told of, where it came when the log was open elsewhere', async () => {
    const [from, to] = [memoryPlace('from', { gated: false }), memoryPlace('to', { gated: false })]
    await createAt(from.store)
    await mover.move(from, to)
    const late = await recordAt(from.forPrograms)
    await expect(mover.move(from, to)).rejects.toMatchObject({
      code: 'LOG_WRITTEN_AFTER_MOVE',
      facts: { event: late },
    })
  })
})

describe('PROTOCOL 12: a copy that is not whole', () => {
  it('is opened by nobody, wherever it was cut off, and is finished by the same command', async () => {
    for (let appends = 0; appends < 8; appends++) {
      const target = memoryPlace(`target ${appends}`)
      const own = memoryMover()
      const source = memoryPlace('source')
      for (const event of here.store.events) await copied(source, event)
      mover = own
      await own.move(source, lostAfter(target, appends)).catch(lost)
      const places = [await startsAt(source), await startsAt(target)]
      expect(places.filter(answer => answer === true).length, places.join()).toBeLessThanOrEqual(1)
      expect(places[1], `after ${appends} appends`).not.toBe(true)
      await own.move(source, target)
      expect([await startsAt(source), await startsAt(target)]).toEqual(['LOG_MOVED', true])
      expect(content(target).slice(0, -1)).toEqual(content(source))
    }
  })

  it('stays one when the log went elsewhere in the end', async () => {
    await mover.move(here, there, { ahead: true })
    await mover.move(here, elsewhere)
    expect([await startsAt(here), await startsAt(there), await startsAt(elsewhere)]).toEqual([
      'LOG_MOVED',
      'LOG_COPY_UNFINISHED',
      true,
    ])
  })

  it('is no source of another', async () => {
    await mover.move(here, there, { ahead: true })
    await expect(mover.move(there, elsewhere)).rejects.toMatchObject({ code: 'LOG_COPY_UNFINISHED' })
    await mover.move(here, lostAfter(there, 2)).catch(lost)
    const same = { ...there, name: 'another name of there' }
    await expect(mover.move(same, there)).rejects.toMatchObject({ code: 'NOT_THE_SOURCE' })
  })
})

describe('a move is refused', () => {
  it('to a place that holds something else, which stays as it is', async () => {
    await createAt(there.store)
    await recordAt(there.store)
    const before = content(there)
    await expect(mover.move(here, there)).rejects.toMatchObject({
      code: 'TARGET_DIFFERS',
      facts: { ordinal: 1 },
    })
    expect(content(there)).toEqual(before)
    expect(await startsAt(here)).toBe(true)
  })

  it('to itself, by whatever name', async () => {
    await expect(mover.move(here, { ...here, name: 'alias' })).rejects.toMatchObject({
      code: 'TARGET_HOLDS_ALL',
    })
    await recordAt(here.forPrograms)
  })

  it('from what lags behind', async () => {
    await mover.move(here, there)
    await recordAt(there.forPrograms)
    await expect(mover.move(here, elsewhere)).rejects.toMatchObject({ code: 'LOG_MOVED_ELSEWHERE' })
    await mover.move(there, here)
    await recordAt(here.forPrograms)
    await expect(mover.move(there, elsewhere)).rejects.toMatchObject({ code: 'LOG_MOVED_ELSEWHERE' })
  })

  it('to a place that was emptied after the log had been opened there', async () => {
    await mover.move(here, there)
    await recordAt(there.forPrograms)
    await expect(mover.move(here, memoryPlace('there'))).rejects.toMatchObject({
      code: 'LOG_COPY_UNFINISHED',
    })
  })

  it('to a second place while the first may still be opened', async () => {
    await mover.move(here, lostAfter(there, 5)).catch(lost)
    expect(await startsAt(here)).toBe('LOG_MOVED')
    await expect(mover.move(here, elsewhere)).rejects.toMatchObject({
      code: 'LOG_MOVED_ELSEWHERE',
      facts: { target: 'there' },
    })
  })

  it('where another program writes to the target', async () => {
    const everybodyGone = async () => {
      await recordAt(there.store)
      return { end: () => Promise.resolve() }
    }
    await expect(mover.move(here, there, {}, { everybodyGone })).rejects.toMatchObject({
      code: 'TARGET_HOLDS_MORE',
    })
  })
})

describe('a move that cannot end', () => {
  it('is given up: the log goes on where it was, and can be moved to another place', async () => {
    await mover.move(here, lostAfter(there, 5)).catch(lost)
    await expect(recordAt(here.forPrograms)).rejects.toBeInstanceOf(StoreShut)
    expect(await mover.reopen(here)).toBe(true)
    expect([await startsAt(here), await startsAt(there)]).toEqual([true, 'LOG_COPY_UNFINISHED'])
    await recordAt(here.forPrograms)
    await mover.move(here, elsewhere)
    expect([await startsAt(here), await startsAt(there), await startsAt(elsewhere)]).toEqual([
      'LOG_MOVED',
      'LOG_COPY_UNFINISHED',
      true,
    ])
  })

  it('is not given up once its target is opened, or about to be', async () => {
    await mover.move(here, lostAfter(there, 7)).catch(lost)
    await expect(mover.reopen(here)).rejects.toMatchObject({ code: 'LOG_OPENED_ELSEWHERE' })
    await mover.move(here, there)
    await expect(mover.reopen(here)).rejects.toMatchObject({ code: 'MOVE_UNKNOWN' })
  })

  it('is given up at its source alone', async () => {
    await mover.move(here, lostAfter(there, 7)).catch(lost)
    await expect(mover.reopen(there)).rejects.toMatchObject({ code: 'NOT_THE_SOURCE' })
  })

  it('needs nothing where the log is open', async () => expect(await mover.reopen(here)).toBe(false))
})

const copied = async (place: MemoryPlace, event: StoredEvent): Promise<void> => {
  const expected = place.store.events.findLast(e => e.stream === event.stream)
  const hash = expected && (JSON.parse(expected.metadata) as { hash: string }).hash
  await place.store.append(
    event.stream,
    expected && hash !== undefined ? { revision: expected.revision, hash } : 'noStream',
    [event],
  )
}

const lost = (error: unknown): void => {
  if (!(error instanceof Error) || error.message !== 'lost') throw error
}
