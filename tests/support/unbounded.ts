/** Requests in a minute, where a test or a benchmark plays a whole company from one address. */
export const REQUESTS_UNBOUNDED = 100_000_000
