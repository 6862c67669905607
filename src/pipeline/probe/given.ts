import { feedsNamed } from '../../core/feed/discover.ts'
import { shapedUrl } from '../../core/probe/shapes.ts'
import { decode } from '../../core/text/charset.ts'
import { identify, publisherOf } from '../../sites/publishers.ts'
import {
  ask,
  type ProbedSource,
  type SourceAnswer,
  type LookedStory,
  type ProbeTools,
  readSource,
  readStory,
  shownStoryUrl,
} from './look.ts'

/** A page may name a feed for each of its sections. */
const MOST_FEEDS = 2

/** What stands at an address: a source, a page with the feeds that it names, or a story. */
interface LookedInto {
  sources: SourceAnswer[]
  story: LookedStory | null
}

/** Looks at a source, and where its address was given at whatever stands there; `null` where there is no request left for it. */
export async function lookInto(look: ProbedSource, looking: ProbeTools): Promise<LookedInto | null> {
  const asked = await ask(look.url, look.name, look.userNamed, looking)
  if (asked === null) return null
  const source = await readSource(asked, look, looking.io.now())
  const { response } = asked
  const isAll = !look.isGiven || source.report.layout !== null
  if (isAll || response.kind !== 'ok') return { sources: [source], story: null }
  const { id, day } = identify(look.url)
  const story = readStory(asked, { id, url: look.url, day, shown: [] }, 'given')
  if (story.report.failure === null) return { sources: [], story }
  const named = feedsNamed(decode(response.body, response.contentType), response.url).slice(0, MOST_FEEDS)
  const looks = named.map((url): ProbedSource => {
    return { ...look, url, name: `feed:${nameOf(url)}`, kind: 'feed', form: 'feed', isGiven: false }
  })
  const page = shaped(
    named.length === 0 ? source : { ...source, report: { ...source.report, failure: null, items: named.length } },
  )
  const feeds: SourceAnswer[] = []
  for (const each of looks) {
    const looked = await lookInto(each, looking)
    feeds.push(...(looked?.sources ?? []))
  }
  return { sources: [page, ...feeds], story: null }
}

const nameOf = (url: string): string => new URL(url).pathname.replace(/^\/+|(?<!\/)\/+$/g, '') || new URL(url).host

/** A page that is no source may be a story's that nothing reads, with words of its headline in the address. */
function shaped({ look, report }: SourceAnswer): SourceAnswer {
  const isTold = report.failure !== null && publisherOf(look.url) !== null
  const name = `page:${nameOf(shapedUrl(look.url, new Set()))}`
  return { look, items: [], report: isTold ? report : { ...report, kind: 'page', name, url: shownStoryUrl(look.url) } }
}
