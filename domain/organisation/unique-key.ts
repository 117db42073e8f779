import { hash } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { z } from 'zod'
import type { Aggregate, Decision } from '../shared/aggregate.ts'
import { impossible } from '../shared/values.ts'
import { claimEvents, type ClaimEvent, type KeyClaimed, type KeyKind } from './claim.events.ts'

/** A key that only one may hold: stream `uniqueKey-<kind>.<digest of the key>` (PROTOCOL 16). */

type Claim = z.output<typeof KeyClaimed.data>

export type UniqueKey = { readonly status: 'free' } | ({ readonly status: 'claimed' } & Claim)

export type UniqueKeyRejection =
  | { readonly code: 'KEY_TAKEN'; readonly kind: string; readonly ownerStream: string }
  | { readonly code: 'KEY_NOT_HELD'; readonly kind: string; readonly ownerStream: string }

type KeyDecision = Decision<UniqueKey, ClaimEvent, UniqueKeyRejection>

/** Id of the stream of a key, by the digest that names it. */
export const keyId = (kind: KeyKind, digest: string): string => `${kind}.${digest}`

/** Kinds whose inner blanks nobody means: banks print them as they like. */
const BLANKS_MEAN_NOTHING: ReadonlySet<KeyKind> = new Set<KeyKind>(['bankReference'])

/**
 * What is digested of a key: its kind, and its parts in the form that people's blanks and case do not change. The
 * names of streams follow from it: it is fixed for ever (docs/event-shapes.md).
 */
export const keyText = (kind: KeyKind, ...parts: readonly string[]): string => {
  const blanks = BLANKS_MEAN_NOTHING.has(kind) ? /\s+/gu : /^\s+|\s+$/gu
  return [kind, ...parts.map(part => part.normalize('NFKC').replace(blanks, '').toLowerCase())].join('\n')
}

/**
 * The one part of a key `identity`: who somebody is at an identity provider. Case counts there, and in parts of keys it
 * does not: two subjects that differ by it alone are two people. So a digest stands for both.
 */
export const identityPart = (issuer: string, subject: string): string =>
  hash('sha256', `${issuer}\n${subject}`)

export const decide = {
  /** Takes the key for an owner. The owner that holds it already goes on, by the same command or another. */
  claim:
    (claim: Claim): KeyDecision =>
    key => {
      if (key.status === 'free') return E.right([{ type: 'organisation.KeyClaimed', data: claim }])
      return key.ownerStream === claim.ownerStream
        ? E.right([])
        : E.left({ code: 'KEY_TAKEN', kind: claim.kind, ownerStream: key.ownerStream })
    },

  /** Frees the key of an owner that ended. */
  release:
    (claim: Claim): KeyDecision =>
    key => {
      if (key.status === 'free') return E.right([])
      return key.ownerStream === claim.ownerStream
        ? E.right([{ type: 'organisation.KeyReleased', data: claim }])
        : E.left({ code: 'KEY_NOT_HELD', kind: claim.kind, ownerStream: claim.ownerStream })
    },
}

const evolve = (key: UniqueKey, event: ClaimEvent): UniqueKey => {
  switch (event.type) {
    case 'organisation.KeyClaimed':
      return key.status === 'free' ? { status: 'claimed', ...event.data } : impossible('a key claimed twice')
    case 'organisation.KeyReleased':
      return key.status === 'claimed' && key.ownerStream === event.data.ownerStream
        ? { status: 'free' }
        : impossible('a key released by who does not hold it')
  }
}

export const uniqueKey: Aggregate<UniqueKey, ClaimEvent> = {
  category: 'uniqueKey',
  events: claimEvents,
  initial: { status: 'free' },
  evolve,
}
