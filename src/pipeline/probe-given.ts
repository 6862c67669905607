import { shapedUrl } from '../core/probe/shapes.ts'
import { decode } from '../core/text/charset.ts'
import { feedsNamed } from '../sites/page/feeds.ts'
import { identify, publisherOf } from '../sites/publishers.ts'
import {
  ask,
  type Look,
  type Looked,
  type LookedStory,
  type Looking,
  lookAtSource,
  readSource,
  readStory,
  shownStoryUrl,
} from './probe-look.ts'

/** A page may name a feed for each of its sections. */
const MOST_FEEDS = 2

/** What stands at an address: a source, a page with the feeds that it names, or a story. */
export interface Found {
  sources: Looked[]
  story: LookedStory | null
}

/** Looks at a source, and where its address was given at whatever stands there; `null` where there is no request left for it. */
export async function lookInto(look: Look, looking: Looking): Promise<Found | null> {
  if (look.isGiven) return lookAtGiven(look, looking)
  const source = await lookAtSource(look, looking)
  return source === null ? null : { sources: [source], story: null }
}

async function lookAtGiven(look: Look, looking: Looking): Promise<Found | null> {
  const asked = await ask(look.url, look.name, look.userNamed, looking)
  if (asked === null) return null
  const source = await readSource(asked, look, looking.io.now())
  const { response } = asked
  if (source.report.layout !== null || response.kind !== 'ok') return { sources: [source], story: null }
  const { id, day } = identify(look.url)
  const story = readStory(asked, { id, url: look.url, day, shown: [] }, 'given')
  if (story.report.failure === null) return { sources: [], story }
  const named = feedsNamed(decode(response.body, response.contentType), response.url).slice(0, MOST_FEEDS)
  const looks = named.map((url): Look => ({
    ...look,
    url,
    name: nameOf(url),
    kind: 'feed',
    form: 'feed',
    isGiven: false,
  }))
  const page = shaped(named.length === 0 ? source : pageOf(source, named.length))
  const feeds: Looked[] = []
  for (const each of looks) {
    const looked = await lookAtSource(each, looking)
    if (looked !== null) feeds.push(looked)
  }
  return { sources: [page, ...feeds], story: null }
}

/** The name of a source by its address, where no paper has one for it. */
export function nameOf(url: string): string {
  const { host, pathname } = new URL(url)
  return pathname.replace(/^\/+|\/+$/g, '') || host
}

function pageOf({ look, report }: Looked, feeds: number): Looked {
  return { look, items: [], report: { ...report, kind: 'page', failure: null, items: feeds } }
}

/** A page that nothing reads may be a story's, with words of its headline in the address. */
function shaped(source: Looked): Looked {
  const { look, report } = source
  if (publisherOf(look.url) !== null) return source
  const name = nameOf(shapedUrl(look.url, new Set()))
  return { ...source, report: { ...report, name, url: shownStoryUrl(look.url) } }
}
