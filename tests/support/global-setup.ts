import type { TestProject } from 'vitest/node'
import { builtScreens } from '../../cli/screens/built.ts'
import { startThrowawayServer } from './throwaway-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The maintenance database of the server shared by the whole run. */
    postgresUrl: string
  }
}

/**
 * One PostgreSQL for the whole run, started before the first test file and gone after the last; and the screens built, so
 * that no test of a start waits for that.
 */
const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const [server] = await Promise.all([
    startThrowawayServer({ durable: process.env['TEST_DURABLE'] === '1' }),
    builtScreens({
      say: ({ en }) => {
        process.stdout.write(`${en}\n`)
      },
      signal: new AbortController().signal,
    }),
  ])
  project.provide('postgresUrl', server.url)
  return () => server.stop()
}
export default setup
