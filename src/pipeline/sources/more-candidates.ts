import { fromOf } from '../../core/document/document.ts'
import { idOfPath } from '../../core/archive/path.ts'
import type { Candidate } from '../../core/archive/plan.ts'
import { due, NO_SOURCE } from '../../core/archive/queue.ts'
import { CHINESE_ZONE, DAY_MS, dayIn } from '../../core/time.ts'
import { candidateAt, declaredOf } from '../candidate.ts'
import { entryOfSite } from '../configured/sources.ts'
import type { Run } from '../run.ts'
import { underTheirNames } from '../story/names.ts'
import { readStored, seeVerify, storiesOf } from '../records/look-up.ts'
import { wordsOf } from '../../words/error.ts'

/** Candidates of the queue whose time has come and that no source named now. */
export function dueCandidates(run: Run, named: readonly Candidate[]): Candidate[] {
  const ids = new Set(named.map(({ id }) => id))
  return due(underTheirNames(run.state.queue, run), run.io.now())
    .filter(({ id }) => !ids.has(id))
    .map(({ id, day, url, title, published, html, source, ...more }) => {
      const by = source === NO_SOURCE ? {} : { source }
      return candidateAt(url, { id, day, title, published, html, ...by, ...declaredOf(more) })
    })
}

/**
 * Archived stories that are young enough to be read again, and that no source named now; of a site of whose feeds the texts alone
 * are taken there are none.
 */
export async function recheckCandidates(run: Run, named: readonly Candidate[]): Promise<Candidate[]> {
  const age = run.config.recheck
  if (age === undefined) return []
  const ids = new Set(named.map(({ id }) => id))
  // A story's day may lie behind its time of publication by a day.
  const since = dayIn(CHINESE_ZONE, run.io.now() - age - DAY_MS)
  // By a clock that is far behind every story would be young.
  const until = dayIn(CHINESE_ZONE, run.io.now() + DAY_MS)
  const candidates: Candidate[] = []
  for (const day of (await run.archive.days()).filter((one) => one >= since && one <= until)) {
    for (const path of await storiesOf(day, run)) {
      if (ids.has(idOfPath(path) ?? '')) continue
      const candidate = await archivedCandidate(path, run)
      if (candidate === null || ids.has(candidate.id)) continue
      if (entryOfSite(candidate.url, run.config).pages === false) continue
      // A story may have two files, until one is made of them.
      ids.add(candidate.id)
      candidates.push(candidate)
    }
  }
  return candidates
}

async function archivedCandidate(path: string, run: Run): Promise<Candidate | null> {
  try {
    return candidateAt(fromOf(await readStored(path, run.archive)))
  } catch (error) {
    run.report.problem(seeVerify(path, wordsOf(error), run))
    return null
  }
}
