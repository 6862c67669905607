import { htmlTooLarge } from '../../core/html/bounds.ts'
import { isEnded } from '../../core/html/end.ts'
import { paragraphsOf, proseOf } from '../../core/html/prose.ts'
import { type MarkdownBody, writeBody } from '../../core/markdown/index.ts'
import { seedBody } from '../../core/markdown/seed-body.ts'
import type { Ending, Extract, Refusal } from '../../core/model.ts'
import { decode } from '../../core/text/charset.ts'
import { isAnotherHeadline, missingSentences } from '../../core/witness.ts'
import { readContent, readPage as pageIn } from '../../sites/index.ts'
import { type Message, message } from '../../words/words.ts'

/** A story as its page or a feed gives it, its body written: plain values, without a DOM. */
export interface Reading extends Omit<Extract, 'body' | 'source'> {
  body: MarkdownBody | HtmlBody
  /** The layout that read the page, `generic` where none did, `feed` for a feed's own text. */
  extraction: string
  /** What other witnesses say against it, a line each. */
  doubts: readonly Message[]
  /** The language that its page declares and its text does not deny, else that of the text; `null` where neither tells. */
  lang: string | null
}

/** A body as HTML, and as Markdown: of that HTML, in which lines are joined, it would be less. */
interface HtmlBody {
  html: string
  inMarkdown: string
}

/** The story of a page, or one line that says why there is none. */
export type PageReading =
  /** `address`: as the page names it. */
  | { kind: 'story'; story: Reading; ending: Ending; address: string | null }
  | { kind: 'refused'; reason: Refusal; detail: Message }

export type BodyForm = 'markdown' | 'html'

interface PageInHand {
  bytes: Uint8Array
  contentType: string | null
  /** Where the page was found. */
  url: string
  /** The story's address, which its links are relative to. */
  storyUrl: string
  form: BodyForm
  /** What the source showed of the story; `written`: the headline of its file. */
  shown: { title: string | null; html: string | null; written: string | null }
}

/** What a page says of its story. */
export function readPage({ bytes, contentType, url, storyUrl, form, shown }: PageInHand): PageReading {
  const html = decode(bytes, contentType)
  const told = paragraphsToldBy(shown.html)
  const against = (extract: Extract) => sourceAgainst(extract, shown.title, told)
  const standsIn = told !== null && told.length >= MIN_FEED_PARAGRAPHS
  const others = standsIn ? {} : { others: against }
  const page = pageIn({ html, url, storyUrl, listed: shown.title, written: shown.written, ...others })
  if (page.kind === 'story') {
    const doubts = standsIn ? [...page.doubts, ...against(page.extract)] : page.doubts
    const body = written(page.extract, form)
    const story = { ...body, extraction: page.generation, doubts, lang: page.lang }
    return { kind: 'story', story, ending: page.ending, address: page.address }
  }
  if (page.reason === 'too-large' || isEnded(html)) return page
  return { ...page, detail: message`${[page.detail, message`the page ends before its end, and may be cut off`]}` }
}

/** What the source of a story says against a page's reading of it, a line each. */
function sourceAgainst(
  { title, body, access }: Extract,
  listed: string | null,
  told: readonly string[] | null,
): Message[] {
  const headline =
    listed !== null && isAnotherHeadline(listed, title, body.text)
      ? message`the source's headline is another: ${listed}`
      : null
  if (told === null || access === 'subscriber') return headline === null ? [] : [headline]
  const missing = missingSentences(told.join('\n'), body.text, message`the feed`, () => proseOf(body.html))
  return [headline, missing].filter((line) => line !== null)
}

/** Fewer paragraphs are a teaser, which does not stand in for a page. */
export const MIN_FEED_PARAGRAPHS = 2

/** What a source's own text says, a paragraph each; `null` where it has none, or one too large to be read. */
function paragraphsToldBy(html: string | null): string[] | null {
  return html === null || htmlTooLarge(html) !== null ? null : paragraphsOf(html).map(({ text }) => text)
}

type Written = Omit<Reading, 'extraction' | 'doubts' | 'lang'>

function written({ body, source, ...rest }: Extract, form: BodyForm): Written {
  const inMarkdown = writeBody(body.blocks)
  if (form === 'markdown') return { ...rest, body: inMarkdown }
  return { ...rest, body: { html: seedBody(source), inMarkdown: inMarkdown.markdown } }
}

/** The text that a feed carries; `null` where it has none, less than `paragraphs`, or too much. */
export function readFeedText(
  { url, html, title, published }: { url: string; html: string; title: string; published: string | null },
  paragraphs: number,
  form: BodyForm,
): Reading | null {
  if (htmlTooLarge(html) !== null) return null
  const content = readContent(html, url)
  if (content === null || paragraphsOf(content.body.html).length < paragraphs) return null
  const extract: Extract = { title, published, ...content, updated: null, bylines: [], keywords: [], access: 'public' }
  return { ...written(extract, form), extraction: 'feed', doubts: content.doubts, lang: null }
}
