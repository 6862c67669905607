import { isGuided } from '../../core/feed/apart.ts'
import { fingerprint, guidMark } from '../../core/archive/plan.ts'
import type { QueueEntry } from '../../core/archive/queue.ts'
import { withoutGuid } from '../../core/identity.ts'
import type { Item } from '../../core/model.ts'
import { lettersIn, sharedPairs } from '../../core/witness.ts'
import { urlOf } from '../../core/url.ts'
import { formerIds, identify, isForeign, siteOfHost, storyId } from '../../sites/publishers.ts'
import type { Run, Tools } from '../run.ts'
import { lookUp } from '../records/look-up.ts'
import { hasPage, siteAt } from '../candidate.ts'

/** Names and guids that are remembered, the latest; of a feed's items all. */
const MAX_NAMES = 20_000
const MAX_GUIDS = 1000
/** Edited headlines share so many of their letters in pairs, edited texts so many of their sentences. */
export const SAME_SHARE = 0.5

/** Headlines are edited: one that holds the other, or half of it, is the same story's. */
export function isShownAs(title: string, shown: Pick<Item, 'title'>): boolean {
  const [listed, own] = [shown.title ?? '', title].map((text) => text.normalize('NFKC').replace(/\s+/g, ''))
  if (!listed || !own) return false
  return own.includes(listed) || listed.includes(own) || (sharedPairs(listed, own) ?? 0) >= SAME_SHARE
}

/** Another address of a story. `isOwn`: the one under which it is known. */
export interface OtherName {
  url: string
  isOwn: boolean
}

/**
 * Another address of a story of a paper that nobody knows: what its page names as its own, else where it moved for good, else where
 * another site leads to it (`led`: in order). It is of the same site, of that to which its address leads or of that of its
 * feed (`home`), no home page, and no folder of the page's own address.
 */
export function otherName(
  url: string,
  page: { address: string | null; permanentUrl: string | null; led: readonly string[] },
  home: URL | null,
): OtherName | null {
  const asked = urlOf(url)
  if (asked === null || !hasPage({ url })) return null
  const reached = urlOf(page.led.at(-1) ?? url) ?? asked
  const sites = [asked, reached, home ?? asked].map(({ hostname }) => siteOfHost(hostname))
  const isName = (name: URL): boolean =>
    /^https?:$/.test(name.protocol) &&
    sites.includes(siteOfHost(name.hostname)) &&
    // The home page is such a folder of every address.
    !asked.pathname.startsWith(`${name.pathname.replace(/\/$/, '')}/`) &&
    storyId(name.href) === null
  const nameIn = (addresses: readonly (string | null)[]): string | undefined =>
    addresses.flatMap((each) => (each === null ? [] : (urlOf(each, url) ?? []))).find((each) => isName(each))?.href
  const own = nameIn([page.address, page.permanentUrl])
  const name = own ?? nameIn(page.led.filter((each) => siteAt(each) !== siteAt(url)))
  return name === undefined || identify(name).id === identify(url).id ? null : { url: name, isOwn: own !== undefined }
}

/** The id under which an earlier version archived the story of an address, where today it would be another; else `null`. */
async function formerIdOf(url: string, run: Tools): Promise<string | null> {
  for (const id of formerIds(url)) if ((await lookUp({ id, day: null }, run)).path !== null) return id
  return null
}

/** The id under which the story of an address is archived, where that is another: an earlier version's, or by another name. */
export async function otherIdOf(url: string, run: Run): Promise<string | null> {
  const named = run.state.names?.[identify(url).id]
  const isThere = named !== undefined && (await lookUp({ id: named, day: null }, run)).path !== null
  return isThere ? named : formerIdOf(url, run)
}

/**
 * Remembers that a story is archived under an id which another address of it has not, unless a story is archived as that, or one of another
 * headline waits.
 */
export async function learnName(url: string, { id, title }: { id: string; title: string }, run: Run): Promise<void> {
  const other = (await otherIdOf(url, run)) ?? identify(url).id
  if (other === id || (await lookUp({ id: other, day: null }, run)).path !== null) return
  const waiting = waitingAs(other, run)
  if (!waiting?.title || isShownAs(title, waiting)) rememberName(url, id, run)
}

/** What sources showed of a story that this run or a later one asks for, by its id. */
export function waitingAs(id: string, run: Run): Pick<Item, 'title'> | undefined {
  return run.found.inHand.get(id) ?? run.state.queue.find((entry) => entry.id === id)
}

/** What waits, each story under the id under which it is archived: one that was given up by another name is none of it. */
export function underTheirNames(queue: readonly QueueEntry[], { state: { names = {} } }: Run): QueueEntry[] {
  const ids = new Set(queue.map(({ id }) => id))
  return queue.flatMap((entry) => {
    const id = names[entry.id]
    if (id === undefined) return entry
    return entry.nextTry === null || ids.has(id) || !ids.add(id) ? [] : { ...entry, id }
  })
}

/** Remembers that a story which one address names is archived under the id of another. */
export function rememberName(url: string, id: string, run: Run): void {
  const { [identify(url).id]: _, ...others } = run.state.names ?? {}
  const kept = Object.entries(others).slice(1 - MAX_NAMES)
  run.remember({ names: { ...Object.fromEntries(kept), [identify(url).id]: id } })
}

/** Forgets by which name a story was known: it is another one. */
export function forgetName(url: string, run: Run): void {
  const { [identify(url).id]: _, ...names } = run.state.names ?? {}
  run.remember({ names })
}

/** Shorter headlines, as of notices and of bulletins, stand above many stories. */
const LEAST_LETTERS = 8
/** True for a headline that stands above no other story. */
export const isTelling = (title: string): boolean => lettersIn(title) >= LEAST_LETTERS
/** So many letters of a text are no bulletin. */
const LEAST_TEXT = 40

/**
 * The marks of what else than its link an item is known by: its guid, or else, where the guid is the link, its headline and time
 * together. Of one that shares its link, whose guid may be a new one at each request, what it says at its time, too.
 */
function marksOf(item: Item): string[] {
  const { url, title, published, html } = item
  const says = (): string => `${title}\n${published}\n${fingerprint(item)}`
  if (isGuided(item, storyId)) {
    const isShared = !hasPage(item) && html !== null
    return [guidMark(item.guid), ...(isShared ? [guidMark(`${withoutGuid(item.url)}\n${says()}`)] : [])]
  }
  if (url === null || title === null || published === null || !isForeign(url)) return []
  const site = siteAt(url)
  if (isTelling(title)) return [guidMark(`${site}\n${title}\n${published}`)]
  return lettersIn(html ?? '') >= LEAST_TEXT ? [guidMark(`${site}\n${says()}`)] : []
}

/** The ids of a poll's items, and the links of each mark. */
interface PollMarks {
  ids: ReadonlySet<string>
  links: ReadonlyMap<string, ReadonlySet<string | null>>
}

/** What names the items of a poll. */
export function markedIn(items: readonly Item[]): PollMarks {
  const links = new Map<string, Set<string | null>>()
  for (const item of items) {
    for (const mark of marksOf(item)) links.set(mark, (links.get(mark) ?? new Set()).add(item.url))
  }
  return { ids: new Set(items.flatMap(({ url }) => (url === null ? [] : identify(url).id))), links }
}

/** The id of a story that is archived under another name of it; an item's, where its link changed and its mark did not. */
export async function idByName(item: Item & { url: string }, source: string, among: PollMarks, run: Run) {
  const { id } = identify(item.url)
  const named = run.state.names?.[id]
  if (named !== undefined) return named
  const former = await formerByMark(item, source, among, run)
  // A guid is no name that comes again.
  if (former !== null && hasPage(item)) rememberName(item.url, former, run)
  return former
}

async function formerByMark(item: Item & { url: string }, source: string, among: PollMarks, run: Run) {
  const { id } = identify(item.url)
  if (!isForeign(item.url)) return null
  for (const mark of marksOf(item)) {
    const former = run.state.sources[source]?.guids?.[mark]
    if (former === undefined || former === id) continue
    const isAlone = among.links.get(mark)?.size === 1 && !among.ids.has(former)
    if (!isAlone || (await lookUp({ id, day: null }, run)).path !== null) continue
    const { path } = await lookUp({ id: former, day: null }, run)
    if (path !== null && isNamedSo(path, item)) return former
  }
  return null
}

/** Whether a file's name has an item's headline, or half of it. Of an item without one that shares its link, its words are known. */
function isNamedSo(path: string, { title, url }: Item & { url: string }): boolean {
  if (title === null) return !hasPage({ url })
  const share = sharedPairs(title, path)
  return share === null ? path.includes(title) : share >= SAME_SHARE
}

/** Whether a source showed an item before, by its own id or by its name; a guid may have been another story's. */
export function wasShown(item: Item & { url: string }, source: string, run: Run): boolean {
  const { guids = {} } = run.state.sources[source] ?? {}
  const ids = [item.id, identify(item.url).id]
  return marksOf(item).some((mark) => guids[mark] !== undefined && ids.includes(guids[mark]))
}

/** The ids of a source's stories by their marks, with what was remembered of them `before`. */
export function guidsOf(items: readonly Item[], before: Readonly<Record<string, string>> = {}) {
  const now = items.flatMap((item): [string, string][] => {
    const { url } = item
    return url === null ? [] : marksOf(item).map((mark) => [mark, item.id ?? identify(url).id])
  })
  const marks = new Set(now.map(([mark]) => mark))
  const all = [...Object.entries(before).filter(([mark]) => !marks.has(mark)), ...now]
  return Object.fromEntries(all.slice(-Math.max(MAX_GUIDS, now.length)))
}
