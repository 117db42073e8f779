/**
 * Lettering of a third party's account, derived from allocations (DESIGN §4): documents that settle each other to the
 * cent bear one code. Codes are given in the order of the log and never again: one that an allocation taken back has
 * undone is not given to others.
 */

/** Something that is owed. Minor units, owed to us positive, owed by us negative. */
export interface OpenedDocument {
  readonly documentId: string
  readonly amount: bigint
}

/** An allocation as it happened, or how it was taken back. */
export interface AllocationStep {
  readonly allocationId: string
  readonly sourceId: string
  readonly settlements: readonly { readonly documentId: string; readonly amount: bigint }[]
  readonly kind: 'allocated' | 'reversed'
}

const LETTERS = 26
const FIRST_LETTER = 'A'.charCodeAt(0)

/** A, B … Z, AA, AB …: as accountants letter. @param count from 0 */
export const letterOf = (count: number): string => {
  const last = String.fromCharCode(FIRST_LETTER + (count % LETTERS))
  return count < LETTERS ? last : letterOf(Math.floor(count / LETTERS) - 1) + last
}

/** The account as it stands after some steps. */
class Account {
  readonly codes = new Map<string, string>()
  private readonly left: Map<string, bigint>
  private readonly taken = new Map<string, AllocationStep>()
  /** Allocations in force, by the documents that they join. */
  private readonly joining = new Map<string, Set<string>>()
  private given = 0

  constructor(documents: readonly OpenedDocument[]) {
    this.left = new Map(documents.map(({ documentId, amount }) => [documentId, amount]))
  }

  take(step: AllocationStep): void {
    const joined = documentsOf(step)
    if (step.kind === 'reversed')
      for (const documentId of this.groupOf(step.sourceId)) this.codes.delete(documentId)
    this.move(step)
    const done = new Set<string>()
    for (const documentId of joined) {
      if (done.has(documentId)) continue
      const group = this.groupOf(documentId)
      for (const member of group) done.add(member)
      if (group.size > 1 && this.isSettled(group)) this.letter(group)
    }
  }

  private move({ allocationId, sourceId, settlements, kind }: AllocationStep): void {
    const sign = kind === 'allocated' ? 1n : -1n
    const step = { allocationId, sourceId, settlements, kind }
    for (const { documentId, amount } of settlements) {
      this.change(documentId, -sign * amount)
      this.change(sourceId, sign * amount)
    }
    for (const documentId of documentsOf(step)) {
      const joining = this.joining.get(documentId) ?? new Set()
      if (kind === 'allocated') joining.add(allocationId)
      else joining.delete(allocationId)
      this.joining.set(documentId, joining)
    }
    this.taken.set(allocationId, step)
  }

  private change(documentId: string, by: bigint): void {
    this.left.set(documentId, (this.left.get(documentId) ?? 0n) + by)
  }

  /** The documents that allocations join with this one, directly or by others. */
  private groupOf(documentId: string): ReadonlySet<string> {
    const group = new Set([documentId])
    // A set is walked through in the order in which it grows.
    for (const member of group)
      for (const allocationId of this.joining.get(member) ?? []) {
        const step = this.taken.get(allocationId)
        for (const other of step ? documentsOf(step) : []) group.add(other)
      }
    return group
  }

  private isSettled(group: ReadonlySet<string>): boolean {
    return [...group].every(documentId => this.left.get(documentId) === 0n)
  }

  private letter(group: ReadonlySet<string>): void {
    const code = letterOf(this.given++)
    for (const documentId of group) this.codes.set(documentId, code)
  }
}

const documentsOf = ({ sourceId, settlements }: AllocationStep): readonly string[] => [
  sourceId,
  ...settlements.map(({ documentId }) => documentId),
]

/**
 * The code of every document that is lettered.
 * @param steps of one third party, in the order of the log
 */
export const lettering = (
  documents: readonly OpenedDocument[],
  steps: readonly AllocationStep[],
): ReadonlyMap<string, string> => {
  const account = new Account(documents)
  for (const step of steps) account.take(step)
  return account.codes
}
