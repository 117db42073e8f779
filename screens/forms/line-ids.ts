import { useState } from 'react'
import { newId } from './ids.ts'

/** Lines change their places: what is typed into one of them, or comes late for it, stays with it all the same. */
export class LineIds {
  private ids: readonly string[] = []
  private readonly make: () => string

  constructor(make: () => string) {
    this.make = make
  }

  /** There are so many lines now: those at the end are new, or gone. */
  fit(count: number): this {
    this.ids = Array.from({ length: count }, (_, row) => this.ids[row] ?? this.make())
    return this
  }

  of(row: number): string {
    return this.ids[row] ?? ''
  }

  /** Minus one once the line is removed. */
  rowOf(id: string): number {
    return this.ids.indexOf(id)
  }

  /** @returns where it was */
  remove(id: string): number {
    const row = this.rowOf(id)
    this.ids = this.ids.filter(known => known !== id)
    return row
  }
}

/** Identities of the lines of a grid. */
export const useLineIds = (count: number): LineIds => useState(() => new LineIds(newId))[0].fit(count)
