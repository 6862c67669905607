import { tellApart } from '../../core/feed/apart.ts'
import { addresses, addressOf, DEFAULT_PUBLISHER, identify, publisherOf, storyId } from '../../sites/publishers.ts'
import { proseOf } from '../../core/html/prose.ts'
import { countElements } from '../../core/html/tag.ts'
import type { Extraction, Item } from '../../core/model.ts'
import { textsIn } from '../../core/probe/data-texts.ts'
import type { Age, Answered, DataReport, SourceReport, StoryReport } from '../../core/probe/report.ts'
import { shapedKeys, shapedUrl } from '../../core/probe/shapes.ts'
import { compared, type ReadPage, type ShownStory } from '../../core/probe/testimony.ts'
import { decode } from '../../core/text/charset.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { isoTime } from '../../core/time.ts'
import type { Fetched, Http, HttpEvent, Response } from '../../edge/http/http.ts'
import type { SavePage } from '../../edge/saved-pages.ts'
import type { Io } from '../../io.ts'
import { kindOfList, linksTo, readPage, witnessesIn } from '../../sites/index.ts'
import { hasLink } from '../sources/poll.ts'
import type { Source } from '../configured/sources.ts'
import { faultOf, readItems } from '../sources/read-items.ts'

/** A request that was sent, and when it was answered (ms). */
export type Seen = HttpEvent & { at: number }

/** What a look needs of the world. */
export interface ProbeTools {
  io: Pick<Io, 'now' | 'progress'>
  http: Http
  /** All that was sent so far, by `http`. */
  seen: readonly Seen[]
  save: SavePage | null
}

/** A source that is looked at. */
export interface ProbedSource extends Source {
  form: SourceReport['kind']
  isOptional: boolean
  /** Someone wrote its address: whatever stands there is looked at. */
  isGiven: boolean
}

/** What a source gave. */
export interface SourceAnswer {
  look: ProbedSource
  report: SourceReport
  items: (Item & { url: string })[]
}

/** A story that is looked at, and what sources show of it. */
export interface ProbedStory {
  id: string
  url: string
  day: string | null
  shown: readonly ShownStory[]
}

/** An address for others to see: of a path that holds words, what stands before them. */
function shownUrl(url: string): string {
  const text = printableUrl(url)
  return /^[^%]*%[89a-f]/i.test(text) ? text.slice(0, text.indexOf('%')) : text
}

/** A story's address for others to see: of its path no more than the site's own words. */
export function shownStoryUrl(url: string): string {
  const { sections } = publisherOf(url) ?? DEFAULT_PUBLISHER
  const paths = sections.names.flatMap((name) => sections.pathsOf(name))
  return shapedUrl(printableUrl(url), new Set(paths.flatMap((path) => path.split('/'))))
}

function answered(url: string, response: Response, sent: readonly Seen[]): Answered {
  const last = sent.findLast((event) => !event.url.endsWith('/robots.txt'))
  const isThere = response.kind === 'ok'
  const header = (name: string) => (isThere ? (last?.header(name)?.slice(0, 60) ?? null) : null)
  const host = isThere ? new URL(response.url).host : null
  return {
    url: shownUrl(url),
    ledTo: host === null || host === new URL(url).host ? null : host,
    status: last?.status ?? null,
    failure: isThere ? null : response.kind === 'failed' ? response.reason : 'unchanged',
    bytes: isThere ? response.body.length : 0,
    contentType: header('content-type'),
    contentEncoding: header('content-encoding'),
  }
}

/** An answer, and what may be said of it. */
interface ProbedResponse {
  response: Response
  answer: Answered
}

/** What stands at an address; `null` where there is no request left for it. */
export async function ask(
  url: string,
  name: string,
  userNamed: boolean,
  { http, seen, save, io }: ProbeTools,
): Promise<ProbedResponse | null> {
  const before = seen.length
  io.progress({ what: 'probe', done: before, total: null, label: name })
  const response = await http.get(url, { userNamed, ofItsSite: true })
  if (response.kind === 'failed' && response.reason === 'budget') return null
  const answer = answered(url, response, seen.slice(before))
  if (save !== null && response.kind === 'ok') {
    const { contentType, body } = response
    const fetched = isoTime(io.now())
    const foundAt = printableUrl(response.url)
    const head = { url: printableUrl(url), foundAt, contentType, fetched, status: answer.status }
    await save(`${new URL(url).host}-${name}`, head, body)
  }
  return { response, answer }
}

/** What a page is that came in place of a list or is read as none. */
function cameInstead(html: string, url: string): string {
  const page = attempt(() => readPage({ html, url }), null)
  if (page === null) return 'too-large'
  if (page.kind === 'story') return 'story'
  return page.reason === 'unclaimed' || page.reason === 'empty' || page.reason === 'home' ? 'unknown' : page.reason
}

/** HTML that nests too deep is read by nobody. */
function attempt<T, F>(read: () => T, otherwise: F): T | F {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** What an answer is as a source: what it is, what it names, how fresh it is. */
export async function readSource(
  { response, answer }: ProbedResponse,
  look: ProbedSource,
  nowMs: number,
): Promise<SourceAnswer> {
  const empty: SourceReport = {
    ...answer,
    ...{ name: look.name, kind: look.form, layout: null, isOptional: look.isOptional, isCut: false },
    ...{ items: 0, numbered: 0, titled: 0, timed: 0, newest: null, newestDay: null },
    ...{ agreements: [], links: 0, linksAt: null },
  }
  if (response.kind !== 'ok') return { look, report: empty, items: [] }
  const text = decode(response.body, response.contentType)
  const layout = attempt(() => kindOfList({ ...response, body: text }, nowMs), null)
  const links = layout === 'json' || layout === 'sitemap' ? null : attempt(() => linksTo(text, response.url), null)
  const report = { ...empty, layout, ...links }
  try {
    const listing = await readItems(response, look.isGiven ? 'any' : look.kind, nowMs)
    const items = tellApart(listing.items, addresses).filter(hasLink)
    const times = items.flatMap(({ published }) => published ?? []).toSorted()
    const isCut = faultOf(listing) !== null
    const kind = kindOf(layout)
    return {
      look,
      items,
      report: {
        ...report,
        ...(look.isGiven ? { kind, name: look.name.replace(/^\w+:/, `${kind}:`) } : {}),
        layout: layout ?? (look.isGiven || look.kind === 'feed' ? 'feed' : null),
        failure: items.length > 0 ? null : isCut ? 'cut' : 'empty',
        isCut,
        items: items.length,
        numbered: items.filter(({ url }) => storyId(url) !== null).length,
        titled: items.filter(({ title }) => title !== null).length,
        timed: times.length,
        newest: times.at(-1) ?? null,
        newestDay:
          items
            .flatMap(({ url }) => identify(url).day ?? [])
            .toSorted()
            .at(-1) ?? null,
      },
    }
  } catch {
    return { look, report: { ...report, failure: cameInstead(text, response.url) }, items: [] }
  }
}

function kindOf(layout: string | null): SourceReport['kind'] {
  if (layout === null) return 'feed'
  return layout === 'json' || layout === 'sitemap' ? layout : 'list'
}

function readOf(page: Extract<Extraction, { kind: 'story' }>): ReadPage {
  const { title, published, access, body } = page.extract
  return {
    layout: page.generation,
    ending: page.ending,
    ...{ title, published, access, text: body.text, doubts: page.doubts },
    paragraphs: countElements(body.html, 'p'),
    pictures: countElements(body.html, 'img'),
    captions: countElements(body.html, 'figcaption'),
  }
}

/** What sources carry of the story's text, as paragraphs. */
function textsOf(shown: readonly ShownStory[]): ShownStory[] {
  return shown.map((one) => {
    const text = one.text === null ? '' : proseOf(one.text)
    return { ...one, text: text === '' ? null : text }
  })
}

/** A story that was looked at, and what was read of it; `null` where nothing was. */
export interface LookedStory {
  report: StoryReport
  text: string | null
}

/** Looks at a story's page, and asks all who tell of it; `null` where there is no request left for it. */
export async function lookAtStory(story: ProbedStory, age: Age, looking: ProbeTools): Promise<LookedStory | null> {
  const asked = await ask(addressOf(story.url), story.id, false, looking)
  return asked === null ? null : readStory(asked, story, age)
}

/** What an answer is as a story's page, and what all say who tell of it. */
export function readStory({ response, answer }: ProbedResponse, story: ProbedStory, age: Age): LookedStory {
  const listed = story.shown.find(({ title }) => title !== null)?.title ?? null
  const shown = textsOf(story.shown)
  const nothing = { headlines: {}, times: {}, bodies: {}, wordCount: null, access: {} }
  const silent = { ...nothing, pictures: { data: null, head: false }, isShuffled: false, outside: 0, proseAt: null }
  const common = { ...answer, url: shownStoryUrl(story.url), age, id: story.id, layout: null, ending: null }
  if (response.kind !== 'ok') return { report: { ...common, ...compared(null, silent, shown) }, text: null }
  const { page, testimony } = readAs(response, story, listed)
  const failure = whyUnread(page, response.url, story)
  const read = page?.kind === 'story' && failure === null ? readOf(page) : null
  const report = {
    ...common,
    failure,
    layout: read?.layout ?? null,
    ending: read?.ending ?? null,
    ...compared(read, testimony ?? silent, shown),
  }
  return { report, text: read?.text ?? null }
}

/** Looks at where a story may stand as data; `null` where there is no request left for it. `text`: what was read of it. */
export async function lookAtData(url: string, text: string, looking: ProbeTools): Promise<DataReport | null> {
  const asked = await ask(url, 'data', false, looking)
  if (asked === null) return null
  const { response, answer } = asked
  const told = { ...answer, url: shownStoryUrl(url) }
  if (response.kind !== 'ok') return { ...told, isJson: false, texts: [] }
  const data = attempt((): unknown => JSON.parse(decode(response.body, response.contentType)), undefined)
  const texts = textsIn(data, text).map((each) => ({ ...each, at: shapedKeys(each.at) }))
  return { ...told, isJson: data !== undefined, texts }
}

function whyUnread(page: Extraction | null, foundAt: string, { url }: ProbedStory): string | null {
  if (page === null) return 'too-large'
  if (page.kind === 'refused') return page.reason
  const [asked, reached] = [storyId(url), storyId(foundAt)]
  return asked !== null && asked !== reached ? 'elsewhere' : null
}

function readAs({ body, contentType, url }: Fetched, { url: asked }: ProbedStory, listed: string | null) {
  const html = decode(body, contentType)
  const page = attempt(() => readPage({ html, url, listed }), null)
  if (page === null || (page.kind === 'refused' && page.reason === 'too-large')) return { page, testimony: null }
  const text = page.kind === 'story' ? page.extract.body.text : null
  const { day } = identify(asked)
  return { page, testimony: attempt(() => witnessesIn({ html, url }, { text, day, listed }), null) }
}
