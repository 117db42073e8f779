import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/** Stories first: they take longest, and what begins last should be short, or one core waits for the other. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isStory = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/tests/stories/')
    return [...sorted.filter(isStory), ...sorted.filter(file => !isStory(file))]
  }
}

/**
 * Two projects: `npm test` runs `quick`, `npm run test:full` also what takes longer (tests/full).
 * Every test file is in exactly one of them, which tests/house checks; tests/bench holds programs, not tests.
 */
export default defineConfig({
  test: {
    globalSetup: ['tests/support/global-setup.ts'],
    allowOnly: false,
    restoreMocks: true,
    // What never ends is given up; how long it takes on a slow or busy machine is nothing that a test tells.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['tests/**/*.spec.ts'],
          exclude: ['tests/full/**', 'tests/bench/**'],
          // Files share the modules of their worker: loading them anew for each file was a third of the run. Mocks are
          // taken back after each test, and modules of the program keep no state of their own but one: which store of
          // the process has the batch lane (event-store/eventstoredb). A store gives it back when it is closed, so a
          // test closes each store it opens; whoever forgets it makes the next file's stores append call by call.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'full',
          include: ['tests/full/**/*.spec.ts'],
          testTimeout: 600_000,
          // What a browser shows is asked until it shows it: as long as a locator waits.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
})
