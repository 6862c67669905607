import { ownArticle } from '../page/extract.ts'
import { layout } from '../page/layout.ts'

/** What the page's statistics are told: `"pubdate":"2022-07-23 08:15:00"`, Singapore time. */
const PUSHED_TIME = /["']?pubdate["']?\s*:\s*["']([^"']{1,40})["']/

/** The global site in Bootstrap. In 2022-23 it served its paragraphs shuffled. */
export const globalBootstrap = layout({
  name: 'global-bootstrap',
  era: '2020-11 to 2025-07',
  matches: (html) => html.includes('article-body'),
  parts: {
    body: '#article-body, .article-body',
    titled: 'h1.article-title',
    lead: '#carousel-article, .carousel-inner',
    byline: '.author-info',
    time: '.author-info',
    keyword: 'a[href*=/keywords/], a[href*=/keyword/]',
  },
  also({ titles, published, keywords }, page, { titled }) {
    const all = [titled?.[0]?.inner, ...titles]
    return {
      titles: all,
      published: [PUSHED_TIME.exec(page.html)?.[1], ...published],
      keywords: ownArticle(page, all)?.keywords.length ? [] : keywords,
    }
  },
})
