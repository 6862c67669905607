import { judgePages, NO_PAGES, type PagesRead } from '../core/archive/new-pages.ts'
import { inVainAfter, NEW_PAGES, pagesNewSince, tellTroubles } from '../core/archive/trouble.ts'
import { SEE_PROBE } from '../core/extraction.ts'
import { printableUrl } from '../core/text/printable.ts'
import { isoTime, minuteOf } from '../core/time.ts'
import { MAX_REFUSALS } from '../edge/http/limits.ts'
import { DEFAULT_PUBLISHER } from '../sites/publishers.ts'
import { siteAt } from './candidate.ts'
import { ofAny } from './report.ts'
import type { Run } from './run.ts'
import { type Message, clauses, commas, message, plural, said, t } from '../words/words.ts'

/** The key of the trouble that a site refuses everything. */
function refusing(site: string): string {
  return `refusing ${site}`
}

/** The key of the trouble that a site asks for pauses. */
function pausing(site: string): string {
  return `pausing ${site}`
}

/** True where earlier runs found that the site of a story refuses everything. */
export function isRefusing(url: string, run: Run): boolean {
  return run.state.troubles?.some(({ key, runs }) => key === refusing(siteAt(url)) && runs > 0) === true
}

/** A story was not asked for, and waits for the next run. */
export function postpone(url: string, why: Message, { found }: Run): void {
  countTold(url, { why }, found.sites.postponed)
}

/** A story waits until `until` (ms), since its site asked for a pause. */
export function pause(url: string, until: number, { found }: Run): void {
  countTold(url, { until }, found.sites.pauses)
}

/** Counts a story with those of its site, of which that is told which is told of it. */
function countTold<T>(url: string, told: T, bySite: Map<string, T & { stories: number }>): void {
  const site = siteAt(url)
  bySite.set(site, { ...told, stories: (bySite.get(site)?.stories ?? 0) + 1 })
}

/** A story was had. */
export function had(url: string, run: Run): void {
  const site = siteAt(url)
  run.found.well.add(refusing(site)).add(pausing(site))
  run.found.sites.challenges.delete(site)
}

/** True where this run had a story of the same site. */
export function hasAnswered(url: string, run: Run): boolean {
  return run.found.well.has(pausing(siteAt(url)))
}

/** Why a story's page is not asked for, its site answering all by a challenge; `null` when it may be. */
export function challengeOf(url: string, run: Run): Message | null {
  const site = siteAt(url)
  if ((run.found.sites.challenges.get(site) ?? 0) < MAX_REFUSALS) return null
  return message`${site} answered ${MAX_REFUSALS} pages in a row by a challenge and is left alone until the next run`
}

/** Counts a story with those of its site. */
export function count(url: string, bySite: Map<string, number>): void {
  const site = siteAt(url)
  bySite.set(site, (bySite.get(site) ?? 0) + 1)
}

/**
 * Says that a story failed; with `--quiet`, not of a site of which it was said that it refuses all, or is to be: nothing was had
 * of it since another story failed. `isDenied`: no page of it was to be had, as it may be of all.
 */
export function sayFailed(url: string, line: string, isDenied: boolean, run: Run): void {
  const site = siteAt(url)
  const isOneOfMany = isRefusing(url, run) || (isDenied && (run.state.inVain?.[site] ?? 0) > 0)
  if (run.config.quiet && isOneOfMany) run.found.sites.heldBack.push({ site, line })
  else run.report.problem(line)
}

/** The troubles of sites that refused everything that was asked of them. */
function refusals({ found, state, config }: Run, inVain: Readonly<Record<string, number>>): Map<string, string> {
  const lines = new Map<string, string>()
  // Stories that come one at a time never make three in a row: where nobody reads along, they are counted over runs. One page
  // alone may be broken for its own part.
  for (const [site, stories] of config.quiet ? found.sites.denied : []) {
    if (found.well.has(refusing(site)) || (inVain[site] ?? 0) < 2) continue
    lines.set(
      site,
      plural(
        stories,
        t`${site} refuses: ${stories} new story asked for in vain`,
        t`${site} refuses: ${stories} new stories asked for in vain`,
      ),
    )
  }
  for (const { key, runs } of state.troubles ?? []) {
    const site = key.replace(/^refusing /, '')
    const stories = found.sites.failed.get(site) ?? 0
    if (site === key || runs === 0 || stories === 0 || found.well.has(key)) continue
    lines.set(
      site,
      plural(
        stories,
        t`${site} refuses still: ${stories} story tried in vain`,
        t`${site} refuses still: ${stories} stories tried in vain`,
      ),
    )
  }
  for (const [site, { why, stories }] of found.sites.postponed) {
    lines.set(
      site,
      plural(
        stories,
        t`${why}: ${stories} story waits for the next run`,
        t`${why}: ${stories} stories wait for the next run`,
      ),
    )
  }
  return lines
}

/** Says why a story's text may not be whole; with `--quiet` not of each, once it was said of all. */
export function sayDoubt(url: string, doubt: Message, run: Run): void {
  if (run.config.quiet && pagesNewSince(run.state.troubles) !== null) run.report.detail(said(doubt))
  else run.report.problem(`${printableUrl(url)}: ${said(doubt)}`)
}

/** Finds out whether the paper's pages look new, by those of this run and of the runs before it. */
function lookAtPages(run: Run, before: PagesRead): PagesRead {
  const { judged, pages } = judgePages(before, run.found.pages, pagesNewSince(run.state.troubles) !== null)
  if (judged === 'well') run.found.well.add(NEW_PAGES)
  if (judged !== 'new') return pages
  const { known, generic, doubtful, unread } = pages
  const all = known + generic + doubtful + unread
  const others = ofAny([
    [doubtful, t`${doubtful} in doubt`],
    [unread, t`${unread} not at all`],
  ])
  const read = plural(
    generic,
    t`${generic} of ${all} was read without a layout`,
    t`${generic} of ${all} were read without a layout`,
  )
  const how = commas([read, ...others])
  const line = clauses([
    t`${DEFAULT_PUBLISHER.title}'s pages look new: ${how}`,
    t`they are kept, a later version reads them again`,
    said(SEE_PROBE),
  ])
  run.found.met.push({ key: NEW_PAGES, line, manner: 'going-on' })
  return pages
}

/** Says what is to be said of troubles. `remember`: what later runs are to know of them. */
export function settleTroubles(run: Run, remember: boolean): void {
  const { met, well, sites } = run.found
  const pages = lookAtPages(run, remember ? (run.state.pages ?? NO_PAGES) : NO_PAGES)
  const inVain = inVainAfter(run.state.inVain, sites.denied, (site) => well.has(refusing(site)))
  const refused = refusals(run, inVain)
  for (const [site, line] of refused) {
    met.push({ key: refusing(site), line, manner: 'going-on' })
    well.delete(refusing(site))
  }
  // Without --quiet the summary says it.
  for (const [site, { until, stories }] of run.config.quiet ? sites.pauses : []) {
    const minute = minuteOf(isoTime(until))
    const line = plural(
      stories,
      t`${site} said to wait until ${minute}: ${stories} story waits`,
      t`${site} said to wait until ${minute}: ${stories} stories wait`,
    )
    met.push({ key: pausing(site), line, manner: 'going-on' })
  }
  for (const { site, line } of sites.heldBack) if (!refused.has(site)) run.report.problem(line)
  const before = remember ? (run.state.troubles ?? []) : []
  const loud = !run.config.quiet || !remember
  const { troubles, lines } = tellTroubles(before, { met, well, nowMs: run.io.now(), loud })
  for (const line of lines) run.report.problem(line)
  if (remember && !run.config.dryRun) run.remember({ troubles, pages, inVain })
}
