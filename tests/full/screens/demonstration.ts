import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openProgram } from '../../../cli/composition.ts'
import { demonstrate, demonstrationLog } from '../../../cli/demonstration.ts'
import { builtScreens } from '../../../cli/screens/built.ts'
import { serve } from '../../../cli/serve.ts'
import { demonstrationUsers } from '../../../integrations/demonstration/company.ts'
import { REQUESTS_UNBOUNDED } from '../../support/unbounded.ts'

/** The whole program with its demonstration and its screens, as `npm start` opens it. */

export interface Demonstration {
  readonly address: string
  /** Stops answering, and answers again at the same address: what a restart looks like from a browser. */
  readonly goAway: () => Promise<void>
  readonly comeBack: () => Promise<void>
  readonly close: () => Promise<void>
}

const noProgress = { advance: () => undefined, to: () => undefined, end: () => undefined }

/** @param eventStoreUrl where the log is, if it is not in the database */
export const openDemonstration = async (
  databaseUrl: string,
  eventStoreUrl?: string,
): Promise<Demonstration> => {
  const folder = await mkdtemp(join(tmpdir(), 'grandlivre-screens-'))
  const said: string[] = []
  const context = {
    say: ({ en }: { readonly en: string }) => void said.push(en),
    signal: new AbortController().signal,
  }
  const program = await openProgram({
    databaseUrl,
    eventStoreUrl,
    masterKeyFile: join(folder, 'master.key'),
    create: demonstrationLog(),
    roles: ['projections', 'reactions'],
    sandboxTime: 'still',
    onFault: () => undefined,
  })
  const [screens] = await Promise.all([
    builtScreens(context),
    demonstrate({ progress: () => noProgress }, program),
  ])
  if (screens === undefined) throw new Error(said.join(' '))
  program.clock.goWithMachine()
  const open = (port: number) =>
    serve(program, {
      port,
      logging: { level: 'silent' },
      screens,
      demonstration: demonstrationUsers,
      requestsPerMinuteMax: REQUESTS_UNBOUNDED,
    })
  let serving = await open(0)
  const { address } = serving
  return {
    address,
    goAway: () => serving.close(),
    comeBack: async () => {
      serving = await open(Number(new URL(address).port))
    },
    close: async () => {
      await serving.close()
      await program.close()
      await rm(folder, { recursive: true })
    },
  }
}
