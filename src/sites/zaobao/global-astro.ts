import { isCutOff, PAYWALL } from './access.ts'
import { hasBylineLabel, namesIn } from './bylines.ts'
import { before, extractOf, headlineOf, ownParts, timeAbove, timesIn } from './generation.ts'
import type { Generation, Sheet } from './generation.ts'
import { textOfHtml } from './page.ts'

const PARTS = {
  body: '#article-body, .article-body',
  h1: 'h1',
  banner: '[data-testid=article-banner], #carousel-article, .carousel-inner',
  gallery: 'img.gallery-image',
  keyword: '.keyword-tag_item',
  byline: '[class*=byline], [class*=author], [data-testid*=byline], [data-testid*=author]',
  time: 'time',
  paywall: PAYWALL,
}

function extract(page: Sheet) {
  const parts = page.parts(PARTS)
  const body = parts.body[0]
  if (body === undefined) return null
  const banner = before(parts.banner, body)
  const gallery = before(parts.gallery, body).filter(
    (image) => !banner.some((each) => each.outer.includes(image.outer)),
  )
  const bylines = ownParts(parts.byline, parts.h1, body).map((part) => textOfHtml(part.inner))
  const shown = timesIn(page, ownParts(parts.time, parts.h1, body))
  return extractOf(page, {
    titles: [headlineOf(parts.h1, body)],
    lead: [...banner, ...gallery].map((part) => part.outer),
    body: body.inner,
    published: [...shown.published, () => timeAbove(page, parts.h1, body)],
    updated: shown.updated,
    bylines: bylines.filter(hasBylineLabel).flatMap(namesIn),
    keywords: parts.keyword.map((part) => textOfHtml(part.inner)),
    subscriber: isCutOff(parts.paywall),
  })
}

/** The global site (www.zaobao.com) in Astro. */
export const globalAstro = {
  name: 'global-astro',
  era: '2025-07-30 on',
  matches: (html) => html.includes('article-body') && /astro-island|\/_astro\/|data-testid=["']?article-/.test(html),
  parts: PARTS,
  extract,
} satisfies Generation
