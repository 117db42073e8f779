/**
 * A part of a `with` that must be joined once: the commit of the statement does not wait for the disk. For what is made
 * again from the log after a crash of the server, and never for the log.
 */
export const QUICK_COMMIT = `quick_commit as materialized (select set_config('synchronous_commit', 'off', true))`
