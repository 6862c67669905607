import type { Gap } from '../../core/archive/gap.ts'
import { wordOf } from '../../core/archive/list-places.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { CHINESE_ZONE, dayIn, isoTime, minuteOf } from '../../core/time.ts'
import { isListed } from '../candidate.ts'
import type { Run } from '../run.ts'
import { message, said, t } from '../../words/words.ts'
import { merge, type Poll } from './poll.ts'

const HOUR_MS = 3_600_000

/**
 * The gaps of sources whose stories no list or sitemap names by their days: all that such a one shows now came after it was last read,
 * so that others may have come and gone. Each is said, once for its days.
 */
export function findLost(polls: readonly Poll[], run: Run): Gap[] {
  return polls.flatMap((poll) => {
    const lost = lostOf(poll, run)
    if (lost === null) return []
    const { gap, missing } = lost
    const isKnown = run.state.gaps.some(
      (known) => known.lost === true && known.source === gap.source && known.from <= gap.from && known.to >= gap.to,
    )
    if (!isKnown) run.report.problem(`${gap.source}: ${missing}`)
    return [gap]
  })
}

/** What a source lost, and a line that says so; `null` where it lost nothing, or nothing is known of it. */
function lostOf(poll: Poll, run: Run): { gap: Gap; missing: string } | null {
  if (poll.kind !== 'items' || poll.window === undefined) return null
  const { source, window, permanentUrl } = poll
  const before = run.state.sources[source.name]
  // Of another address it may be another feed.
  if (!before?.newest || before.url !== printableUrl(source.url)) return null
  if (permanentUrl !== null && printableUrl(permanentUrl) !== before.permanentUrl) return null
  const { newest, lastOk, shown } = before
  // What was there by then and not shown yet was late, and is no sign of others.
  const since = lastOk !== null && lastOk > newest ? lastOk : newest
  if (window.oldest <= since) return null
  const candidates = merge([poll])
  const isLookedUp = candidates.filter((one) => isListed(one) && one.day !== null).length * 2 > candidates.length
  const isOldestKnown = candidates.some((one) => one.published === window.oldest && shown?.includes(wordOf(one)))
  if (isLookedUp || isOldestKnown) return null
  const hours = Math.max(1, Math.round((Date.parse(window.newest) - Date.parse(window.oldest)) / HOUR_MS))
  const reason = message`what it shows reaches back ${hours} h; poll it more often; backfill takes addresses of what is missing, or captures`
  const [from, to] = [minuteOf(since), minuteOf(window.oldest)]
  const gap: Gap = {
    source: source.name,
    origin: new URL(source.url).origin,
    sections: [],
    from: dayIn(CHINESE_ZONE, Date.parse(since)),
    to: dayIn(CHINESE_ZONE, Date.parse(window.oldest)),
    noticed: isoTime(run.io.now()),
    lastTried: null,
    reason,
    lost: true,
  }
  return { gap, missing: t`stories may be missing, from ${from} to ${to}: ${said(reason)}` }
}
