/**
 * A set of texts that may answer "yes" wrongly (about 1 in 100 when full as planned) and never "no" wrongly: which
 * rows were written out, without keeping their keys in memory.
 */
export class BloomFilter {
  private readonly bits: Uint32Array
  private readonly mask: number

  /** @param bitsLog2 size: 2^23 bits are 1 MiB and hold 870,000 texts */
  constructor(bitsLog2 = 23) {
    this.bits = new Uint32Array(2 ** (bitsLog2 - 5))
    this.mask = 2 ** bitsLog2 - 1
  }

  add(text: string): void {
    this.each(text, (word, bit) => {
      this.bits[word] = (this.bits[word] ?? 0) | bit
      return true
    })
  }

  mayHave(text: string): boolean {
    return this.each(text, (word, bit) => ((this.bits[word] ?? 0) & bit) !== 0)
  }

  /** Six places from two hashes (Kirsch and Mitzenmacher); ends at the first `false`. */
  private each(text: string, visit: (word: number, bit: number) => boolean): boolean {
    const hash = hashOf(text)
    const step = mixed(hash ^ 0x9e3779b9) | 1
    for (let i = 0; i < 6; i++) {
      const place = (hash + Math.imul(i, step)) & this.mask
      if (!visit(place >>> 5, 1 << (place & 31))) return false
    }
    return true
  }
}

/** FNV over pairs of characters, well stirred. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 2)
    hash = Math.imul(hash ^ (text.charCodeAt(i) + (text.charCodeAt(i + 1) << 16)), 0x01000193)
  return mixed(hash)
}

/** The last steps of MurmurHash3: every bit of the hash depends on every bit of what went in. */
const mixed = (hash: number): number => {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
