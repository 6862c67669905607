import { decoded } from '../../core/web/escapes.ts'
import type { Pageable, Publisher, StoryPath } from '../../core/publisher.ts'
import { DAY_MS, europeanZone, isDay } from '../../core/time.ts'
import { message } from '../../words/words.ts'
import { rsshubUrl, withoutSlashes } from '../paths.ts'

const HOST = /(?:^|\.)rfi\.fr$/
const ORIGIN = 'https://www.rfi.fr'
/** `/cn/中国/20200724-headline`; until 2019 the language stood in the host: `cn.rfi.fr/中国/20190724-headline`. */
const STORY_PATH = /^(.*)\/(\d{4})(\d{2})(\d{2})-([^/]*[^/\s])[/\s]*$/s
/** Of all its services the Chinese ones: their addresses begin so, or have Chinese words. */
const CHINESE = /^(?:cn|tw)(?=\/|$)|\p{Script=Han}/u
const FIRST_DAY = '2000-01-01'

/** Sections by the names that users give, and the path of each in the site. */
const SECTIONS: Readonly<Record<string, string>> = { news: 'cn', china: 'cn/中国', world: 'cn/国际', trad: 'tw' }

function pathOf(section: string): string {
  return SECTIONS[section] ?? withoutSlashes(decoded(section))
}

function storyAt(address: string): StoryPath | null {
  const [, before = '', year, month, date, slug = ''] = STORY_PATH.exec(address) ?? []
  const day = `${year}-${month}-${date}`
  if (slug === '' || !isDay(day) || day < FIRST_DAY) return null
  const section = before.replace(/\/{2,}/g, '/').replace(/^\//, '')
  if (!CHINESE.test(section)) return null
  return { number: null, day, section, path: `/${section}/${year}${month}${date}-${slug}` }
}

function sourcesOf(section: string, { origin = ORIGIN, rsshub }: { origin?: string; rsshub?: string }): Pageable[] {
  const path = pathOf(section)
  const feed: Pageable = { kind: 'feed', url: new URL(`${origin}/${path}/rss`).href }
  if (rsshub === undefined) return [feed]
  return [feed, { kind: 'rss', url: new URL(rsshubUrl(rsshub, `rfi/${path}`)).href }]
}

/**
 * 法广, the Chinese service of Radio France Internationale. Its stories have no number: a story is its address, whatever
 * scheme and host, `//cn` or `/cn`. A headline that is edited makes another address; where the site leads on from the
 * former one, or the page names the new one, the story is known by it.
 */
export const rfi = {
  name: 'rfi',
  title: message`RFI`,
  paper: '法广',
  idPrefix: 'rfi.',
  /** Its addresses have the day on which a story was begun: what came out at night is a day later. */
  zone: { ...europeanZone(message`Paris`, 60), lateMs: DAY_MS },
  site: 'rfi.fr',
  owns: (host) => HOST.test(host),
  mainHost: (host) => host.replace(/^(?:amp|m)\.(?=rfi\.fr$)/, 'www.'),
  isImitator: () => false,
  tracking: /^(?:xtor|ref)$/i,
  storyAt,
  /** Stories were archived without being known, under the doubled slash that a feed of 2020 had, too. */
  formerUrls: (url, { path }) => [
    `${ORIGIN}${path}`,
    `${ORIGIN}/${path}`,
    url.replace(/^(https?:\/\/[^/]+)\/+/i, '$1/'),
  ],
  urlOf: ({ section }, origin) => new URL(`${origin}/${section ?? 'cn'}/`).href,
  origin: ORIGIN,
  editions: [ORIGIN],
  sections: {
    names: Object.keys(SECTIONS),
    pathsOf: (section) => [pathOf(section)],
  },
  sourcesOf,
  sourceAt: (url) => ({ kind: 'list', url, path: pathOf(new URL(url).pathname) }),
  sitemaps: {
    first: '2010-01-01',
    ofMonth: (month, origin) => `${origin}/sitemaps/cn/contents_${month.replace('-', '')}.xml`,
    index: (origin) => `${origin}/sitemaps/cn/index.xml`,
  },
} satisfies Publisher
