import { windowOf } from '../../core/archive/feed-window.ts'
import { type Gap, joinGaps } from '../../core/archive/gap.ts'
import { wordOf } from '../../core/archive/list-places.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { CHINESE_ZONE, DAY_MS, dayIn, HOUR_MS, isoTime, minuteOf } from '../../core/time.ts'
import { isListed } from '../candidate.ts'
import type { Run } from '../run.ts'
import { message, said, t } from '../../words/words.ts'
import { merge, type Poll } from './poll.ts'

const WEEK_MS = 7 * DAY_MS

/**
 * The gaps of sources whose stories no list or sitemap names by their days: all that such a one shows now came after it was last read,
 * so that others may have come and gone. Each is said when it begins, and once a week while it goes on; one before which new stories
 * were followed again is another.
 */
export function findLost(polls: readonly Poll[], run: Run): Gap[] {
  return polls.flatMap((poll) => {
    const lost = lostOf(poll, polls, run)
    if (lost === null) return []
    const { gap, missing } = lost
    const known = run.state.gaps.find((one) => joinGaps([one, gap]).length === 1)
    const weeksTo = (day: string): number => Math.floor((Date.parse(day) - Date.parse(known?.from ?? day)) / WEEK_MS)
    const newest = run.state.sources[gap.source]?.newest ?? ''
    const isNew = known === undefined || (known.newest !== undefined && newest > known.newest)
    if (isNew || weeksTo(gap.to) > weeksTo(known.to)) run.report.problem(`${gap.source}: ${missing}`)
    return [gap]
  })
}

/** What a source lost, and a line that says so; `null` where it lost nothing, or nothing is known of it. */
function lostOf(poll: Poll, polls: readonly Poll[], run: Run): { gap: Gap; missing: string } | null {
  if (poll.kind !== 'items' || poll.window === undefined) return null
  const { source, permanentUrl } = poll
  const before = run.state.sources[source.name]
  // Of another address it may be another feed.
  if (!before?.lastOk || before.url !== printableUrl(source.url)) return null
  if ((permanentUrl && printableUrl(permanentUrl)) !== before.permanentUrl) return null
  const newest = before.newest ?? ''
  // What was there by then and not shown yet was late, and is no sign of others.
  const since = before.lastOk > newest ? before.lastOk : newest
  const [first = '', second = ''] = poll.window
  if (second <= since) return null
  const candidates = merge([poll])
  const isLookedUp = candidates.filter((one) => isListed(one) && one.day !== null).length * 2 > candidates.length
  const wasShown = (time: string): boolean =>
    candidates.some((one) => one.published === time && before.shown?.includes(wordOf(one)))
  // One alone of before, older than another that is gone, is pinned.
  const isPinned = first < newest && wasShown(first)
  const window = isPinned ? windowOf(poll.window.slice(1)) : poll.window
  const [oldest = '', latest = oldest] = [window?.[0], window?.at(-1)]
  if (isLookedUp || oldest <= since) return null
  // A feed that tells what it showed as new tells its times anew, or shows edits.
  const followed = candidates.flatMap(({ published }) => published ?? []).filter((time) => time >= oldest)
  if (wasShown(followed.toSorted()[0] ?? '') || isShownByOthers(poll, polls, since)) return null
  const hours = Math.max(1, Math.round((Date.parse(latest) - Date.parse(oldest)) / HOUR_MS))
  const reason = message`what it shows reaches back ${hours} h; poll it more often; backfill takes addresses of what is missing, or captures`
  const [from, to] = [minuteOf(since), minuteOf(oldest)]
  const gap: Gap = {
    source: source.name,
    origin: new URL(source.url).origin,
    sections: [],
    from: dayIn(CHINESE_ZONE, Date.parse(since)),
    to: dayIn(CHINESE_ZONE, Date.parse(oldest)),
    noticed: isoTime(run.io.now()),
    lastTried: null,
    reason,
    lost: true,
    newest: latest,
  }
  return { gap, missing: t`stories may be missing, from ${from} to ${to}: ${said(reason)}` }
}

/** True where all that a source shows stands in others, too, that reach back: they show what it does not any more. */
function isShownByOthers(poll: Poll, polls: readonly Poll[], since: string): boolean {
  const reachesBack = (one: Poll): boolean => one.kind === 'items' && one.window !== undefined && one.window[0]! < since
  const ids = new Set(merge(polls.filter((one) => one !== poll && reachesBack(one))).map(({ id }) => id))
  const own = merge([poll])
  return own.length > 0 && own.every(({ id }) => ids.has(id))
}
