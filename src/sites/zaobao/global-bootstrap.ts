import { isCutOff, PAYWALL } from './access.ts'
import { hasBylineLabel, namesIn } from './bylines.ts'
import { before, extractOf, headlineOf, ownArticle, ownParts, shownTimes, timeAbove } from './generation.ts'
import type { Generation, Sheet } from './generation.ts'
import { textOfHtml } from './page.ts'

/** What the page's statistics are told: `"pubdate":"2022-07-23 08:15:00"`, Singapore time. */
const PUSHED_TIME = /["']?pubdate["']?\s*:\s*["']([^"']{1,40})["']/

const PARTS = {
  body: '#article-body, .article-body',
  h1: 'h1',
  titled: 'h1.article-title',
  carousel: '#carousel-article, .carousel-inner',
  author: '.author-info',
  keywords: 'a[href*=/keywords/], a[href*=/keyword/]',
  paywall: PAYWALL,
}

function extract(page: Sheet) {
  const parts = page.parts(PARTS)
  const body = parts.body[0]
  if (body === undefined) return null
  const author = ownParts(parts.author, parts.h1, body).map((part) => textOfHtml(part.inner))
  const shown = shownTimes(author)
  const titles = [parts.titled[0]?.inner, headlineOf(parts.h1, body)]
  return extractOf(page, {
    titles,
    lead: before(parts.carousel, body).map((part) => part.outer),
    body: body.inner,
    published: [PUSHED_TIME.exec(page.html)?.[1], ...shown.published, () => timeAbove(page, parts.h1, body)],
    updated: shown.updated,
    bylines: author.filter(hasBylineLabel).flatMap(namesIn),
    keywords: ownArticle(page, titles)?.keywords.length ? [] : parts.keywords.map((part) => textOfHtml(part.inner)),
    subscriber: isCutOff(parts.paywall),
  })
}

/** The global site in Bootstrap. In 2022-23 it served its paragraphs shuffled. */
export const globalBootstrap = {
  name: 'global-bootstrap',
  era: '2020-11 to 2025-07',
  matches: (html) => html.includes('article-body'),
  parts: PARTS,
  extract,
} satisfies Generation
