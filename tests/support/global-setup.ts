import type { TestProject } from 'vitest/node'
import { startThrowawayServer } from './throwaway-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The maintenance database of the server shared by the whole run. */
    postgresUrl: string
  }
}

/** One PostgreSQL for the whole run, started before the first test file and gone after the last. */
const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startThrowawayServer({ durable: process.env['TEST_DURABLE'] === '1' })
  project.provide('postgresUrl', server.url)
  return () => server.stop()
}
export default setup
