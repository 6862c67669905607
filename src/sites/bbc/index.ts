import type { Pageable, Publisher, StoryPath } from '../../core/publisher.ts'
import { europeanZone, isDay } from '../../core/time.ts'
import { message } from '../../words/words.ts'
import { rsshubUrl, withoutSlashes } from '../paths.ts'

const HOST = /(?:^|\.)(?:bbc\.com|bbc\.co\.uk|bbci\.co\.uk)$/
const ORIGIN = 'https://www.bbc.com'
const END = String.raw`(?:\.amp|\/embed)?[._\-/]*(?:[^A-Za-z0-9._\-/].*)?$`

/** `/zhongwen/simp/chinese-news-53488751`, in either script; stories of the other Chinese site, `ukchina`, as well. */
const NUMBERED = new RegExp(
  String.raw`^\/+((?:zhongwen|ukchina)\/(simp|trad)(?:\/[^/]+)*?\/(?:[\w-]*-)?(\d{6,10}))${END}`,
  's',
)
/** `/zhongwen/articles/c1234567890o/trad`; without a script the site shows the reader's. */
const ARTICLE = new RegExp(
  String.raw`^\/+(zhongwen\/(?:articles|live)\/(c[0-9a-z]{8,14})(?:\/(simp|trad))?)${END}`,
  's',
)
/** Until about 2013, with no number: `/zhongwen/simp/china/2012/12/121210_hongkong_politics.shtml`. */
const DATED = new RegExp(
  String.raw`^\/+((?:zhongwen|ukchina)\/(?:simp|trad)\/(?:[\w-]+\/){1,4}(\d{4})\/(\d{2})\/\d{4}(\d{2})_\w+)(?:\.shtml)?${END}`,
  's',
)

function storyAt(address: string): StoryPath | null {
  const [, numbered, script, digits] = NUMBERED.exec(address) ?? []
  if (numbered !== undefined) {
    const section = numbered.slice(0, -digits!.length).replace(/[/-]$/, '')
    return { number: digits!, day: null, section, path: `/${numbered}`, variant: script! }
  }
  const [, article, name, variant] = ARTICLE.exec(address) ?? []
  if (article !== undefined) {
    const story = { number: name!, day: null, section: 'zhongwen', path: `/${article}` }
    return variant === undefined ? story : { ...story, variant }
  }
  const [, dated, year, month, date] = DATED.exec(address) ?? []
  const day = `${year}-${month}-${date}`
  if (dated === undefined || !isDay(day)) return null
  return { number: null, day, section: dated.split('/').slice(0, 3).join('/'), path: `/${dated}` }
}

/** RSSHub's routes of the two scripts. */
const ROUTES: Readonly<Record<string, string>> = { simp: 'chinese', trad: 'traditionalchinese' }

function sourcesOf(section: string, { rsshub }: { origin?: string; rsshub?: string }): Pageable[] {
  const script = section in ROUTES ? section : 'simp'
  const feed: Pageable = { kind: 'feed', url: `https://feeds.bbci.co.uk/zhongwen/${script}/rss.xml` }
  if (rsshub === undefined) return [feed]
  return [feed, { kind: 'rss', url: rsshubUrl(rsshub, `bbc/${ROUTES[script]}`) }]
}

/** The same address in the other script and at the other host. */
function formerUrls(url: string, { path }: StoryPath): string[] {
  const paths = [path, path.replace(/\/(simp|trad)(?=\/|$)/, (_, script) => (script === 'simp' ? '/trad' : '/simp'))]
  return [url, ...paths.flatMap((each) => [`${ORIGIN}${each}`, `https://www.bbc.co.uk${each}`])]
}

/**
 * BBC 中文: its addresses and its feeds, one of each script. A story is the same in both; the script in which it was archived
 * first is that of its file.
 */
export const bbc = {
  name: 'bbc',
  title: message`BBC`,
  paper: 'BBC',
  idPrefix: 'bbc.',
  zone: europeanZone(message`London`, 0),
  site: 'bbc.com',
  owns: (host) => HOST.test(host),
  isImitator: () => false,
  tracking: /^(?:at_\w+|ocid|xtor|ns_\w+|pinned_post_\w+)$/i,
  storyAt,
  formerUrls,
  urlOf: ({ number }, origin) =>
    `${origin}/zhongwen/${/^\d+$/.test(number ?? '') ? 'simp/world-' : 'articles/'}${number}`,
  origin: ORIGIN,
  editions: [ORIGIN],
  sections: {
    names: Object.keys(ROUTES),
    pathsOf: (section) => [section in ROUTES ? `zhongwen/${section}` : withoutSlashes(section)],
  },
  sourcesOf,
  sourceAt: (url) => ({ kind: 'list', url, path: withoutSlashes(new URL(url).pathname) }),
  /** Its sitemaps are of all its services in one. */
  sitemaps: null,
} satisfies Publisher
