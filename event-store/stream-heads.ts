import { Buffer } from 'node:buffer'
import type { ChainState } from './chain.ts'

const HASH_BYTES = 32
const FIRST_STREAMS = 1_024

/**
 * The last revision and hash of every stream met so far. Hashes lie in one buffer of bytes: a text cut out of the
 * metadata would keep all of it in memory, ten times what is needed.
 */
export class StreamHeads {
  private readonly slots = new Map<string, number>()
  private revisions = new Int32Array(FIRST_STREAMS)
  private hashes = Buffer.alloc(FIRST_STREAMS * HASH_BYTES)

  get(stream: string): ChainState | undefined {
    const slot = this.slots.get(stream)
    if (slot === undefined) return undefined
    const hash = this.hashes.toString('hex', slot * HASH_BYTES, (slot + 1) * HASH_BYTES)
    return { revision: this.revisions[slot] as number, hash }
  }

  set(stream: string, { revision, hash }: ChainState): void {
    const slot = this.slots.get(stream) ?? this.add(stream)
    this.revisions[slot] = revision
    this.hashes.write(hash, slot * HASH_BYTES, 'hex')
  }

  private add(stream: string): number {
    const slot = this.slots.size
    this.slots.set(stream, slot)
    if (slot === this.revisions.length) this.grow()
    return slot
  }

  private grow(): void {
    const revisions = new Int32Array(this.revisions.length * 2)
    revisions.set(this.revisions)
    this.revisions = revisions
    this.hashes = Buffer.concat([this.hashes, Buffer.alloc(this.hashes.length)])
  }
}
