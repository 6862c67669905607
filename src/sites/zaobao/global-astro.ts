import { layout } from '../page/layout.ts'

/** The global site (www.zaobao.com) in Astro. */
export const globalAstro = layout({
  name: 'global-astro',
  era: '2025-07-30 on',
  matches: (html) => html.includes('article-body') && /astro-island|\/_astro\/|data-testid=["']?article-/.test(html),
  parts: {
    body: '#article-body, .article-body',
    lead: '[data-testid=article-banner], #carousel-article, .carousel-inner, img.gallery-image',
    byline: '[class*=byline], [class*=author], [data-testid*=byline], [data-testid*=author]',
    keyword: '.keyword-tag_item',
  },
})
