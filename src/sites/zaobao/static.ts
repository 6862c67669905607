import { all, bodyElement } from '../../core/html/dom.ts'
import { extractOf } from '../page/extract.ts'
import { shownTimes } from '../page/shown-times.ts'
import type { Generation, Sheet } from '../page/paper.ts'
import { collapse, textOfHtml } from '../text.ts'

const NOISE = 'script, style, table[cellspacing="9"], fieldset, div[width="30%"]'
const BLANK_LINE = /(?:<br\s*\/?>(?:\s|&nbsp;)*){2,}/i

/** True for a box of links: more than half of its text, and no sentence beside them. */
function isNavigation(body: Element): boolean {
  const links = all(body, 'a').map((link) => link.textContent)
  const length = collapse(body.textContent).length
  if (collapse(links.join('')).length * 2 <= length) return false
  let rest = body.textContent
  for (const link of links) rest = rest.replace(link, '')
  return !/[。！？；]/.test(rest)
}

/** The text of these pages stands in a cell, its paragraphs parted by empty lines. */
function bodyIn(html: string): string | null {
  const body = bodyElement(html)
  for (const element of all(body, NOISE)) element.remove()
  if (collapse(body.textContent) === '' || isNavigation(body)) return null
  if (all(body, 'p').length > 0) return body.innerHTML
  return body.innerHTML
    .split(BLANK_LINE)
    .map((each) => `<p>${each}</p>`)
    .join('')
}

const PARTS = {
  body: 'td.text, span.page, div#content',
  headline: 'h1, .title, .headline',
  date: '.date, .time',
}

function extract(page: Sheet) {
  const parts = page.parts(PARTS)
  const bodies = parts.body.map((part) => bodyIn(part.inner)).filter((body) => body !== null)
  if (bodies.length === 0) return parts.body.length > 0 ? ('empty' as const) : null
  const shown = shownTimes(parts.date.map((part) => textOfHtml(part.inner)))
  return extractOf(page, {
    titles: [parts.headline[0]?.inner],
    lead: [],
    body: bodies.join(''),
    published: shown.published,
    updated: shown.updated,
  })
}

const OLD_CHARSET = /charset\s*=\s*["']?\s*(?:gb2312|gbk|gb18030|x-gbk)/i
const NEWER = /drupal|astro-island|__staticRouterHydrationData|bootstrap/i

/** Static `.shtml` pages in GBK, before Drupal. */
export const staticPages = {
  name: 'static',
  era: 'to 2012',
  isHandMade: true,
  matches: (html) => (OLD_CHARSET.test(html) || html.includes('.shtml')) && !NEWER.test(html),
  parts: PARTS,
  extract,
} satisfies Generation
