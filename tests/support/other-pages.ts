/**
 * Pages of the layouts of RFI, DW and BBC, made from a story: for tests that need many. The markup is what public code and
 * the feeds of the time prove or state; all words around the story are invented.
 */
import { escapeHtml, inScript } from './pages.ts'

export interface OtherStory {
  title: string
  url: string
  /** ISO 8601 UTC. */
  published: string
  bodyHtml: string
  /** Standfirst, where it stands apart. */
  standfirst?: string
}

const head = ({ title, url }: OtherStory, site: string, more = ''): string =>
  `<!DOCTYPE html><html lang="zh"><head><title>${escapeHtml(title)}${site}</title><link rel="canonical" href="${url}">` +
  `<meta property="og:title" content="${escapeHtml(title)}">${more}</head><body><nav><a href="/">首页</a></nav>`

const linked = ({ title, url, published }: OtherStory): string =>
  `<script type="application/ld+json">${inScript({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title,
    mainEntityOfPage: url,
    datePublished: published,
  })}</script>`

const END = '<aside><h2>更多</h2><p>这里是别的报道的提要，与本文无关，它说的是另一件事。</p></aside></body></html>'

/** The wall clock of a zone that is `hours` ahead. */
function wall(published: string, hours: number): { day: string; clock: string; iso: string } {
  const iso = new Date(Date.parse(published) + hours * 3_600_000).toISOString()
  const [year, month, date] = iso.slice(0, 10).split('-')
  return { day: `${date}/${month}/${year}`, clock: iso.slice(11, 16), iso: `${iso.slice(0, 19)}+0${hours}:00` }
}

const standfirstOf = ({ standfirst }: OtherStory, made: (text: string) => string): string =>
  standfirst === undefined ? '' : made(standfirst)

/** RFI. `data`: the time in ld+json; else as it is shown, in the summer of Paris. */
function rfiPage(story: OtherStory, data: boolean): string {
  const { day, clock, iso } = wall(story.published, 2)
  const body = story.bodyHtml.includes('t-content__body')
    ? story.bodyHtml
    : `<div class="t-content__body u-clearfix">${story.bodyHtml}</div>`
  const time = data
    ? ''
    : `<p class="m-pub-dates"><span>发表时间：<time datetime="${iso}">${day} - ${clock}</time></span></p>`
  return (
    head(story, ' - RFI', data ? linked(story) : '') +
    `<main><article><h1 class="t-content__title">${escapeHtml(story.title)}</h1>${time}` +
    `${standfirstOf(story, (text) => `<p class="t-content__chapo">${text}</p>`)}${body}</article></main>${END}`
  )
}

function dwLongText(story: OtherStory): string {
  return (
    head(story, ' | DW | 21.07.2020', linked(story)) +
    `<div id="bodyContent"><div class="col3"><h1>${escapeHtml(story.title)}</h1>` +
    standfirstOf(story, (text) => `<p class="intro">${text}</p>`) +
    `<div class="group"><div class="longText">${story.bodyHtml}</div>` +
    `<ul class="smallList"><li><strong>日期</strong> 21.07.2020</li></ul></div></div></div>${END}`
  )
}

function dwRichText(story: OtherStory): string {
  return (
    head(story, ' – DW – 2020年7月21日', linked(story)) +
    `<article><header><h1>${escapeHtml(story.title)}</h1>${standfirstOf(story, (text) => `<p class="teaser-text">${text}</p>`)}</header>` +
    `<div><div class="rich-text">${story.bodyHtml}</div></div><footer><p>分享</p></footer></article>${END}`
  )
}

function dwGraph({ title, published, bodyHtml, standfirst }: OtherStory): string {
  const teaser = standfirst?.replace(/<[^>]*>/g, '')
  return JSON.stringify({ data: { content: { title, teaser, contentDate: published, text: bodyHtml } } })
}

function bbcStoryBody(story: OtherStory): string {
  return (
    head(story, ' - BBC News 中文') +
    `<div class="story-body"><h1 class="story-body__h1">${escapeHtml(story.title)}</h1>` +
    `<div class="date date--v2" data-seconds="${Date.parse(story.published) / 1000}">2020年 7月 21日</div>` +
    `<div class="story-body__inner" property="articleBody">${standfirstOf(story, (text) => `<p class="story-body__introduction">${text}</p>`)}` +
    `${story.bodyHtml}</div></div>${END}`
  )
}

const textBlock = (text: string) => ({
  type: 'text',
  model: {
    blocks: [{ type: 'paragraph', model: { text, blocks: [{ type: 'fragment', model: { text, attributes: [] } }] } }],
  },
})

/** BBC's blocks of a story's paragraphs; `name` is where its page keeps them. */
function bbcBlocks(story: OtherStory, name: '__NEXT_DATA__' | 'SIMORGH_DATA'): string {
  const ms = Date.parse(story.published)
  const whole = `${story.standfirst === undefined ? '' : `<p>${story.standfirst}</p>`}${story.bodyHtml}`
  const paragraphs = [...whole.matchAll(/<(p|h2|li)\b[^>]*>(.*?)<\/\1>/gs)].map(([, , text = '']) =>
    text.replace(/<[^>]*>/g, '').trim(),
  )
  if (paragraphs.length === 0) paragraphs.push(whole.replace(/<[^>]*>/g, '').trim())
  const pageData = {
    content: {
      model: {
        blocks: [
          { type: 'headline', model: { blocks: [textBlock(story.title)] } },
          { type: 'timestamp', model: { firstPublished: ms, lastPublished: ms } },
          ...paragraphs.map(textBlock),
          { type: 'relatedContent', model: { blocks: [textBlock('相关内容')] } },
        ],
      },
    },
    metadata: { firstPublished: ms, lastPublished: ms },
  }
  const script =
    name === '__NEXT_DATA__'
      ? `<script id="__NEXT_DATA__" type="application/json">${inScript({ props: { pageProps: { pageData } } })}</script>`
      : `<script>window.SIMORGH_DATA=${inScript({ pageData })}</script>`
  return `${head(story, ' - BBC News 中文')}<main><h1>${escapeHtml(story.title)}</h1></main>${script}</body></html>`
}

/** Each layout by its paper, as its pages were and are. */
export const OTHER_PAGES: Readonly<Record<string, Readonly<Record<string, (story: OtherStory) => string>>>> = {
  rfi: { 'rfi data': (story) => rfiPage(story, true), 'rfi shown': (story) => rfiPage(story, false) },
  dw: { 'dw long text': dwLongText, 'dw rich text': dwRichText, 'dw graph': dwGraph },
  bbc: {
    'bbc story body': bbcStoryBody,
    'bbc next': (story) => bbcBlocks(story, '__NEXT_DATA__'),
    'bbc simorgh': (story) => bbcBlocks(story, 'SIMORGH_DATA'),
  },
}
