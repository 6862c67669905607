import { layout } from '../page/layout.ts'
import { sized } from './pictures.ts'

/** The site in React, rendered by its server. */
export const richText = layout({
  name: 'dw-rich-text',
  era: '2023-06 on',
  matches: (html) => html.includes('rich-text'),
  parts: {
    body: '.rich-text',
    article: 'article',
    teaser: '.teaser-text',
    byline: '.author-link, .author-details',
    keyword: '.kicker',
  },
  names: (texts) => [...texts],
  also({ lead, bylines }, page, { body = [], teaser = [], article = [] }) {
    const [first] = body
    const holder = article.find(({ start, end }) => first !== undefined && start <= first.start && first.end <= end)
    const own = body.filter(({ start }) => holder === undefined || start < holder.end)
    const above = teaser.filter(({ start }) => first !== undefined && start < first.start)
    return {
      lead: lead.map(sized),
      body: sized([...above.slice(-1), ...own].map(({ outer }) => outer).join('')),
      // The elements stand in one another.
      bylines: page.head.articles.some(({ authors }) => authors.length > 0) ? [] : bylines,
    }
  },
})
