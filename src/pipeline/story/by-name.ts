import type { Candidate } from '../../core/archive/plan.ts'
import { identify } from '../../sites/publishers.ts'
import { candidateAt, shownOf } from '../candidate.ts'
import { lookUpStored } from '../records/look-up.ts'
import type { Run } from '../run.ts'
import { forgetName, isShownAs, learnName, type OtherName, otherIdOf, rememberName, waitingAs } from './names.ts'
import { isOfAnother, isOfStory, isTextOf } from './same-story.ts'
import type { Result, SourcedReading, StoryInHand } from './result.ts'

/** Stores what was found as that of a story in hand. */
type Put = (of: StoryInHand) => Promise<Result>

/** Stores what was found of a story, once it is known which story that is; its other name leads to its file from then on. */
export async function storeByName(
  name: OtherName | null,
  of: StoryInHand,
  found: SourcedReading,
  put: Put,
  run: Run,
): Promise<Result> {
  const { candidate, there } = of
  const { id, url } = candidate
  if (there === null) {
    if (name !== null) return storeNamed(name, candidate, found, put, run)
    // Since it was looked for, another address of this run was found to be its.
    const isNamed = run.state.names?.[identify(url).id] !== undefined
    const other = isNamed ? await otherIdOf(url, run) : null
    return other === null || other === id ? put(of) : storeNamed({ url, isOwn: true }, candidate, found, put, run)
  }
  const own = identify(url).id
  const isNamedSo = name !== null && ((await otherIdOf(name.url, run)) ?? identify(name.url).id) === id
  // The address by which it was known leads to another story now; headlines of series are alike.
  const isAnother = !isNamedSo && (name === null ? isOfAnother(there, found) : !isOfStory(there, found))
  if (run.state.names?.[own] === id && isAnother) {
    forgetName(url, run)
    const apart = { candidate: { ...candidate, id: own }, ...(await lookUpStored({ id: own, day: null }, run)) }
    return storeByName(name, apart, found, put, run)
  }
  const result = await put(of)
  // A page that leads on to another story is none of its names.
  if (name !== null && 'path' in result && isOfStory(there, found))
    await learnName(name.url, { id, title: found.story.title }, run)
  return result
}

/**
 * Archives what was found as the story of its other name, where that is its own or is archived, unless that is another story. `isLast`:
 * that of this run which has that address has had its turn.
 */
async function storeNamed(
  name: OtherName,
  candidate: Candidate,
  found: SourcedReading,
  put: Put,
  run: Run,
  isLast = false,
): Promise<Result> {
  const { url } = name
  const id = (await otherIdOf(url, run)) ?? identify(url).id
  const named = candidateAt(url, { ...shownOf(candidate), id })
  const storeApart = () => put({ candidate, there: null, known: null })
  // By another name of it that is known, the story in hand is this one.
  const own = id === candidate.id ? undefined : run.found.inHand.get(id)
  const asOwn = (): Result => {
    rememberName(candidate.url, id, run)
    return { kind: 'same', as: own?.url ?? url }
  }
  // A source shows that address too, with another story's headline; that of a page is newer than what its own shows.
  const titles = [candidate.title ?? found.story.title, found.story.title]
  const shown = id === candidate.id ? undefined : waitingAs(id, run)
  if (shown?.title && !titles.some((title) => isShownAs(title, shown))) return storeApart()
  // A link that leads there is no page that names it: see `otherName`.
  const isLed = !name.isOwn || found.origin === 'feed'
  const asNamed = async ({ there, known }: Pick<StoryInHand, 'there' | 'known'>): Promise<Result> => {
    // What a link that waited showed is of before.
    const isShown = Object.keys(candidate.seen).length > 0
    const seen = isShown ? { ...candidate.seen, ...known?.seen } : {}
    const result = await put({ candidate: { ...named, seen }, there, known })
    if ('path' in result) rememberName(candidate.url, id, run)
    return result
  }
  const asNew = async (isSettled: boolean): Promise<Result> => {
    if (run.found.apart.has(candidate.id)) return storeApart()
    // That one failed, and is asked for again.
    if (own !== undefined && !isLed) return isSettled && own.title ? asOwn() : storeApart()
    if (name.isOwn || id === candidate.id) return asNamed({ there: null, known: null })
    const result = await storeApart()
    if ('path' in result) rememberName(url, candidate.id, run)
    return result
  }
  // One after the other: pages of one run may all name one address.
  const stored = run.found.named.then(async (): Promise<Result> => {
    const isSettled = run.found.settled.has(id)
    if (own !== undefined && !isSettled && !isLast)
      return { kind: 'later', decide: () => storeNamed(name, candidate, found, put, run, true) }
    const { there, known } = await lookUpStored(named, run)
    if (there === null) return asNew(isSettled)
    const isStandIn = known?.origin === 'feed'
    const isIts = isStandIn && found.origin === 'feed' ? isTextOf : isOfStory
    if (!isIts(there, found)) return storeApart()
    // A page goes before a feed's text that stands in for it.
    const isBetter = isStandIn && found.origin === 'page'
    if (isBetter || (own === undefined && found.origin === 'page')) return asNamed({ there, known })
    // What its source shows now is told from an edit that it shows later.
    const seen = { ...candidate.seen, ...known?.seen }
    if (known !== null) await run.journal.append({ ...known, status: 'unchanged', seen })
    return asOwn()
  })
  run.found.named = stored.catch(() => undefined)
  return stored
}
