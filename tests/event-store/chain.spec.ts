import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chain, eventHash, eventId, firstPrevHash } from '../../event-store/chain.ts'
import { verifyStream } from '../support/verify-stream.ts'
import { MetadataInvalid, decodeMetadata, hashOf, splitHash } from '../../event-store/metadata.ts'
import type { StoredEvent } from '../../event-store/port.ts'
import { uuidv5 } from '../../event-store/uuid.ts'
import { numbered, testAppend, TEST_LOG } from '../support/test-events.ts'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

const stored = (stream: string, count = 5): StoredEvent[] =>
  testAppend(stream, 'noStream', { data: numbered(count) }).events.map((e, revision) => ({
    ...e,
    stream,
    revision,
    position: String(revision),
  }))
const verify = (events: StoredEvent[], log = TEST_LOG) => verifyStream(log, events[0]!.stream, events)

describe('ids and hashes', () => {
  it('makes UUIDs of version 5 as RFC 9562 does (its appendix A.4)', () => {
    expect(uuidv5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    )
  })

  it('PROTOCOL 2: hashes exactly these lines, written out', () => {
    const unhashed = '{"actor":"é","prevHash":"p"}'
    const lines = [
      'grandlivre.1',
      'order-1',
      '7',
      'ID',
      'commerce.OrderPlaced',
      'PREV',
      '29',
      unhashed,
      '{"a":1}',
    ]
    expect(Buffer.byteLength(unhashed)).toBe(29)
    const content = {
      stream: 'order-1',
      revision: 7,
      type: 'commerce.OrderPlaced',
      unhashed,
      data: '{"a":1}',
    }
    expect(eventHash('ID', 'PREV', content)).toBe(sha256(lines.join('\n')))
    expect(firstPrevHash('LOG', 'order-1')).toBe(sha256('grandlivre.1\nLOG\norder-1'))
  })

  it('PROTOCOL 3: derives the id from the command and exactly these lines', () => {
    const unhashed = '{"commandId":"c","prevHash":"p"}'
    const content = { stream: 'order-1', revision: 0, type: 'commerce.OrderPlaced', unhashed, data: '{}' }
    const digest = sha256(
      ['grandlivre.1', 'order-1', '0', 'commerce.OrderPlaced', '32', unhashed, '{}'].join('\n'),
    )
    const command = '5e6f0000-0000-4000-8000-000000000000'
    expect(eventId(command, content)).toBe(uuidv5(command, digest))
  })

  it('PROTOCOL 1: writes metadata flat, in the declared order, absent keys left out, its hash last', () => {
    const link = {
      type: 'tests.ThingHappened',
      data: '{}',
      metadata: {
        schemaVersion: 1,
        recordedAt: '2026-01-02T03:04:05.678Z',
        origin: 'job',
        reason: undefined,
        actor: 'A',
        commandId: '5e6f0000-0000-4000-8000-000000000000',
        $causationId: 'B',
        $correlationId: 'C',
      },
    } as const
    const { events, hash } = chain('thing-1', 0, 'P', [link])
    const text = events[0]!.metadata
    expect(JSON.stringify(JSON.parse(text))).toBe(text)
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      '$correlationId',
      '$causationId',
      'commandId',
      'actor',
      'origin',
      'recordedAt',
      'schemaVersion',
      'prevHash',
      'hash',
    ])
    expect(hashOf(text)).toBe(hash)
    expect(splitHash(text).unhashed).toBe(text.replace(`,"hash":"${hash}"`, ''))
    expect(decodeMetadata(text)).toMatchObject({ actor: 'A', schemaVersion: 1, prevHash: 'P', hash })
  })

  it('PROTOCOL 8: reads metadata strictly', () => {
    const text = stored('thing-1')[0]!.metadata
    const spoil = (change: object) => JSON.stringify({ ...(JSON.parse(text) as object), ...change })
    for (const change of [
      { more: 'x' },
      { actor: 1 },
      { origin: 'elsewhere' },
      { schemaVersion: '01' },
      { actor: undefined },
    ])
      expect(() => decodeMetadata(spoil(change))).toThrow(MetadataInvalid)
  })
})

describe('a chain', () => {
  it('is whole as it was written, and goes on behind its last event', async () => {
    const a = testAppend('thing-1', 'noStream', { data: numbered(2) })
    const b = testAppend('thing-1', a.next, { data: numbered(2, 3) })
    const events = [...a.events, ...b.events].map((e, revision) => ({
      ...e,
      stream: 'thing-1',
      revision,
      position: '',
    }))
    expect(await verifyStream(TEST_LOG, 'thing-1', events)).toEqual(b.next)
  })

  it('PROTOCOL 2: any change of any stored byte, place or order is found at its event', async () => {
    const replaceAt = (text: string, at: number): string => {
      const i = at % text.length
      return `${text.slice(0, i)}${text[i] === '0' ? '1' : '0'}${text.slice(i + 1)}`
    }
    const part = fc.constantFrom('data', 'metadata', 'type', 'id')
    await fc.assert(
      fc.asyncProperty(part, fc.nat(4), fc.nat(2_000), async (key, index, at) => {
        const events = stored('thing-1')
        const event = events[index]!
        events[index] = { ...event, [key]: replaceAt(event[key], at) }
        expect(await verify(events)).toMatchObject({ stream: 'thing-1', revision: index })
      }),
    )
  })

  it('PROTOCOL 2: a stream transplanted from another log, or renamed, is found at its first event', async () => {
    const events = stored('thing-1')
    expect(await verify(events, '00000000-0000-4000-8000-00000000ffff')).toMatchObject({
      revision: 0,
      fault: 'prevHash',
    })
    const renamed = events.map(e => ({ ...e, stream: 'thing-2' }))
    expect(await verify(renamed)).toMatchObject({ revision: 0, fault: 'prevHash' })
  })

  it('finds an event removed, doubled or exchanged', async () => {
    const [a, b, c] = stored('thing-1', 3) as [StoredEvent, StoredEvent, StoredEvent]
    expect(await verify([a, c])).toMatchObject({ revision: 2, fault: 'revision' })
    expect(await verify([a, a, b])).toMatchObject({ revision: 0, fault: 'revision' })
    const exchanged = [a, { ...c, revision: 1 }, { ...b, revision: 2 }]
    expect(await verify(exchanged)).toMatchObject({ revision: 1, fault: 'prevHash' })
  })

  it('PROTOCOL 3: finds an id that is not the digest of its event, though its hash was made to fit', async () => {
    const event = stored('thing-1', 1)[0]!
    const { unhashed } = splitHash(event.metadata)
    const id = '11111111-1111-5111-8111-111111111111'
    const hash = eventHash(id, firstPrevHash(TEST_LOG, 'thing-1'), { ...event, unhashed })
    const forged = { ...event, id, metadata: `${unhashed.slice(0, -1)},"hash":"${hash}"}` }
    expect(await verify([forged])).toMatchObject({ fault: 'id' })
  })
})
