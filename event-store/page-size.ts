/** Memory that one page of a read may take, as near as the page before it can tell. */
const PAGE_CHARACTERS = 512 * 1024
const FIRST_PAGE = 100

/** Chooses the size of pages so that large events do not make large pages. */
export class PageSize {
  private readonly most: number
  current: number

  constructor(most: number) {
    this.most = Math.max(1, most)
    this.current = Math.min(this.most, FIRST_PAGE)
  }

  /** Told of a page: how many events, and how long their texts were together. */
  learn(events: number, characters: number): void {
    if (events === 0) return
    const fitting = Math.floor((PAGE_CHARACTERS * events) / (characters + 1))
    this.current = Math.max(1, Math.min(this.most, fitting))
  }
}
