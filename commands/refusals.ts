/** A command that was not carried out: never its payload (PROTOCOL 18). */
export interface Refusal {
  readonly actor: string
  readonly command: string
  readonly code: string
  readonly commandId: string
  /** Stream it was about, where there is one. */
  readonly subject?: string | undefined
}

export interface RefusalCounter {
  refused(refusal: Refusal): void
}
