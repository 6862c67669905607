import { availableParallelism } from 'node:os'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'

/** What reads, writes or compares days and times. */
const OF_TIME = [
  'tests/core/**/*.test.ts',
  'tests/feed/items.test.ts',
  'tests/sites/content.test.ts',
  'tests/sites/lists.test.ts',
  'tests/sites/pages.test.ts',
  'tests/sites/sources.test.ts',
  'tests/sites/times.test.ts',
  'tests/archive/record.test.ts',
  'tests/archive/clock.test.ts',
  'tests/e2e/gap.test.ts',
  'tests/e2e/seed.test.ts',
]

/** Long, and of no time of the machine at all. */
const OF_SIZE = [
  ...['tests/core/document-size.test.ts', 'tests/core/newsroom-gaps.test.ts', 'tests/core/url.test.ts'],
  ...['tests/core/witness.test.ts', 'tests/core/letters.test.ts'],
]

/** The machine's zone never matters: far behind Singapore, with a summer time, and the furthest ahead of all. */
const ZONES = ['America/New_York', 'Pacific/Kiritimati']

const COMMON = {
  // What hangs ends; what is slow on a busy machine passes.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  setupFiles: ['tests/support/property-seed.ts'],
  // Tests make much that is soon forgotten: with room for it the collector has a tenth less to do.
  execArgv: ['--max-semi-space-size=64'],
  // Tests hold no state of a process that they do not give back: a worker loads the program once.
  isolate: false,
}

/** Packages are those of the published program, not those of developers, which check themselves at each step. */
const AS_PUBLISHED: ViteUserConfig = {
  plugins: [
    {
      name: 'as-published',
      // Conditions of a configuration are added to those for developers.
      configResolved({ ssr, environments }) {
        for (const { resolve } of [ssr, ...Object.values(environments)])
          if (resolve !== undefined) resolve.conditions = ['node']
      },
    },
  ],
}

/** A zone is tried with a part of the cases. */
const FEWER = { PROPERTY_RUNS: String(Number(process.env['PROPERTY_RUNS'] ?? 1) / 4) }

export default defineConfig({
  test: {
    // Many tests wait for a disk, a process or a server: of two cores all are worth using.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // A module is compiled once for all projects, and not again until it changes.
    experimental: { fsModuleCache: true, fsModuleCachePath: 'node_modules/.cache/vitest-modules' },
    globalSetup: ['tests/support/build.ts'],
    sequence: { sequencer: LongestFirst },
    // Of what runs in the tests' own process: the bundles that they start are not counted.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary'],
      reportsDirectory: 'node_modules/.cache/coverage',
    },
    projects: [
      { ...AS_PUBLISHED, test: { ...COMMON, name: 'all', include: ['tests/**/*.test.ts'] } },
      ...ZONES.map((zone) => ({
        ...AS_PUBLISHED,
        test: {
          ...{ ...COMMON, name: zone, include: OF_TIME, exclude: OF_SIZE, env: { TZ: zone, ...FEWER } },
          // Each worker loads the program: one of each zone, side by side, behind all other tests.
          ...{ maxWorkers: 1, sequence: { groupOrder: 1 } },
        },
      })),
    ],
  },
})
