import { paragraphHtml } from '../body/markup.ts'
import { type TextLine, type Outline, outlineOf } from '../../core/html/outline.ts'
import { isAnotherHeadline } from '../../core/witness.ts'
import { headlineIn, isHeading, isSameLine, withLinesAsProse, withHeadline, wordsOf } from './blocks.ts'
import { storyIn } from './choose.ts'
import { cleaned } from './clean.ts'
import { htmlOf } from './cut-out.ts'
import { jsonBody } from './json-body.ts'

/** Fewer words are a line about a story (some 80 Chinese characters), where the page does not say that it is the story. */
export const PARAGRAPH_WORDS = 48
/** Some 20 Chinese characters. */
const LEAST_WORDS = 12
/** What scripts hold is the body where the page itself shows less than this part of it. */
const SHOWN_SHARE = 0.6

interface GenericPage {
  html: string
  url: string
  /** The story's headline, as the page's head has it. */
  headline: string | null
  /** What its head says of it. */
  description: string | null
  /** What ld+json says the body is, as text. */
  articleBody: string | null
  /** The texts of the page's scripts, where the body may be looked for in them. */
  scripts: readonly string[]
}

/** A body found without knowing the layout. */
export interface GenericBody {
  html: string
  /** Where it begins in the page's HTML; -1 where the page does not show it there. */
  start: number
  /** Where its last line that is no quotation begins there; -1 as well. */
  last: number
  /** Latin words, and six tenths of each Chinese character. */
  words: number
  /** Paragraphs that are sentences: an error page, a form or a list of headlines has hardly any. */
  prose: number
  /** The page's headline as it stands above it as a heading; `null` where it does not. */
  heading: string | null
  /** True where it stands below another headline than the page's and says nothing of that. */
  isOfAnother: boolean
}

/** A root that is declared in markup is shown where its template stands. */
const SHADOW = /<template\b(?=[^<>]*\sshadowroot(?:mode)?=)[^<>]*>((?:(?!<\/?template\b)[^])*)<\/template>/gi
const SHADOWS_DEEP = 8

function withShadows(html: string, left = SHADOWS_DEEP): string {
  if (left === 0 || !/<template\b[^<>]*\sshadowroot/i.test(html)) return html
  return withShadows(
    html.replace(SHADOW, (_, inner: string) => `<div>${inner}</div>`),
    left - 1,
  )
}

function bodyOf(outline: Outline, blocks: readonly TextLine[], headline: string | null): GenericBody {
  const all = cleaned(blocks, headline)
  // Of a page that names no headline it is the heading above the text.
  const untold = headline === null && all[0] !== undefined && isHeading(all[0]) ? all[0] : null
  const kept = untold === null ? all : all.slice(1)
  const prose = kept.filter(({ isProse }) => isProse).length
  const [first] = kept
  const above = outline.blocks.slice(0, first?.at ?? 0)
  const heading =
    headline === null ? untold : above.findLast((each) => isHeading(each) && isSameLine(each.text, headline))
  const html = htmlOf(outline, kept)
  const last = kept.findLast(({ kind }) => kind !== 'blockquote')?.start ?? -1
  const nearest = [...above, ...kept.slice(0, 1)].findLast((each) => each === heading || each.kind === 'h1')
  const isOfAnother = headline !== null && nearest !== heading && isAnotherHeadline(headline, nearest?.text ?? '', html)
  const words = wordsOf(kept)
  return { html, start: first?.start ?? -1, last, words, prose, heading: heading?.text ?? null, isOfAnother }
}

function shownBody(page: GenericPage): GenericBody {
  const html = withShadows(page.html)
  const found = bodyIn(html, page)
  return html === page.html ? found : { ...found, start: -1, last: -1 }
}

function bodyIn(html: string, page: GenericPage): GenericBody {
  const read = outlineOf(html)
  const outline = page.headline === null ? read : withHeadline(read, page.headline)
  const headline = page.headline === null ? null : headlineIn(outline.blocks, page.headline)
  const own = { url: page.url, headline, told: `${page.description ?? ''}\n${page.articleBody ?? ''}` }
  const body = bodyOf(outline, storyIn(outline, own), headline)
  if (body.words >= PARAGRAPH_WORDS) return body
  const lines = withLinesAsProse(outline)
  const verse = { ...bodyOf(lines, storyIn(lines, own), headline), prose: 0 }
  return verse.heading !== null && verse.words >= PARAGRAPH_WORDS ? verse : body
}

function ofText(text: string): string {
  const paragraphs = text.split(/\n|\u3000{2,}/).filter((each) => each.trim() !== '')
  return paragraphs.map(paragraphHtml).join('\n')
}

/** A body that stands by itself, without what is no part of it. */
function hiddenBody(html: string, headline: string | null): GenericBody {
  const outline = outlineOf(html)
  return { ...bodyOf(outline, outline.blocks, headline), start: -1, last: -1 }
}

/**
 * The article of a page whose layout nobody knows, without what stands among it;
 * where the page shows little of it, the body in its data. `null` where there is less than a sentence.
 */
export function readGeneric(page: GenericPage): GenericBody | null {
  const hidden = [jsonBody(page.scripts, page.headline), page.articleBody === null ? null : ofText(page.articleBody)]
  let best = shownBody(page)
  for (const html of hidden) {
    const found = html === null ? null : hiddenBody(html, page.headline)
    if (found === null) continue
    if (best.words < SHOWN_SHARE * found.words || best.isOfAnother) best = found
  }
  return best.words < LEAST_WORDS ? null : best
}
