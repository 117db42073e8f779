/**
 * What the server is told to wait at most for an append. It is an instant on the client's clock, so that a clock behind
 * the server's by as much fails every append.
 */
export const APPEND_DEADLINE_MS = 30_000

/** How far the clocks of the program and of its server may stand apart: docs/eventstoredb.md, "The server it needs". */
export const CLOCKS_APART_MS_MAX = 30_000

/**
 * When an append that was sent has arrived, or never will, whoever sent it: a server whose clock is behind takes it for so
 * much longer.
 */
export const APPEND_ARRIVES_MS_MAX = APPEND_DEADLINE_MS + CLOCKS_APART_MS_MAX
