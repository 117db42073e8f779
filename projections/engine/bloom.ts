/** Bits that one text sets. */
const PLACES = 6

/**
 * A set of texts that may answer "yes" wrongly (about 1 in 100 when full as planned) and never "no" wrongly: which
 * rows were written out, without keeping their keys in memory.
 */
export class BloomFilter {
  private readonly bits: Uint32Array
  private readonly mask: number
  private first = 0
  private second = 0

  /** @param bitsLog2 size: 2^23 bits are 1 MiB and hold 870,000 texts */
  constructor(bitsLog2 = 23) {
    this.bits = new Uint32Array(2 ** (bitsLog2 - 5))
    this.mask = 2 ** bitsLog2 - 1
  }

  add(text: string): void {
    this.hash(text)
    for (let i = 0; i < PLACES; i++) {
      const place = this.placeOf(i)
      this.bits[place >>> 5] = (this.bits[place >>> 5] as number) | (1 << (place & 31))
    }
  }

  mayHave(text: string): boolean {
    this.hash(text)
    for (let i = 0; i < PLACES; i++) {
      const place = this.placeOf(i)
      if (((this.bits[place >>> 5] as number) & (1 << (place & 31))) === 0) return false
    }
    return true
  }

  /** Each place from two hashes (Kirsch and Mitzenmacher). */
  private placeOf(i: number): number {
    return (this.first + Math.imul(i, this.second)) & this.mask
  }

  /** FNV, every other character in a hash of its own: two texts share their places only where both agree. */
  private hash(text: string): void {
    let first = 0x811c9dc5
    let second = 0x01000193
    for (let i = 0; i < text.length; i += 2) {
      first = Math.imul(first ^ text.charCodeAt(i), 0x01000193)
      second = Math.imul(second ^ text.charCodeAt(i + 1), 0x85ebca6b)
    }
    this.first = stirred(first ^ (second << 7))
    this.second = stirred(second) | 1
  }
}

/** The last steps of MurmurHash3: every bit depends on every bit of what went in. */
const stirred = (hash: number): number => {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
