import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** What reads, writes or compares days and times. */
const OF_TIME = [
  'tests/core/**/*.test.ts',
  'tests/feed/items.test.ts',
  'tests/sites/content.test.ts',
  'tests/sites/lists.test.ts',
  'tests/sites/pages.test.ts',
  'tests/sites/sources.test.ts',
  'tests/sites/times.test.ts',
  'tests/archive/path.test.ts',
  'tests/archive/record.test.ts',
  'tests/archive/clock.test.ts',
  'tests/e2e/gap.test.ts',
  'tests/e2e/seed.test.ts',
]

/** Long, and of no time of the machine at all. */
const OF_SIZE = ['tests/core/document-size.test.ts', 'tests/core/newsroom-gaps.test.ts', 'tests/core/url.test.ts']

/** The machine's zone never matters: far behind Singapore, with a summer time, and the furthest ahead of all. */
const ZONES = ['America/New_York', 'Pacific/Kiritimati']

const COMMON = { testTimeout: 60_000, hookTimeout: 60_000, setupFiles: ['tests/support/property-seed.ts'] }

export default defineConfig({
  test: {
    // Many tests wait for processes of their own: of two cores both are worth using.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: ['tests/support/build.ts'],
    projects: [
      { test: { ...COMMON, name: 'all', include: ['tests/**/*.test.ts'] } },
      ...ZONES.map((zone) => ({
        test: { ...COMMON, name: zone, include: OF_TIME, exclude: OF_SIZE, env: { TZ: zone } },
      })),
    ],
  },
})
