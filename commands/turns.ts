/** Lets those who want the same thing take turns, in the order they came; others do not wait for them. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>()

  take<T>(what: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(what) ?? Promise.resolve()
    const result = before.then(work)
    const settled = result.catch(() => undefined)
    this.last.set(what, settled)
    void settled.then(() => {
      if (this.last.get(what) === settled) this.last.delete(what)
    })
    return result
  }
}
