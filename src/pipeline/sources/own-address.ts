import { isApart } from '../../core/feed/apart.ts'
import { withGuid, withoutGuid } from '../../core/identity.ts'
import type { Item } from '../../core/model.ts'
import { fingerprint, guidMark, withoutMark } from '../../core/archive/plan.ts'
import { formerIds, identify, storyId } from '../../sites/publishers.ts'
import { hasPage } from '../candidate.ts'
import { forgetName, idByName, isShownAs, isTelling, markedIn, SAME_SHARE, wasShown } from '../story/names.ts'
import { sharedSentences } from '../../core/witness.ts'
import type { Poll } from './poll.ts'
import type { Run } from '../run.ts'
import { lookUp } from '../records/look-up.ts'

/** Links that are remembered as shared, the latest. */
const MAX_SHARED = 1000

/**
 * A poll whose items have the addresses and ids under which they are archived. An item that shares its link with others may be
 * alone in the feed at the first poll, or at a later one: a link that was shared once stays so, and the link's own file
 * is that of the guid which the journal remembers of it.
 */
export async function withOwnAddresses(poll: Poll, run: Run): Promise<Poll> {
  if (poll.kind !== 'items') return poll
  const shared = new Set(sharedLinks(poll.items, run.state.sources[poll.source.name]?.shared))
  const among = markedIn(poll.items)
  const items: Item[] = []
  for (const item of poll.items) {
    const isShared = isApart(item, storyId) && shared.has(idOfLink(item.url))
    const own = isShared ? { ...item, url: await ownAddress(item, poll.source.name, run) } : item
    const named = own.url === null ? null : await idByName({ ...own, url: own.url }, poll.source.name, among, run)
    items.push(named === null ? await withFormerId(own, run) : { ...own, id: named })
  }
  return { ...poll, items }
}

/**
 * Polls whose items have no name that was learnt by mistake: beside another story by that id, of another headline, or in one feed
 * of another time and text; not where both were shown before. Such a story is its own, unless its page is of that other one again.
 */
export function withoutWrongNames(polls: Poll[], run: Run): Poll[] {
  const { names } = run.state
  if (names === undefined) return polls
  const shown = new Map<string, { item: Item & { url: string }; poll: Poll }[]>()
  for (const poll of polls) {
    for (const item of poll.kind === 'items' ? poll.items : []) {
      const { url } = item
      if (url === null) continue
      const id = item.id ?? identify(url).id
      shown.set(id, [...(shown.get(id) ?? []), { item: { ...item, url }, poll }])
    }
  }
  const isWrong = (item: Item & { url: string }, poll: Poll): boolean =>
    item.id !== undefined &&
    names[identify(item.url).id] === item.id &&
    (shown.get(item.id) ?? []).some(
      (other) =>
        identify(other.item.url).id !== identify(item.url).id &&
        !(wasShown(item, poll.source.name, run) && wasShown(other.item, other.poll.source.name, run)) &&
        areApart(item, other.item, other.poll === poll),
    )
  return polls.map((poll) => {
    if (poll.kind !== 'items') return poll
    const items = poll.items.map((item) => {
      const { id: _, ...own } = item
      if (item.url === null || !isWrong({ ...item, url: item.url }, poll)) return item
      run.found.apart.add(identify(item.url).id)
      forgetName(item.url, run)
      return own
    })
    return { ...poll, items }
  })
}

function areApart(one: Item, other: Item, isOfOneFeed: boolean): boolean {
  const [title, otherTitle] = [one.title ?? '', other.title ?? '']
  if (!isTelling(title) || !isTelling(otherTitle)) return false
  if (!isShownAs(title, other) && !isShownAs(otherTitle, one)) return true
  const isOfOneTime = one.published === null || other.published === null || one.published === other.published
  if (!isOfOneFeed || isOfOneTime || one.html === null || other.html === null) return false
  return sharedSentences(one.html, other.html) < SAME_SHARE
}

/** An item whose story is archived, or waits, under an id that an earlier version gave it keeps that. */
async function withFormerId(item: Item, run: Run): Promise<Item> {
  if (item.url === null) return item
  const former = formerIds(item.url)
  if (former.length === 0 || (await lookUp(identify(item.url), run)).path !== null) return item
  for (const id of former) {
    const isQueued = run.state.queue.some((entry) => entry.id === id)
    if (isQueued || (await lookUp({ id, day: null }, run)).path !== null) return { ...item, id }
  }
  return item
}

async function ownAddress(item: Item & { url: string; guid: string }, source: string, run: Run): Promise<string> {
  const link = withoutGuid(item.url)
  const own = withGuid(link, item.guid)
  const identity = identify(link)
  const isOwn = (await lookUp(identify(own), run)).path !== null
  const { path, entry } = await lookUp(identity, run)
  if (isOwn || path === null) return own
  const seen = entry?.seen[source] ?? ''
  return seen.endsWith(guidMark(item.guid)) || withoutMark(seen) === fingerprint(item) ? link : own
}

function idOfLink(url: string): string {
  return identify(withoutGuid(url)).id
}

/** Ids of the links that several items of a source share, or shared `before`. */
export function sharedLinks(items: readonly Item[], before: readonly string[] = []): string[] {
  const now = items.flatMap(({ url }) => (url === null || hasPage({ url }) ? [] : [idOfLink(url)]))
  return [...new Set([...before, ...now])].slice(-MAX_SHARED)
}
