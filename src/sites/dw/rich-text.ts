import { holds, isInPlace, leadBetween } from '../page/parts.ts'
import { layout } from '../page/layout.ts'
import { textOfHtml } from '../text.ts'
import { sized } from './pictures.ts'

/** The site in React, rendered by its server. A page of a video or a gallery alone has a standfirst and no text. */
export const richText = layout({
  name: 'dw-rich-text',
  era: '2023-06 on',
  matches: (html) => /rich-text|teaser-text/.test(html),
  parts: {
    body: '.rich-text, .teaser-text',
    text: '.rich-text',
    teaser: '.teaser-text',
    article: 'article',
    byline: '.author-link, .author-details',
    keyword: '.kicker',
  },
  names: (texts) => texts,
  also({ bylines }, page, { body, h1 = [], text = [], teaser = [], article = [], keyword = [] }) {
    const first = text[0] ?? body[0]
    const holder = article.find((each) => holds(each, first))
    // Of a list of stories each has a standfirst.
    if (text.length === 0 && (holder === undefined || teaser.length > 1)) return null
    const above = teaser.filter(({ end }) => end <= first.start || text.length === 0)
    const own = text.filter(({ start }) => holder === undefined || start < holder.end)
    const [last] = own.slice(-1)
    // In a live blog a text follows the other, and headlines stand between them.
    const isWhole = last !== undefined && [first, last].every((part) => isInPlace(page, part))
    const texts = isWhole ? [page.html.slice(first.start, last.end)] : own.map(({ outer }) => outer)
    return {
      lead: (text.length === 0 ? [holder!.inner] : leadBetween(page, holder, h1, first)).map(sized),
      body: sized([...above.slice(-1).map(({ outer }) => outer), ...texts].join('')),
      keywords: keyword.slice(0, 1).flatMap(({ inner }) => inner.split(/<\/span>/i).map((each) => textOfHtml(each))),
      // The elements of a byline stand in one another.
      bylines: page.head.articles.some(({ authors }) => authors.length > 0) ? [] : bylines.slice(0, 1),
    }
  },
})
