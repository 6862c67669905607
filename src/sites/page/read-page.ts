import { isFeedMarkup } from '../../core/text/feed-markup.ts'
import { bodyTooLarge } from '../../core/html/body-bounds.ts'
import { htmlTooLarge } from '../../core/html/bounds.ts'
import { cutElements } from '../../core/html/cut.ts'
import { GENERIC } from '../../core/extraction.ts'
import { languageOf } from '../../core/language.ts'
import type { Ending, Extract, Extraction, Refusal } from '../../core/model.ts'
import type { PageSource, Readers } from '../../core/publisher.ts'
import { isAnotherHeadline, TOO_MANY_DOUBTS } from '../../core/witness.ts'
import { MAX_NOTICE_LENGTH, type Notice, noticeIn } from './notice.ts'
import { certainRefusal, isMissingTitle, likelyRefusal } from './refusal.ts'
import { ownArticle } from './extract.ts'
import { HEAD_PARTS, headOf } from './head.ts'
import { readBody } from '../../core/markdown/read-body.ts'
import { textLength } from '../../core/html/dom.ts'
import { textOfHtml } from '../text.ts'
import { onePass, pageOf, type Pass } from './page.ts'
import { type Generation, isOfAny, type PageExtract, type Paper, type Sheet, withoutSiteName } from './paper.ts'
import { testimonyOf } from './testimony.ts'
import { readUnknown } from './unknown.ts'
import { dataAgainst, witnessesAgainst } from './witness.ts'
import { type Message, message } from '../../words/words.ts'
import { addressesOf, isLoopbackHost } from '../../core/identity.ts'
import { printableUrl } from '../../core/text/printable.ts'
import { leadsTo } from '../../core/web/refresh.ts'
import { urlOf } from '../../core/url.ts'
import { nextPageOf } from './next-page.ts'

function refused(reason: Refusal, detail: Message, what?: Message): Extraction {
  return what === undefined ? { kind: 'refused', reason, detail } : { kind: 'refused', reason, detail, what }
}

/** What no page is without: servers in trouble answer 200 with nothing, with a word, with JSON or a file. */
const IS_MARKUP = /<(?:!doctype html|html|head|body|title|div|script|article|main|section|table|p|h1)\b/i

const NOTICES: Readonly<Record<Notice, Message>> = {
  'not-found': message`the page says that there is no such page`,
  maintenance: message`the page says that the site is being worked on`,
}

/**
 * A notice in the dress of an article: its body says nothing else, and neither does its headline, or nothing on the page
 * describes a story. Of a page without any time and data an error's headline is enough.
 */
function noticeOf(sheet: Sheet, extract: PageExtract): Notice | null {
  const isDescribed = extract.published !== null || ownArticle(sheet, [extract.title]) !== null
  if (!isDescribed && isMissingTitle(extract.title, sheet.paper)) return 'not-found'
  const body = textLength(extract.body) > MAX_NOTICE_LENGTH ? null : noticeIn(textOfHtml(extract.body.innerHTML))
  if (body === null) return null
  const titles = [extract.title, withoutSiteName(sheet.head.title ?? '', sheet.paper)]
  return isDescribed && titles.every((title) => noticeIn(title) === null) ? null : body
}

/** How a page ends. What stands behind the article of a page made by a program (its data, say) is part of the story. */
function endingOf(sheet: Sheet, { parts, isHandMade, isData }: Generation): Ending {
  if (isData === true || sheet.isEnded()) return 'whole'
  const { html } = sheet
  const cut = isHandMade === true ? cutElements(html, parts) : null
  const isClosed =
    cut !== null &&
    Object.values(cut)
      .flat()
      .every(({ name, end, outer }) => end < html.length || outer.endsWith(`</${name}>`))
  return isClosed ? 'closed' : 'open'
}

/** True when the headline that the source showed is none of the text that was read. */
function isOfAnother({ title, body }: Extract, listed: string | null): boolean {
  return listed !== null && isAnotherHeadline(listed, title, body.text)
}

/** An extract as plain values. */
function asValues({ body, ...rest }: PageExtract, { url, storyUrl = url }: PageSource): Extract {
  return { ...rest, body: readBody(body, storyUrl) }
}

type Story = Extraction & { kind: 'story' }

/** The story as its layout read it; where too much speaks against that, and less against a reading without, the latter. */
function storyOf(sheet: Sheet, generation: Generation, found: PageExtract, source: PageSource): Extraction {
  const { listed = null, others } = source
  const extract = asValues(found, source)
  const against = (reading: Extract) => [...witnessesAgainst(sheet, reading), ...(others?.(reading) ?? [])]
  const doubts = against(extract)
  const another = isOfAnother(extract, listed)
  if (another || doubts.length >= TOO_MANY_DOUBTS) {
    const generic = readUnknown(sheet, listed)?.extract ?? null
    const unknown = generic === null ? null : asValues(generic, source)
    const left = unknown === null ? doubts : against(unknown)
    const isBetter = another ? !isOfAnother(unknown ?? extract, listed) : left.length < doubts.length
    if (unknown !== null && isBetter) return genericStoryOf(sheet, unknown, left)
  }
  return asStory(sheet, { generation: generation.name, extract, ending: endingOf(sheet, generation), doubts })
}

/** A story as it was `read`, with what its page says besides. */
function asStory(sheet: Sheet, read: Pick<Story, 'generation' | 'extract' | 'ending' | 'doubts'>): Story {
  return {
    kind: 'story',
    ...read,
    address: addressIn(sheet),
    doubts: [...read.doubts, ...firstOfSeveral(sheet)],
    lang: langOf(sheet, read.extract),
  }
}

/** What is said of a page that has the beginning of its story alone. */
function firstOfSeveral(sheet: Sheet): Message[] {
  const next = nextPageOf(sheet)
  return next === null ? [] : [message`the page is the first of several: the story goes on at ${printableUrl(next)}`]
}

function addressIn({ head, url }: Sheet): string | null {
  return head.canonical === null ? null : (urlOf(head.canonical, url)?.href ?? null)
}

/** What a page declares of its language, of which comments and programs of its head may speak of `<body>` before it. */
const IN_TAGS =
  /<(?:html\b[^<>]{0,500}?\s(?:xml:)?lang|meta\b[^<>]{0,200}\b(?:og:locale|content-language)["'\s][^<>]{0,200}?content)\s*=\s*["']?([\w-]+)/gi
const IN_DATA = /"inLanguage"\s*:\s*"([\w-]+)"/g
const DECLARED_WITHIN = 200_000

function langOf({ html }: Sheet, { title, body: { text } }: Extract): string | null {
  const within = html.slice(0, DECLARED_WITHIN)
  const declared = [...within.matchAll(IN_TAGS), ...within.matchAll(IN_DATA)].toSorted((a, b) => a.index - b.index)
  return languageOf(
    declared.map(([, tag = '']) => tag),
    `${title}\n${text}`,
  )
}

function genericStoryOf(sheet: Sheet, extract: Extract, doubts: readonly Message[]): Story {
  return asStory(sheet, { generation: GENERIC, extract, ending: sheet.isEnded() ? 'whole' : 'open', doubts })
}

/**
 * How the pages of a paper are read. An address serves for links and to know imitators by name; `listed` tells a page of no
 * known layout that is the story's from others. Elements are cut out of the text where that is safe, which is fast.
 */
export function pagesOf(paper: Paper): Pick<Readers, 'claims' | 'readPage' | 'witnessesIn'> {
  const { publisher, generations, paywall, data } = paper
  const { identify } = addressesOf([publisher])
  const walls = paywall === undefined ? null : { box: paywall }
  const shared = walls === null ? [HEAD_PARTS] : [HEAD_PARTS, walls]
  /** What is looked for in any page and the article of its layout are looked for at once. */
  const passes: Pass[] = []
  const withoutArticle = onePass(shared)

  const mended = (page: PageSource): PageSource =>
    paper.mended === undefined ? page : { ...page, html: paper.mended(page.html) }

  function sheetOf({ html, url }: PageSource, pass = withoutArticle, by?: 'text' | 'tree'): Sheet {
    const page = pageOf(html, url, pass, by === 'tree' ? () => null : cutElements)
    let found: { data: unknown } | undefined
    return {
      ...page,
      paper,
      day: identify(url).day,
      head: headOf(page, paper),
      walls: walls === null ? [] : page.parts(walls).box,
      data() {
        found ??= { data: data?.in(html) }
        return found.data
      },
    }
  }

  function readPage(page: PageSource, by?: 'text' | 'tree'): Extraction {
    const { html } = page
    const tooLarge = htmlTooLarge(html)
    if (tooLarge !== null) return refused('too-large', tooLarge)
    const first = generations.findIndex((generation) => generation.matches(html))
    const possible = first === -1 ? [] : generations.slice(first)
    if (possible[0] !== undefined) passes[first] ??= onePass([...shared, possible[0].parts])
    const sheet = sheetOf(page, passes[first], by)
    const certain = certainRefusal(sheet)
    if (certain !== null) return refused(certain.reason, certain.detail, certain.what)
    let empty: string | null = null
    for (const generation of possible) {
      if (generation !== possible[0] && !generation.matches(html)) continue
      const extract = generation.extract(sheet)
      if (extract === 'empty') empty ??= generation.name
      if (extract === null || extract === 'empty') continue
      const notice = noticeOf(sheet, extract)
      if (notice !== null) return refused(notice, NOTICES[notice])
      const beyond = bodyTooLarge(extract.body)
      return beyond === null ? storyOf(sheet, generation, extract, page) : refused('too-large', beyond)
    }
    return withoutLayout(sheet, page, empty)
  }

  return {
    // Names of classes are everybody's: another site's page is one of the paper's where it is a copy of one.
    claims: ({ html, url }) =>
      generations.some((generation) => generation.matches(html)) &&
      ((html.includes(publisher.site) && paper.storyLink.test(html)) || isLoopbackHost(urlOf(url)?.hostname ?? '')),
    readPage: (page, by) => readPage(mended(page), by),
    witnessesIn: (page, more) => testimonyOf(sheetOf(mended(page)), more),
  }
}

/** Reads a page in which no layout found its article; that of `empty` is without text and picture. */
function withoutLayout(sheet: Sheet, source: PageSource, empty: string | null): Extraction {
  const { listed = null, written = null, others } = source
  if (isFeedMarkup(sheet.html)) return refused('no-page', message`the answer is a feed or a sitemap, no web page`)
  const likely = likelyRefusal(sheet)
  const isOpen = likely === null || likely.weak === true
  const isTold = listed === null && written !== null && likely === null && empty === null
  const unknown = isOpen ? (readUnknown(sheet, listed) ?? (isTold ? readUnknown(sheet, written) : null)) : null
  if (unknown !== null && (likely === null || unknown.certain) && noticeOf(sheet, unknown.extract) === null) {
    const beyond = bodyTooLarge(unknown.extract.body)
    if (beyond !== null) return refused('too-large', beyond)
    const extract = asValues(unknown.extract, source)
    return genericStoryOf(sheet, extract, [...dataAgainst(sheet, extract), ...(others?.(extract) ?? [])])
  }
  if (likely !== null && (empty === null || likely.reason !== 'home'))
    return refused(likely.reason, likely.detail, likely.what)
  if (empty !== null) return refused('empty', message`the article has no text and no picture (layout ${empty})`)
  if (!IS_MARKUP.test(sheet.html))
    return refused(
      'no-page',
      sheet.html.trim() === '' ? message`the answer is empty` : message`the answer is no web page`,
    )
  const next = leadsTo(sheet.html, null, sheet.url)
  if (next !== null) return refused('no-page', message`the page only leads on to ${printableUrl(next)}`)
  if (isOfAny(sheet.paper)) return refused('unclaimed', message`no article is found in it`)
  return refused(
    'unclaimed',
    message`no page layout of ${sheet.paper.publisher.title} that is known has its article here`,
  )
}
