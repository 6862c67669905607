import { decoded } from '../../core/web/escapes.ts'
import type { Pageable, Publisher, StoryPath } from '../../core/publisher.ts'
import { europeanZone } from '../../core/time.ts'
import { message } from '../../words/words.ts'
import { rsshubUrl, withoutSlashes } from '../paths.ts'

const HOST = /(?:^|\.)(?:dw\.com|dw\.de|dw-world\.de)$/
const ORIGIN = 'https://www.dw.com'
/**
 * `/zh/headline/a-54316030`: what stands before the number is the kind (an article, a video, a gallery, a live blog), what
 * stands before that the headline, which changes. Without a headline the site leads on to the same story.
 */
const STORY_PATH = /^(?:\/(.*))?\/(a|av|e|g|l|live|pe|t|video)-(\d{5,12})[._\-/]*(?:[^A-Za-z0-9._\-/].*)?$/s

const FEED = 'https://rss.dw.com/rdf/rss-chi-all'

/** A query that is none: the rest of a headline, and the number. */
const REST_OF_PATH = /^\?[^=&]*\/[a-z]{1,5}-\d+\/?$/

function storyAt(address: string, query = ''): StoryPath | null {
  const path = REST_OF_PATH.test(query) ? address + query : address
  const [, before = '', kind, digits] = STORY_PATH.exec(path) ?? []
  if (digits === undefined) return null
  const above = before.replace(/\/{2,}/g, '/').replace(/^\/|\/$/g, '')
  return {
    number: digits.replace(/^0+(?=\d)/, ''),
    day: null,
    section: above.split('/')[0] || null,
    path: `${above === '' ? '' : `/${above}`}/${kind}-${digits}`,
  }
}

function sourcesOf(_section: string, { rsshub }: { origin?: string; rsshub?: string }): Pageable[] {
  const feed: Pageable = { kind: 'feed', url: FEED }
  if (rsshub === undefined) return [feed]
  return [feed, { kind: 'rss', url: rsshubUrl(rsshub, 'dw/rss/rss-chi-all') }]
}

/** 德国之声, the Chinese service of Deutsche Welle: its addresses, whatever host, and its one feed. */
export const dw = {
  name: 'dw',
  title: message`DW`,
  paper: '德国之声',
  idPrefix: 'dw.',
  zone: europeanZone(message`Berlin`, 60),
  site: 'dw.com',
  owns: (host) => HOST.test(host),
  mainHost: (host) => host.replace(/^(?:amp|m)\.(?=dw\.com$)/, 'www.'),
  isImitator: () => false,
  /** `?maca=chi-rss-chi-all-1127-rdf` */
  tracking: /^maca$/i,
  storyAt,
  formerUrls: (url, { path }) => [`${ORIGIN}${path}`, url],
  urlOf: ({ number, section }, origin) => `${origin}/${section ?? 'zh'}/a-${number}`,
  origin: ORIGIN,
  editions: [ORIGIN],
  sections: { names: ['news'], pathsOf: (section) => [section === 'news' ? 'zh' : section] },
  sourcesOf,
  sourceAt: (url) => ({
    kind: /\/graph-api\//.test(url) ? 'json' : 'list',
    url,
    path: withoutSlashes(decoded(new URL(url).pathname)),
  }),
  storyData(url) {
    const number = storyAt(new URL(url).pathname)?.number
    return number == null ? null : `${ORIGIN}/graph-api/zh/content/article/${number}`
  },
  /** Its sitemaps are by language, not by the month. */
  sitemaps: null,
} satisfies Publisher
