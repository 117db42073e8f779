/** What one process may do besides answering: any number of processes share the work, each role runs in one. */
export const ROLES = ['projections', 'reactions'] as const
export type Role = (typeof ROLES)[number]
