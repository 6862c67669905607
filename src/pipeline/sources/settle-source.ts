import type { SourceState } from '../../core/archive/state.ts'
import { present } from '../../core/present.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { minuteOf } from '../../core/time.ts'
import { commas, plural, said, t } from '../../words/words.ts'
import type { Run } from '../run.ts'
import { guidsOf } from '../story/names.ts'
import { type Cover, sectionsOf } from './cover.ts'
import { sharedLinks } from './own-address.ts'
import { hasLink, newerBefore, type Poll, remember } from './poll.ts'
import { shownIn } from './vanished.ts'

/** Remembers what a poll showed, and tells the trouble that it is. */
export function settleSource(answer: Poll, cover: Cover, complete: boolean, run: Run): void {
  const { name } = answer.source
  const before = run.state.sources[name]
  const after = afterPoll(answer, before, complete, run)
  const moved = after.permanentUrl === (before?.permanentUrl ?? null) ? null : after.permanentUrl
  if (answer.kind !== 'left') tellSource(answer, cover, moved, run)
  if (!run.config.dryRun) run.remember({ sources: { ...run.state.sources, [name]: after } })
}

/** What is remembered of a source after a poll: what it answered, what its items say, and what pages of this run do. */
function afterPoll(answer: Poll, before: SourceState | undefined, complete: boolean, run: Run): SourceState {
  const after = remember(before, answer, complete, run.io.now())
  if (answer.kind === 'left') return after
  const ofPages = present({ wholeTexts: run.found.wholeTexts.get(answer.source.name) })
  if (answer.kind !== 'items') return { ...after, ...ofPages }
  const shared = sharedLinks(answer.items, before?.shared)
  const guids = guidsOf(answer.items, before?.guids)
  return {
    ...after,
    sections: sectionsOf(answer.items),
    ...(shared.length > 0 ? { shared } : {}),
    ...(Object.keys(guids).length > 0 ? { guids } : {}),
    ...ofPages,
    ...(complete ? { shown: shownIn(answer, run) } : {}),
  }
}

/** Tells that a source fails, is cut off, went back to older stories, leaves out addresses, or `moved` for good, and what of these is well. */
function tellSource(answer: Exclude<Poll, { kind: 'left' }>, cover: Cover, moved: string | null, run: Run): void {
  const { name, url } = answer.source
  const { met, well } = run.found
  const address = printableUrl(url)
  const shown = name.startsWith(address) ? address : `${name}: ${address}`
  const fault = answer.kind === 'failed' ? answer.detail : answer.kind === 'items' ? answer.fault : null
  const [failing, waiting, covered] = [`source ${name}`, `waiting ${name}`, `covered ${name}`]
  // One that waited and then fails otherwise is in another trouble, of which nothing was said yet.
  const missed = answer.kind === 'failed' && answer.waitUntil !== null ? waiting : failing
  if (answer.kind !== 'failed') well.add(failing).add(waiting)
  if (fault === null) well.add(covered)
  else if (answer.kind === 'failed' && !cover.covers(answer)) {
    met.push({ key: missed, line: `${shown}: ${said(fault)}`, manner: 'going-on' })
  } else met.push({ key: covered, line: `${shown}: ${said(fault)}`, manner: 'begin' })
  const linkless = answer.kind === 'items' ? answer.items.filter((item) => !hasLink(item)) : []
  const dropped = `linkless ${name}`
  if (linkless.length > 0) {
    const [first] = linkless
    const left = plural(
      linkless.length,
      t`${linkless.length} item left out for want of an address`,
      t`${linkless.length} items left out for want of an address`,
    )
    const which = first?.title ? [t`the first of them "${first.title}"`] : []
    met.push({ key: dropped, line: `${shown}: ${commas([left, ...which])}`, manner: 'begin' })
  } else if (answer.kind === 'items') well.add(dropped)
  const newest = newerBefore(answer, run.state.sources[name], run.io.now())
  if (newest !== null) {
    const older = t`all that it shows is older than what it showed before, up to ${minuteOf(newest)}: an old copy, or another list`
    met.push({ key: `older ${name}`, line: `${shown}: ${older}`, manner: 'begin' })
  } else if (answer.kind === 'items') well.add(`older ${name}`)
  if (moved !== null) run.report.notice(t`${shown} moved for good to ${moved}; change the configuration`)
}
