import { defineConfig } from 'vitest/config'

/**
 * Two projects: `npm test` runs `quick`, `npm run test:full` also what takes longer (tests/full).
 * Every test file is in exactly one of them, which tests/house checks; tests/bench holds programs, not tests.
 */
export default defineConfig({
  test: {
    globalSetup: ['tests/support/global-setup.ts'],
    allowOnly: false,
    restoreMocks: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['tests/**/*.spec.ts'],
          exclude: ['tests/full/**', 'tests/bench/**'],
        },
      },
      { extends: true, test: { name: 'full', include: ['tests/full/**/*.spec.ts'], testTimeout: 600_000 } },
    ],
  },
})
