import type { EventStore } from '../../event-store/port.ts'

/**
 * What an adapter gives so that the contract can be held against it: an empty store of its own, handles on it as
 * different processes would have them, and hands on the wire between.
 */
export interface StoreUnderTest {
  /** A handle of its own, straight to the server. The contract closes it. */
  open(): Promise<EventStore>
  /** A handle over a wire that can be cut. The contract closes it. */
  openOverWire(): Promise<EventStore>
  readonly wire: Wire
  /** How a process of its own opens the same store: a module exporting `openStore(descriptor)`. */
  readonly elsewhere: { readonly module: string; readonly descriptor: string }
  /** Ends every connection from the server's side, as its administrator can. */
  throwOut(): Promise<void>
  /** What clients hold on the server now. */
  held(): Promise<Held>
  dispose(): Promise<void>
}

export interface Wire {
  cut(): void
  /** Requests pass, answers are lost. */
  mute(): void
  mend(): void
}

export interface Held {
  readonly connections: number
  /** Transactions, cursors, calls that are open while nobody asks for anything. */
  readonly unfinished: number
}

/** What a module named by `elsewhere` exports. */
export interface StoreModule {
  readonly openStore: (descriptor: string) => Promise<EventStore>
}
