import { namesIn } from '../page/bylines.ts'
import { ownArticle } from '../page/extract.ts'
import { isCutOff } from '../page/parts.ts'
import { layout } from '../page/layout.ts'
import { paragraphHtml } from '../body/markup.ts'
import { textOfHtml } from '../text.ts'

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
  return missing.map(paragraphHtml).join('')
}

/** Drupal 7, themes zb2013 and zb2016: the Singapore site and the global one. */
export const drupal7 = layout({
  name: 'drupal7',
  era: '2013 to 2019',
  matches: (html) => /FineDining|article-content-container/.test(html),
  parts: {
    body: '#FineDining, .article-content-container',
    article: '.body-content',
    newer: '.article-content-rawhtml, .date-published, .title-byline, script[data-drupal-selector]',
    byline: '.meta-byline, .contributor',
    time: '.datestamp',
    keyword: 'a[href*=/keywords/], a[href*=/keyword/]',
  },
  names: (texts) => texts.flatMap(namesIn),
  also({ titles, body, keywords }, page, { newer = [] }) {
    if (newer.length > 0) return null
    const article = ownArticle(page, titles)
    const isOpen = !isCutOff(page.walls) && article?.subscriber !== true
    return {
      body: isOpen ? body + missingFrom(body, article?.articleBody ?? null) : body,
      keywords: article?.keywords.length ? [] : keywords,
    }
  },
})
