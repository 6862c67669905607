import { parseHtml } from '../../core/html/html.ts'
import { withoutElements } from '../../core/html/without.ts'
import { elementsUnder } from '../dom.ts'
import { blocksOf, isProse, wordsOf } from './blocks.ts'
import { captionsToPictures, cleanArticle } from './clean.ts'
import { removeOverlays, withoutFurnitureNames } from './furniture.ts'
import { jsonBody } from './json-body.ts'
import { standsAmongOthers, withoutMisleadingNames } from './others.ts'
import { inKnownElements } from './plain.ts'
import { mainContent } from './readability.ts'
import { squareWithPage } from './square.ts'

/** Fewer words are a line about a story (some 80 Chinese characters). */
const MIN_WORDS = 48
/** What scripts hold is the body where the page itself shows less than this part of it. */
const SHOWN_SHARE = 0.6

/** Pages of news have some 300 kB and 5,000 elements; Readability goes over all of them up to eight times. */
const MAX_LENGTH = 3_000_000
/** Without its scripts. */
const MAX_SHOWN_LENGTH = 500_000
const MOST_TRIES = 5
const MAX_ELEMENTS = 15_000
/** Where a page has so many times the prose of what was found, that may be a box: it is looked for with less strictness. */
const MOST_MISSED = 3
const FEW_LETTERS = 500

/** What no story stands in, cut out of the text: half of a page's elements need not be made. */
const CHROME = new Set('script style template svg nav footer select'.split(' '))

export interface GenericPage {
  html: string
  url: string
  /** The story's headline, as the page's head has it. */
  headline: string | null
  /** What ld+json says the body is, as text. */
  articleBody: string | null
  /** The texts of the page's scripts, where the body may be looked for in them. */
  scripts: readonly string[]
  /** What the publisher knows of all its pages: takes out what is no part of a story, puts shuffled paragraphs in order. */
  readonly prepare: (root: Element) => void
}

/** A body found without knowing the layout. */
export interface GenericBody {
  html: string
  /** Latin words, and six tenths of each Chinese character. */
  words: number
  /** Paragraphs that are sentences: an error page, a form or a list of headlines has hardly any. */
  prose: number
}

function measured(root: Element): GenericBody {
  const blocks = blocksOf(root)
  return { html: root.innerHTML, words: wordsOf(blocks), prose: blocks.filter(isProse).length }
}

const bodyElement = (html: string): Element => parseHtml(`<!DOCTYPE html><body>${html}`).body

/** A root that is declared in markup is shown where its template stands. */
const SHADOW = /<template\b[^<>]*\sshadowroot(?:mode)?=[^<>]*>((?:(?!<\/?template\b)[^])*)<\/template>/gi
const SHADOWS_DEEP = 8

function withShadows(html: string, left = SHADOWS_DEEP): string {
  if (left === 0 || !/<template\b[^<>]*\sshadowroot/i.test(html)) return html
  return withShadows(
    html.replace(SHADOW, (_, inner: string) => `<div>${inner}</div>`),
    left - 1,
  )
}

function articleIn(content: string): Element {
  const root = bodyElement(content)
  captionsToPictures(root)
  return root
}

function shownBody({ html, url, headline, prepare }: GenericPage): GenericBody | null {
  if (html.length > MAX_LENGTH) return null
  const page = parseHtml(withoutElements(withShadows(html), CHROME)).documentElement
  if (elementsUnder(page).length > MAX_ELEMENTS) return null
  prepare(page)
  removeOverlays(page, headline)
  withoutMisleadingNames(page)
  inKnownElements(page)
  // Where lists of other stories are longer than a short story, they are taken for it: without them it is found.
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const whole = blocksOf(page)
    const prose = whole.filter((block) => isProse(block) && !standsAmongOthers(block))
    withoutFurnitureNames(prose)
    const shown = page.outerHTML
    const content = shown.length > MAX_SHOWN_LENGTH ? null : mainContent(shown)
    if (content === null) return null
    let root = articleIn(content)
    if (wordsOf(prose) > MOST_MISSED * wordsOf(blocksOf(root).filter(isProse))) {
      root = articleIn(mainContent(shown, FEW_LETTERS) ?? content)
    }
    const found = squareWithPage(root, blocksOf(root), whole, { headline, url })
    if (found === 'square') {
      cleanArticle(root, headline)
      return measured(root)
    }
    if (found.others === null) return null
    found.others.parentNode?.removeChild(found.others)
  }
  return null
}

function ofText(text: string): string {
  const paragraphs = text.split(/\s*\n\s*|\u3000{2,}/).filter((each) => each.trim() !== '')
  return paragraphs.map((each) => `<p>${each.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`).join('\n')
}

function hiddenBody(html: string, { headline, prepare }: GenericPage): GenericBody {
  const root = bodyElement(html)
  prepare(root)
  cleanArticle(root, headline)
  return measured(root)
}

/**
 * The article of a page whose layout nobody knows: what Readability finds, cleaned, with the paragraphs it left out;
 * where the page shows little of it, the body in its data. `null` where there is less than a paragraph.
 */
export function readGeneric(page: GenericPage): GenericBody | null {
  const hidden = [jsonBody(page.scripts, page.headline), page.articleBody === null ? null : ofText(page.articleBody)]
  let best = shownBody(page)
  for (const html of hidden) {
    const found = html === null ? null : hiddenBody(html, page)
    if (found !== null && (best?.words ?? 0) < SHOWN_SHARE * found.words) best = found
  }
  return best === null || best.words < MIN_WORDS ? null : best
}
