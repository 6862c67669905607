import { join } from 'node:path'
import { fetch } from '../../src/commands/fetch.ts'
import { configOf, testIo } from './io.ts'
import type { Site } from './site.ts'

/** One `fetch` of a site's `/feed.xml` into `archive/` below `home`, at a time of the clock (ms). */
export async function fetchAt(
  nowMs: number,
  { site, home }: { site: Pick<Site, 'server'>; home: { path: string } },
  { dryRun = false, ...flags }: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Promise<{ code: number; out: string; err: string }> {
  const io = { ...testIo(home.path), now: () => nowMs, ...more }
  const feed = [`${site.server.origin}/feed.xml`]
  const given = { archive: join(home.path, 'archive'), feed, allowPrivate: true, rate: '1000/s', ...flags }
  const code = await fetch({ ...(await configOf(given, home.path)), dryRun: dryRun === true }, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}
