/**
 * A map of at most `size` entries that forgets what was not used for long. Two generations: what is used is found in
 * the young one or moves there, and when that is full the old one goes as a whole. No use takes a key out and puts it
 * back in the same map: a JavaScript map keeps the places of deleted keys until it grows, and what is used often would
 * be found behind thousands of its own.
 */
export class Lru<V> {
  private readonly generationMax: number
  private young = new Map<string, V>()
  private old = new Map<string, V>()

  constructor(size: number) {
    this.generationMax = Math.ceil(size / 2)
  }

  get(key: string): V | undefined {
    const value = this.young.get(key)
    if (value !== undefined) return value
    const older = this.old.get(key)
    if (older !== undefined) this.set(key, older)
    return older
  }

  /** As `get`, without counting as a use. */
  peek(key: string): V | undefined {
    return this.young.get(key) ?? this.old.get(key)
  }

  set(key: string, value: V): void {
    this.young.set(key, value)
    if (this.young.size < this.generationMax) return
    this.old = this.young
    this.young = new Map()
  }

  delete(key: string): void {
    this.young.delete(key)
    this.old.delete(key)
  }
}
