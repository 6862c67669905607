import { isCutOff, PAYWALL } from './access.ts'
import { namesIn } from './bylines.ts'
import { extractOf, headlineOf, holds, leadBetween, ownArticle, ownParts, shownTimes, timeAbove } from './generation.ts'
import type { Generation, Sheet } from './generation.ts'
import { escapeHtml } from './html-text.ts'
import { textOfHtml } from './page.ts'

function squeezed(text: string): string {
  return text.replace(/\s+/g, '')
}

/** Photo news and comics of this era say more in ld+json than on the page: the paragraphs that the page lacks. */
function missingFrom(body: string, articleBody: string | null): string {
  if (articleBody === null) return ''
  const shown = squeezed(textOfHtml(body))
  const paragraphs = articleBody
    .split(/\r?\n|<\/p>|<br\s*\/?>/i)
    .map((each) => textOfHtml(each))
    .filter((each) => each !== '')
  if (squeezed(paragraphs.join('')).length <= shown.length) return ''
  const missing = paragraphs.filter((each) => !shown.includes(squeezed(each)))
  return missing.map((each) => `<p>${escapeHtml(each)}</p>`).join('')
}

const PARTS = {
  content: '.body-content',
  body: '#FineDining, .article-content-container',
  newer: '.article-content-rawhtml, .date-published, .title-byline, script[data-drupal-selector]',
  h1: 'h1',
  byline: '.meta-byline, .contributor',
  date: '.datestamp',
  keywords: 'a[href*=/keywords/], a[href*=/keyword/]',
  paywall: PAYWALL,
}

function extract(page: Sheet) {
  const parts = page.parts(PARTS)
  const body = parts.body[0]
  if (body === undefined || parts.newer.length > 0) return null
  const content = parts.content.find((part) => holds(part, body))
  const subscriber = isCutOff(parts.paywall)
  const shown = shownTimes(ownParts(parts.date, parts.h1, body, content).map((part) => textOfHtml(part.inner)))
  const titles = [headlineOf(parts.h1, body)]
  const article = ownArticle(page, titles)
  const hidden = subscriber || article?.subscriber === true
  return extractOf(page, {
    titles,
    lead: leadBetween(page, content, parts.h1, body),
    body: body.inner + (hidden ? '' : missingFrom(body.inner, article?.articleBody ?? null)),
    published: [...shown.published, () => timeAbove(page, parts.h1, body)],
    updated: shown.updated,
    bylines: ownParts(parts.byline, parts.h1, body, content).flatMap((part) => namesIn(textOfHtml(part.inner))),
    keywords: article?.keywords.length ? [] : parts.keywords.map((part) => textOfHtml(part.inner)),
    subscriber,
  })
}

/** Drupal 7, themes zb2013 and zb2016: the Singapore site and the global one. */
export const drupal7 = {
  name: 'drupal7',
  era: '2013 to 2019',
  matches: (html) => /FineDining|article-content-container/.test(html),
  parts: PARTS,
  extract,
} satisfies Generation
