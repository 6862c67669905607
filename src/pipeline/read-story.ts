import { BODY_TOP_HEADING } from '../core/record/content.ts'
import type { Content } from '../core/document/render.ts'
import { bodyTooLarge } from '../core/html/body-bounds.ts'
import { htmlTooLarge } from '../core/html/bounds.ts'
import { isEnded } from '../core/html/end.ts'
import { elementToMarkdown } from '../core/markdown/index.ts'
import { seedBody } from '../core/markdown/seed-body.ts'
import type { Ending, Extract, Refusal } from '../core/model.ts'
import { decode } from '../core/text/charset.ts'
import { readContent, readPage } from '../sites/index.ts'

/** A story as its page or a feed gives it, its body written: plain values, without a DOM. */
export interface Reading extends Omit<Extract, 'body' | 'source'> {
  body: Content['body']
}

/** The story of a page, or one line that says why there is none. */
export type PageReading =
  /** `generation`: the layout that read it. `address`: as the page names it. */
  | { kind: 'story'; story: Reading; ending: Ending; generation: string; address: string | null }
  | { kind: 'refused'; reason: Refusal; detail: string }

export type BodyForm = 'markdown' | 'html'

interface PageInHand {
  bytes: Uint8Array
  contentType: string | null
  /** Where the page was found. */
  url: string
  /** The story's address, which its links are relative to. */
  storyUrl: string
  form: BodyForm
}

/** What archiving a story takes of work, on whichever core is free. */
export const storyJobs = {
  readPage({ bytes, contentType, url, storyUrl, form }: PageInHand): PageReading {
    const html = decode(bytes, contentType)
    const page = readPage({ html, url })
    if (page.kind === 'story') {
      const { extract, ending, generation, address } = page
      return { kind: 'story', story: written(extract, storyUrl, form), ending, generation, address }
    }
    if (page.reason === 'too-large' || isEnded(html)) return page
    return { ...page, detail: `${page.detail}; the page ends before its end, and may be cut off` }
  },
}

function written({ body, source, ...rest }: Extract, url: string, form: BodyForm): Reading {
  if (form === 'html') return { ...rest, body: { html: seedBody(source) } }
  return { ...rest, body: { markdown: elementToMarkdown(body, url, { topHeading: BODY_TOP_HEADING }) } }
}

/** The text that a feed carries; `null` where it has none, less than `paragraphs`, or too much. */
export function readFeedText(
  { url, html, title, published }: { url: string; html: string; title: string; published: string | null },
  paragraphs: number,
  form: BodyForm,
): Reading | null {
  if (htmlTooLarge(html) !== null) return null
  const content = readContent(html, url)
  if (content === null || bodyTooLarge(content.body) !== null || paragraphsOf(content.body) < paragraphs) return null
  return written(
    { title, published, ...content, updated: null, bylines: [], keywords: [], access: 'public' },
    url,
    form,
  )
}

function paragraphsOf(body: Element): number {
  return Array.from(body.querySelectorAll('p')).filter((p) => (p.textContent ?? '').trim() !== '').length
}
