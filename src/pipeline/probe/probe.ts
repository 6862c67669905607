import type { Config } from '../../config/keys.ts'
import { getOrMake } from '../../core/get-or-make.ts'
import { groupsOf } from '../../core/groups.ts'
import { agreement } from '../../core/probe/agree.ts'
import { type ProbeCandidate, chooseStories } from '../../core/probe/choose.ts'
import type { Age, DataReport, EditionReport, Report, StoryReport } from '../../core/probe/report.ts'
import { withoutOwnNames } from '../../core/probe/shapes.ts'
import { verdictOf } from '../../core/probe/verdict.ts'
import { wordlessly } from '../../core/probe/wordless.ts'
import type { Publisher } from '../../core/publisher.ts'
import { DAY_MS, dayIn, isoTime } from '../../core/time.ts'
import { DEFAULT_PUBLISHER, identify, isForeign, ownerOf, publisherOf, storyId } from '../../sites/publishers.ts'
import { candidateAt, hasPage, isListed } from '../candidate.ts'
import {
  type ProbedSource,
  type SourceAnswer,
  type LookedStory,
  type ProbeTools,
  lookAtData,
  lookAtStory,
  type Seen,
  type ProbedStory,
} from './look.ts'
import { refuseImitator } from '../configured/imitator.ts'
import { lookInto } from './given.ts'
import { isAddress, pathsOf, sectionNamed, sectionsIn, sourcesOfSection } from '../configured/sections.ts'
import { type Source, sourcesOf } from '../configured/sources.ts'

/** A look at a site is no load for it. */
export const MOST_REQUESTS = 15
/** More would leave no requests for stories: two editions have three each, and a robots.txt. */
const MOST_SOURCES = 7
const MOST_EDITIONS = 2
const FIRST_SOURCES = 3

type Asked = Pick<Config, 'feed' | 'section' | 'sources'>

/** What a look goes to: sources, and stories whose addresses stand among sections. `asked`: the configuration without these. */
export function targetsOf(config: Asked, nowMs: number): { looks: ProbedSource[]; stories: string[]; asked: Asked } {
  const isStory = (section: string): boolean => isAddress(section) && storyId(section) !== null
  const stories = config.feed.length > 0 ? [] : config.section.filter(isStory)
  for (const url of stories) refuseImitator(url)
  const asked = { ...config, section: config.section.filter((each) => !isStory(each)) }
  return { looks: stories.length > 0 && asked.section.length === 0 ? [] : looksOf(asked, nowMs), stories, asked }
}

/**
 * The sources that a look goes to, the most telling first: those that the configuration asks for, the list of the other
 * edition, and the sitemap that names the stories of a week ago.
 */
export function looksOf(config: Asked, nowMs: number): ProbedSource[] {
  const own = sourcesOf(config).map(lookOf)
  if (config.feed.length > 0) return told(own)
  const section = sectionsIn(config).find((one) => !isAddress(one))
  const publisher = publisherAt(own[0]?.url)
  const others = publisher.editions.slice(1)
  const other =
    section === undefined ? [] : others.flatMap((origin) => sourcesOfSection(section, { origin }).slice(0, 1))
  const origins = own.filter(({ kind }) => kind === 'list').map(({ url }) => new URL(url).origin)
  const mapped = [...new Set(origins)].filter((origin) => !others.includes(origin))
  const month = dayIn(publisher.zone, nowMs - 7 * DAY_MS).slice(0, 7)
  return told([
    // Of many sections the first stands for all: what they share is more telling than another of their lists.
    ...own.slice(0, FIRST_SOURCES),
    ...other.map(({ url }) => lookOfAddress(url, 'list', `list:${section}`)),
    ...mapped.flatMap((origin) => {
      const sitemaps = publisherOf(origin)?.sitemaps ?? null
      return sitemaps === null ? [] : [lookOfAddress(sitemaps.ofMonth(month, origin), 'sitemap', `sitemap:${month}`)]
    }),
    ...own.slice(FIRST_SOURCES),
  ])
}

function publisherAt(url: string | undefined): Publisher {
  return (url === undefined ? null : publisherOf(url)) ?? DEFAULT_PUBLISHER
}

/** Names tell sources apart: where several have one, their hosts do, or else their places. */
function told(looks: readonly ProbedSource[]): ProbedSource[] {
  const distinct = (
    all: readonly ProbedSource[],
    mark: (look: ProbedSource, place: number) => string,
  ): ProbedSource[] =>
    all.map((look, place) => {
      const first = all.findIndex(({ name }) => name === look.name)
      return first === place ? look : { ...look, name: `${look.name}${mark(look, place)}` }
    })
  return distinct(
    distinct(looks, ({ url }) => `@${hostOf(url)}`),
    (_look, place) => `#${place + 1}`,
  )
}

function lookOfAddress(url: string, form: ProbedSource['form'], name: string): ProbedSource {
  const isOptional = ownerOf(new URL(url).hostname) === null
  return { name, url, form, isOptional, isGiven: false, kind: 'list', section: null, userNamed: false }
}

/** A source of the configuration, by a short name where its address is its name. */
function lookOf(source: Source): ProbedSource {
  const { kind, path } = publisherAt(source.url).sourceAt(source.url)
  const form = source.kind === 'feed' ? 'feed' : kind === 'json' ? 'json' : 'list'
  const isGiven = source.kind === 'list' && source.section === null
  const isShort = !/^https?:/i.test(source.name)
  return {
    ...source,
    form,
    isOptional: false,
    isGiven,
    name: isShort ? source.name : `${form}:${path || hostOf(source.url)}`,
  }
}

const hostOf = (url: string): string => new URL(url).host

/** The section of a list, by its name; `null` for a sitemap, and for a feed of which nobody said it. */
function sectionOfLook({ section, form, url }: ProbedSource): string | null {
  if (section !== null || form === 'feed' || form === 'sitemap' || publisherOf(url) === null) return section
  return sectionNamed(publisherAt(url).sourceAt(url).path, url)
}

/** Each source beside the first one that may name the same stories. */
function addAgreements(all: readonly SourceAnswer[]): void {
  const named = ({ items }: SourceAnswer) => items.map((item) => ({ ...item, id: identify(item.url).id }))
  for (const [place, one] of all.entries()) {
    const section = sectionOfLook(one.look)
    const other = all
      .slice(0, place)
      .find(({ look, items }) => items.length > 0 && (section ?? sectionOfLook(look)) === sectionOfLook(look))
    if (other === undefined || one.items.length === 0) continue
    const isOfSame = section !== null && hostOf(one.look.url) === hostOf(other.look.url)
    one.report.agreements.push(agreement(named(one), named(other), { name: other.report.name, isOfSame }))
  }
}

interface Found extends ProbeCandidate, ProbedStory {}

/** The stories that sources name, each once, with all that is shown of it. */
function storiesOf(all: readonly SourceAnswer[], config: Asked): Found[] {
  const paths = new Set(config.section.includes('all') ? [] : sectionsIn(config).flatMap((one) => pathsOf(pathIn(one))))
  const found = new Map<string, Found & { shown: ProbedStory['shown'][number][] }>()
  for (const { look, items, report } of all) {
    const isMap = look.form === 'sitemap'
    for (const { url, title, published, html } of items) {
      const candidate = candidateAt(url)
      const isOfAny = publisherOf(look.url) === null && candidate.publisher === null && hasPage(candidate)
      const isOfOther = isMap && !isOfAny && paths.size > 0 && !paths.has(candidate.section ?? '')
      if (isOfOther || !(isListed(candidate) || isOfAny)) continue
      const { id, day } = candidate
      const key = `${hostOf(url)} ${id}`
      const story = getOrMake(found, key, () => ({ id, url, day, published: null, isOnlyMapped: true, shown: [] }))
      story.published ??= published
      story.isOnlyMapped &&= isMap
      story.shown.push({ source: report.name, title, published, text: html })
    }
  }
  return [...found.values()]
}

function pathIn(section: string): string {
  return isAddress(section) ? new URL(section).pathname : section
}

/** The stories to look at, the newest of each edition first. */
function choose(all: readonly SourceAnswer[], config: Asked, nowMs: number): { age: Age; story: Found }[] {
  const editions = groupsOf(storiesOf(all, config), ({ url }) => hostOf(url))
  const largest = editions.toSorted((one, other) => other.length - one.length).slice(0, MOST_EDITIONS)
  const chosen = largest.map((stories) => chooseStories(stories, nowMs))
  return (['newest', 'hour', 'week'] as const).flatMap((age) =>
    chosen.flatMap((own) => own.filter((one) => one.age === age)),
  )
}

function robotsOf(host: string, seen: readonly Seen[], all: readonly { failure: string | null }[], obeyed: boolean) {
  const asked = seen.findLast(({ url }) => url.endsWith('/robots.txt') && hostOf(url) === host)
  if (!obeyed || asked === undefined) return 'not asked'
  if (asked.status === null) return 'unread'
  if (!all.some(({ failure }) => failure === 'robots')) return 'allows'
  return asked.status < 500 ? 'forbids' : 'unread'
}

/** How far our clock is ahead of that of a host. */
function clockAhead(host: string, seen: readonly Seen[]): number | null {
  const dated = seen.find((event) => hostOf(event.url) === host && event.header('date') !== null)
  const theirs = Date.parse(dated?.header('date') ?? '')
  return dated === undefined || Number.isNaN(theirs) ? null : Math.round((dated.at - theirs) / 1000)
}

/** Of one story that was read, what came from where it may stand as data: nothing more is asked for than that. */
async function lookAtFirstData(
  stories: readonly { host: string; url: string; text: string | null }[],
  looking: ProbeTools,
): Promise<{ host: string; report: DataReport } | null> {
  for (const { host, url, text } of stories) {
    const address = publisherOf(url)?.storyData?.(url) ?? null
    if (address === null || text === null) continue
    const report = await lookAtData(address, text, looking)
    return report === null ? null : { host, report }
  }
  return null
}

/** Looks at the living site, one request after the other: what of it is known, and what is not. */
export async function examine(
  config: Config,
  program: Pick<Report, 'program' | 'isProxied'>,
  looking: ProbeTools,
): Promise<Report> {
  const nowMs = looking.io.now()
  const { looks, stories: addresses, asked } = targetsOf(config, nowMs)
  const sources: SourceAnswer[] = []
  const stories: { host: string; url: string; report: StoryReport; text: string | null }[] = []
  const saw = (url: string, story: LookedStory) => void stories.push({ ...story, host: hostOf(url), url })
  let leftOut = looks.length
  for (const look of looks.slice(0, MOST_SOURCES)) {
    const found = await lookInto(look, looking)
    if (found === null) continue
    leftOut -= 1
    sources.push(...found.sources)
    if (found.story !== null) saw(look.url, found.story)
  }
  const lookAt = async (story: ProbedStory, age: Age): Promise<void> => {
    const looked = await lookAtStory(story, age, looking)
    if (looked === null) leftOut += 1
    else saw(story.url, looked)
  }
  for (const url of addresses) await lookAt({ ...identify(url), url, shown: [] }, 'given')
  addAgreements(sources)
  for (const { age, story } of choose(sources, asked, nowMs)) await lookAt(story, age)
  const data = await lookAtFirstData(stories, looking)
  const places = withoutOwnNames(stories.map(({ report }) => report.body.at))
  for (const [place, { report }] of stories.entries()) report.body.at = places[place] ?? null
  const { seen } = looking
  const urls = [...sources.map(({ look }) => look.url), ...stories.map(({ url }) => url)]
  const editions = [...new Set(urls.map(hostOf))].map((host): EditionReport => {
    const own = sources.filter(({ look }) => hostOf(look.url) === host).map(({ report }) => report)
    const ownStories = stories.filter((each) => each.host === host).map(({ report }) => report)
    const [first] = own
    return {
      host,
      publisher: publisherOf(urls.find((url) => hostOf(url) === host && !isForeign(url)) ?? '')?.name ?? null,
      robots: robotsOf(host, seen, [...own, ...ownStories], config.robots),
      leadsTo: first !== undefined && own.every(({ ledTo }) => ledTo === first.ledTo) ? first.ledTo : null,
      clockAheadSeconds: clockAhead(host, seen),
      sources: own,
      stories: ownStories,
      storyData: data?.host === host ? data.report : null,
    }
  })
  return wordlessly({
    ...program,
    at: isoTime(nowMs),
    requests: seen.length,
    leftOut,
    editions,
    ...verdictOf(editions),
  })
}
