import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { decide, identityPart, keyId, keyText, uniqueKey } from '../../../domain/organisation/unique-key.ts'
import type { ClaimEvent } from '../../../domain/organisation/claim.events.ts'
import { specFor } from '../../support/spec.ts'

const given = specFor(uniqueKey)
const kind = 'customerCode'
const ownerStream = 'customer-01932f0c-0000-7000-8000-000000000001'
const otherStream = 'customer-01932f0c-0000-7000-8000-000000000002'
const commandId = '01932f0c-0000-7000-8000-00000000000c'
const claim = { kind, ownerStream, commandId }
const claimed: ClaimEvent = { type: 'organisation.KeyClaimed', data: claim }
const released: ClaimEvent = { type: 'organisation.KeyReleased', data: claim }

describe('PROTOCOL 16: a unique key', () => {
  it('goes to who claims it first', () => {
    given().when(decide.claim(claim)).then(claimed)
    given(claimed)
      .when(decide.claim({ ...claim, ownerStream: otherStream }))
      .thenRejects({ code: 'KEY_TAKEN', kind, ownerStream })
  })
  it('stays with its owner, who goes on by the same command or another', () => {
    given(claimed).when(decide.claim(claim)).thenNothing()
    given(claimed)
      .when(decide.claim({ ...claim, commandId: '01932f0c-0000-7000-8000-00000000000d' }))
      .thenNothing()
  })
  it('of a bank is the same however the bank prints its blanks; a code keeps its own', () => {
    const of = (reference: string) => keyText('bankReference', 'entity', 'BQ', reference)
    expect(of(' VIR 2026 0042')).toBe(of('vir20260042'))
    expect(keyText('customerCode', 'AB C')).not.toBe(keyText('customerCode', 'ABC'))
  })
  it('of an identity tells subjects apart by their case, as providers do', () => {
    const of = (subject: string) => keyText('identity', identityPart('https://identity.example.org', subject))
    expect(of('F:42')).not.toBe(of('f:42'))
    expect(of('f:42')).toBe(of('f:42'))
  })
  it('is free again after its release, once', () => {
    given(claimed).when(decide.release(claim)).then(released)
    given(claimed, released).when(decide.release(claim)).thenNothing()
    const other: ClaimEvent = {
      type: 'organisation.KeyClaimed',
      data: { ...claim, ownerStream: otherStream },
    }
    given(claimed, released)
      .when(decide.claim({ ...claim, ownerStream: otherStream }))
      .then(other)
  })
  it('is released for its owner alone', () =>
    given(claimed)
      .when(decide.release({ ...claim, ownerStream: otherStream }))
      .thenRejects({ code: 'KEY_NOT_HELD', kind, ownerStream: otherStream }))

  it('alternates Claimed and Released, whoever asks what', () => {
    const ask = fc.record({
      release: fc.boolean(),
      ownerStream: fc.constantFrom(ownerStream, otherStream),
    })
    fc.assert(
      fc.property(fc.array(ask), asks => {
        const events: ClaimEvent[] = []
        for (const { release, ownerStream: owner } of asks) {
          const state = events.reduce(uniqueKey.evolve, uniqueKey.initial)
          const result = (release ? decide.release : decide.claim)({ kind, ownerStream: owner, commandId })(
            state,
          )
          if (E.isRight(result)) events.push(...result.right)
        }
        events.forEach((event, index) =>
          expect(event.type).toBe(index % 2 === 0 ? 'organisation.KeyClaimed' : 'organisation.KeyReleased'),
        )
      }),
    )
  })
})

it('is told by kind and text, whatever the case and the blanks around', () => {
  expect(keyId('login', 'abc')).toBe('login.abc')
  expect(keyText('login', ' Ana@Example.org ')).toBe(keyText('login', 'ana@example.org'))
  expect(keyText('customerCode', 'P1')).not.toBe(keyText('productCode', 'P1'))
  expect(keyText('orderNumber', 'a', 'b')).not.toBe(keyText('orderNumber', 'a b'))
})

it('a history that cannot have happened stops the program', () => {
  expect(() => given(claimed, claimed).state()).toThrow('impossible')
  expect(() => given(released).state()).toThrow('impossible')
})
