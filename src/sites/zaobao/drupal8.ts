import { compileSelector } from '../../core/html/selector.ts'
import { hasBylineLabel, namesIn } from '../page/bylines.ts'
import { extractOf } from '../page/extract.ts'
import { before, headlineOf, ownParts } from '../page/parts.ts'
import { shownTimes, timeAbove } from '../page/shown-times.ts'
import type { Generation, Sheet } from '../page/paper.ts'
import { at } from '../json.ts'
import { pageOf, type Part } from '../page/page.ts'
import { textOfHtml } from '../text.ts'
import { detailsOf, SETTINGS } from './data.ts'

/** The payload of the era's last weeks (winter 2023-24): `"publication_date","2016-01-20T18:38:00"`, Singapore time. */
const PAYLOAD_TIME = /\\?"publication_date\\?"\s*[,:]\s*\\?"([^"\\]{1,40})/

const DATED = compileSelector('.date-published')

function bylinesOf(parts: readonly Part[]): string[] {
  const texts = parts.filter((part) => !DATED.matches(part)).map((part) => textOfHtml(part.inner))
  return texts.filter((text) => hasBylineLabel(text) || !/\d{4}/.test(text)).flatMap((text) => namesIn(text))
}

const PARTS = {
  raw: '.article-content-rawhtml',
  container: '.article-content-container',
  titled: 'h1.article-title, h2.article-title',
  h1: 'h1',
  lead: '.inline-figure, .inline-figure-gallery',
  byline: '.byline, .title-byline',
  date: '.date-published, .date-updated, .title-byline',
  keywords: '.keywords',
  settings: SETTINGS,
}

function extract(page: Sheet) {
  const parts = page.parts(PARTS)
  const body = parts.raw[0] ?? parts.container[0]
  if (body === undefined) return null
  const details = detailsOf(parts.settings)
  const titles = parts.h1.length > 0 ? parts.h1 : parts.titled
  const shown = shownTimes(ownParts(parts.date, titles, body).map((part) => textOfHtml(part.inner)))
  return extractOf(page, {
    titles: [headlineOf(parts.h1, body), parts.titled[0]?.inner],
    lead: before(parts.lead, body).map((part) => part.outer),
    body: body.inner,
    published: [
      at(details, 'created'),
      () => PAYLOAD_TIME.exec(page.html)?.[1],
      ...shown.published,
      () => timeAbove(page, parts.h1, body),
    ],
    updated: [at(details, 'changed'), ...shown.updated],
    bylines: bylinesOf(ownParts(parts.byline, titles, body)),
    keywords: parts.keywords.flatMap((part) => keywordsIn(part.inner)),
  })
}

const KEYWORDS = { items: 'li', links: 'a' }

/** The items of a list, or its links where it has none. */
function keywordsIn(html: string): string[] {
  const { items, links } = pageOf(html, '').parts(KEYWORDS)
  return (items.length > 0 ? items : links).map((item) => textOfHtml(item.inner))
}

/** Drupal 8, theme zbsg2020: the Singapore site, and the global one until November 2020. */
export const drupal8 = {
  name: 'drupal8',
  era: '2019-10 to 2024-06',
  matches: (html) => html.includes('article-content-rawhtml') || html.includes('article-content-container'),
  parts: PARTS,
  extract,
} satisfies Generation
