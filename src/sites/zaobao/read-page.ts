import { bodyTooLarge } from '../../core/html/body-bounds.ts'
import { htmlTooLarge } from '../../core/html/bounds.ts'
import { isEnded } from '../../core/html/end.ts'
import { cutElements } from '../../core/html/cut.ts'
import { GENERIC } from '../../core/extraction.ts'
import type { Ending, Extract, Extraction, Refusal } from '../../core/model.ts'
import type { Testimony } from '../../core/probe/testimony.ts'
import type { PageSource } from '../../core/publisher.ts'
import { TOO_MANY_DOUBTS } from '../../core/witness.ts'
import { MAX_NOTICE_LENGTH, type Notice, noticeIn } from '../notice.ts'
import { certainRefusal, isMissingTitle, likelyRefusal } from './refusal.ts'
import { GENERATIONS } from './generations.ts'
import { type Generation, ownArticle, type Sheet } from './generation.ts'
import { hydrationData } from './hydration.ts'
import { HEAD_PARTS, headOf } from './head.ts'
import { textLength } from './dom.ts'
import { onePass, pageOf, type Pass, textOfHtml } from './page.ts'
import { withoutSiteName } from './paper.ts'
import { testimonyOf } from './testimony.ts'
import { readUnknown } from './unknown.ts'
import { dataAgainst, witnessesAgainst } from './witness.ts'
import { type Message, message } from '../../words/words.ts'
import { urlOf } from '../../core/web/url.ts'

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
function noticeOf(sheet: Sheet, extract: Extract): Notice | null {
  const isDescribed = extract.published !== null || ownArticle(sheet, [extract.title]) !== null
  if (!isDescribed && isMissingTitle(extract.title)) return 'not-found'
  const body = textLength(extract.body) > MAX_NOTICE_LENGTH ? null : noticeIn(textOfHtml(extract.body.innerHTML))
  if (body === null) return null
  const titles = [extract.title, withoutSiteName(sheet.head.title ?? '')]
  return isDescribed && titles.every((title) => noticeIn(title) === null) ? null : body
}

/** How a page ends. What stands behind the article of a page made by a program (its data, say) is part of the story. */
function endingOf({ html }: Sheet, { parts, isHandMade }: Generation): Ending {
  if (isEnded(html)) return 'whole'
  const cut = isHandMade === true ? cutElements(html, parts) : null
  const isClosed =
    cut !== null &&
    Object.values(cut)
      .flat()
      .every(({ name, end, outer }) => end < html.length || outer.endsWith(`</${name}>`))
  return isClosed ? 'closed' : 'open'
}

function storyOf(sheet: Sheet, generation: Generation, extract: Extract, listed: string | null): Extraction {
  const doubts = witnessesAgainst(sheet, extract)
  if (doubts.length >= TOO_MANY_DOUBTS) {
    const unknown = readUnknown(sheet, listed)
    const left = unknown === null ? doubts : witnessesAgainst(sheet, unknown.extract)
    if (unknown !== null && left.length < doubts.length) return genericStoryOf(sheet, unknown.extract, left)
  }
  const ending = endingOf(sheet, generation)
  return { kind: 'story', generation: generation.name, extract, ending, address: addressIn(sheet), doubts }
}

function addressIn({ head, url }: Sheet): string | null {
  return head.canonical === null ? null : (urlOf(head.canonical, url)?.href ?? null)
}

function genericStoryOf(sheet: Sheet, extract: Extract, doubts: readonly Message[]): Extraction {
  const ending = isEnded(sheet.html) ? 'whole' : 'open'
  return { kind: 'story', generation: GENERIC, extract, ending, address: addressIn(sheet), doubts }
}

/** The head of a page and the article of its layout are looked for in one pass. */
const PASSES = GENERATIONS.map(({ parts }) => onePass([HEAD_PARTS, parts]))

function sheetOf(html: string, url: string, pass: Pass | null, by: 'text' | 'tree'): Sheet {
  const page = by === 'text' ? pageOf(html, url, pass) : pageOf(html, url, pass, () => null)
  let data: { value: unknown } | undefined
  return {
    ...page,
    head: headOf(page),
    hydration() {
      data ??= { value: hydrationData(html) }
      return data.value
    },
  }
}

/** What each witness in a page says of its story: `text` is what was read of it, `null` where nothing was. */
export function witnessesIn(
  page: PageSource,
  more: { text: string | null; day: string | null; listed: string | null },
): Testimony {
  return testimonyOf(sheetOf(page.html, page.url, null, 'text'), more)
}

/**
 * Reads a page: the story in it, or why there is none. Which layout it has is told by what it holds; its address serves
 * for links and to know imitators by name; `listed`, the headline that its source showed, tells a page of no known layout
 * that is the story's from others. Throws `HtmlTooDeepError` where the HTML is nested beyond reason. Elements are cut out of
 * the text where that is safe, which is fast; `by: 'tree'` looks them up in the DOM of the whole page, to compare.
 */
export function readPage(page: PageSource, by: 'text' | 'tree' = 'text'): Extraction {
  const listed = page.listed ?? null
  const tooLarge = htmlTooLarge(page.html)
  if (tooLarge !== null) return refused('too-large', tooLarge)
  const first = GENERATIONS.findIndex((generation) => generation.matches(page.html))
  const sheet = sheetOf(page.html, page.url, PASSES[first] ?? null, by)
  const certain = certainRefusal(sheet)
  if (certain !== null) return refused(certain.reason, certain.detail, certain.what)
  let empty: string | null = null
  for (const generation of GENERATIONS as readonly Generation[]) {
    if (!generation.matches(page.html)) continue
    const extract = generation.extract(sheet)
    if (extract === 'empty') empty ??= generation.name
    if (extract === null || extract === 'empty') continue
    const notice = noticeOf(sheet, extract)
    if (notice !== null) return refused(notice, NOTICES[notice])
    const beyond = bodyTooLarge(extract.body)
    if (beyond !== null) return refused('too-large', beyond)
    return storyOf(sheet, generation, extract, listed)
  }
  const likely = likelyRefusal(sheet)
  const unknown = likely === null || likely.weak === true ? readUnknown(sheet, listed) : null
  if (unknown !== null && (likely === null || unknown.certain) && noticeOf(sheet, unknown.extract) === null) {
    const beyond = bodyTooLarge(unknown.extract.body)
    return beyond === null
      ? genericStoryOf(sheet, unknown.extract, dataAgainst(sheet, unknown.extract))
      : refused('too-large', beyond)
  }
  if (likely !== null && (empty === null || likely.reason !== 'home'))
    return refused(likely.reason, likely.detail, likely.what)
  if (empty !== null) return refused('empty', message`the article has no text and no picture (layout ${empty})`)
  if (!IS_MARKUP.test(page.html))
    return refused(
      'no-page',
      page.html.trim() === '' ? message`the answer is empty` : message`the answer is no web page`,
    )
  return refused('unclaimed', message`no page layout of Zaobao that is known has its article here`)
}
