import { identify } from '../core/identity.ts'
import type { Candidate } from '../core/archive/plan.ts'
import { counted } from '../core/units.ts'
import { storeKept } from './archive-story.ts'
import { emit } from './archive-all.ts'
import { RULES } from './rules.ts'
import type { Run } from './run.ts'

/** Why stories were given up that another version may be able to read. */
const UNREAD = /^(?:unclaimed|empty):/

/**
 * Reads the kept pages again where this version has other rules than the run before, without asking the network: a page
 * that a layout reads now is stored, and forgotten. Stories that were given up unread are due once more.
 */
export async function rereadPages(run: Run): Promise<void> {
  if (run.config.dryRun) return
  const had = new Set<string>()
  let read = 0
  let left = 0
  for await (const page of run.archive.keptPages()) {
    run.io.signal.throwIfAborted()
    const { id, url } = page
    const candidate: Candidate = { id, day: identify(url).day, url, title: null, published: null, html: null, seen: {} }
    const result = await storeKept(candidate, page, run)
    if (result === null) {
      left += 1
      continue
    }
    read += 1
    if (result === 'known' || !('path' in result)) continue
    await emit(result, run)
    had.add(id)
  }
  if (read + left > 0) {
    const still = left === 0 ? '' : `; ${counted(left, 'is', 'are')} still of no known layout`
    run.report.notice(`this version read ${counted(read, 'kept page', 'kept pages')} by a layout${still}`)
  }
  const now = new Date(run.io.now()).toISOString()
  const queue = run.state.queue
    .filter(({ id }) => !had.has(id))
    .map((entry) =>
      entry.nextTry === null && UNREAD.test(entry.reason) ? { ...entry, nextTry: now, tries: 0 } : entry,
    )
  run.state = { ...run.state, queue, rules: RULES }
}
