import { Buffer } from 'node:buffer'

const ID_BYTES = 16
const INPUT_BYTES = 8
const SLOT_BYTES = ID_BYTES + INPUT_BYTES
const FIRST_SLOTS = 4_096

/**
 * Under which input each command met so far recorded. A table with open addressing in one buffer of bytes: ids are
 * digests (PROTOCOL 3), so their first bits spread them; of an input the first bits are enough to tell it from another.
 */
export class CommandInputs {
  private table = Buffer.alloc(FIRST_SLOTS * SLOT_BYTES)
  private held = 0
  /** The command asked about, as it stands in the table. */
  private readonly slot = Buffer.alloc(SLOT_BYTES)

  /** Whether the command recorded before under another input. The first one is kept. */
  differs(commandId: string, inputHash: string | undefined): boolean {
    const slot = this.slot.fill(0)
    slot.write(commandId.replaceAll('-', ''), 0, ID_BYTES, 'hex')
    slot.write(inputHash ?? '', ID_BYTES, INPUT_BYTES, 'hex')
    const at = this.placeOf(slot)
    if (!this.isFree(at)) return slot.compare(this.table, at + ID_BYTES, at + SLOT_BYTES, ID_BYTES) !== 0
    slot.copy(this.table, at)
    if (++this.held * 2 > this.table.length / SLOT_BYTES) this.grow()
    return false
  }

  /** Where a command stands, or would stand. */
  private placeOf(slot: Buffer): number {
    const slots = this.table.length / SLOT_BYTES
    for (let n = slot.readUInt32LE() % slots; ; n = (n + 1) % slots) {
      const at = n * SLOT_BYTES
      if (this.isFree(at) || slot.compare(this.table, at, at + ID_BYTES, 0, ID_BYTES) === 0) return at
    }
  }

  /** The byte that holds an id's version is never zero. */
  private isFree(at: number): boolean {
    return this.table[at + 6] === 0
  }

  private grow(): void {
    const before = this.table
    this.table = Buffer.alloc(before.length * 2)
    for (let at = 0; at < before.length; at += SLOT_BYTES)
      if (before[at + 6] !== 0)
        before.copy(this.table, this.placeOf(before.subarray(at, at + SLOT_BYTES)), at, at + SLOT_BYTES)
  }
}
