import { hasBylineLabel, namesIn } from './bylines.ts'
import { before, extractOf, headlineOf, shownTimes } from './generation.ts'
import type { Generation, Sheet } from './generation.ts'
import { isPaywall } from './access.ts'
import { at, parseJson } from './json.ts'
import { hasClass, textOfHtml } from './page.ts'
import type { Part } from './page.ts'

/** The payload of the era's last weeks (winter 2023-24): `"publication_date","2016-01-20T18:38:00"`, Singapore time. */
const PAYLOAD_TIME = /\\?"publication_date\\?"\s*[,:]\s*\\?"([^"\\]{1,40})/

function created(settings: readonly Part[]): unknown {
  for (const script of settings) {
    const value = at(parseJson(script.inner), 'articleDetails', 'created')
    if (value !== undefined) return value
  }
  return undefined
}

function bylinesOf(parts: readonly Part[]): string[] {
  const texts = parts.filter((part) => !hasClass(part, 'date-published')).map((part) => textOfHtml(part.inner))
  return texts.filter((text) => hasBylineLabel(text) || !/\d{4}/.test(text)).flatMap((text) => namesIn(text))
}

function extract(page: Sheet) {
  const parts = page.parts({
    raw: (tag) => hasClass(tag, 'article-content-rawhtml'),
    container: (tag) => hasClass(tag, 'article-content-container'),
    titled: (tag) => hasClass(tag, 'article-title'),
    h1: (tag) => tag.name === 'h1',
    lead: (tag) => hasClass(tag, 'inline-figure') || hasClass(tag, 'inline-figure-gallery'),
    byline: (tag) => hasClass(tag, 'byline') || hasClass(tag, 'title-byline'),
    date: (tag) => hasClass(tag, 'date-published') || hasClass(tag, 'date-updated'),
    keywords: (tag) => hasClass(tag, 'keywords'),
    settings: (tag) => tag.name === 'script' && tag.attribute('data-drupal-selector') === 'drupal-settings-json',
    paywall: isPaywall,
  })
  const body = parts.raw[0] ?? parts.container[0]
  if (body === undefined) return null
  const shown = shownTimes(parts.date.map((part) => textOfHtml(part.inner)))
  return extractOf(page, {
    titles: [headlineOf(parts.h1, body), parts.titled.find((part) => part.name !== 'div')?.inner],
    lead: before(parts.lead, body).map((part) => part.outer),
    body: body.inner,
    published: [created(parts.settings), PAYLOAD_TIME.exec(page.html)?.[1], shown.published],
    updated: [shown.updated],
    bylines: bylinesOf(before(parts.byline, body)),
    keywords: parts.keywords.flatMap((part) => keywordsIn(part.inner)),
    subscriber: parts.paywall.length > 0,
  })
}

/** The items of a list, or its links where it has none. */
function keywordsIn(html: string): string[] {
  const items = html.match(/<(li|a)\b[^>]*>[\s\S]*?<\/\1>/gi) ?? []
  return items.map((item) => textOfHtml(item))
}

/** Drupal 8, theme zbsg2020: the Singapore site, and the global one until November 2020. */
export const drupal8 = {
  name: 'drupal8',
  era: '2019-10 to 2024-06',
  matches: (page) => page.html.includes('article-content-rawhtml') || page.html.includes('article-content-container'),
  extract,
} satisfies Generation
