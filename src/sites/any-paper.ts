import type { Publisher } from '../core/publisher.ts'
import { CHINESE_ZONE, fixedZone, type Zone } from '../core/time.ts'
import { FRONT_PATH } from '../core/web/front-page.ts'
import { message } from '../words/words.ts'
import { dropList } from './body/drop.ts'
import type { Paper } from './page/paper.ts'
import { dayInPath } from './page/times.ts'
import { quoted } from '../core/text/quoted.ts'
import { urlOf } from '../core/url.ts'
import { textOfHtml } from './text.ts'

/** The head of a page, and the headline that stands below it. */
const HEAD_LENGTH = 200_000
/** What sets the name of a site off from a headline. */
const SEPARATOR = '\\s*(?:[|｜_·•«»–—]|\\s[-:：]|-)-?\\s*'
const LONGEST_NAME = 80

/** A paper of which nothing is known: no address numbers its stories, and it has no lists. */
const publisher: Publisher = {
  name: 'any',
  title: message`the paper`,
  paper: '',
  idPrefix: 'any.',
  zone: CHINESE_ZONE,
  site: '',
  owns: () => false,
  isImitator: () => false,
  tracking: /(?!)/,
  storyAt: () => null,
  urlOf: (_story, origin) => origin,
  origin: '',
  editions: [],
  sections: { names: [], pathsOf: (section) => [section] },
  sourcesOf: () => [],
  sourceAt: (url) => ({ kind: 'list', url, path: '' }),
  sitemaps: null,
}

/** Languages, and countries at the end of a host, that keep one clock all year, in hours east of Greenwich. */
const CLOCKS: Readonly<Record<string, number>> = {
  ...{ cn: 8, hk: 8, mo: 8, my: 8, sg: 8, tw: 8 },
  ...{ ja: 9, jp: 9, ko: 9, kr: 9, th: 7, vi: 7, vn: 7 },
}
const LANGUAGE = /<html\b[^<>]*?[\s:]lang\s*=\s*["']?([a-z]{2})(?![a-z])/i

/** The clock of a page that tells none: that of its language or country, else the Chinese one. */
function zoneOf(html: string, url: string): Zone {
  const language = LANGUAGE.exec(html.slice(0, HEAD_LENGTH))?.[1]?.toLowerCase() ?? ''
  const country = urlOf(url)?.hostname.split('.').at(-1) ?? ''
  const hours = CLOCKS[country] ?? CLOCKS[language]
  return hours === undefined ? CHINESE_ZONE : fixedZone(`UTC+${hours}`, hours * 60)
}

/** What no blog and no paper means as its story: what programs put below and beside it, by the names that they give it. */
const CHROME =
  '.sharedaddy, .jp-relatedposts, .addtoany_share_save_container, .post-navigation, .nav-links, .wp-block-buttons, .feedflare, .subscription-widget-wrap, .tags-links, .entry-footer, .comments-area, #comments, #respond, #disqus_thread'

const body = {
  drop: dropList(CHROME),
  pictures: { none: /\/(?:spacer|blank|pixel|transparent|1x1)\.(?:gif|png)$|\/(?:b|pixel|g)\.gif$/i },
}

const HEADING = /<h([12])\b[^<>]*>([^]{1,2000}?)<\/h\1/gi
/** A paragraph of a text. */
const PARAGRAPH = /<p\b[^<>]*>[^<]{40}/gi
/** A heading that is one link. */
const LINKED = /^\s*<a\b[^<>]*?\shref\s*=\s*["']?([^"'\s<>]*)[^<>]*>([^]*)<\/a>\s*$/i

/** The name of a site in a heading that leads to its front page; `null` for every other heading. */
function logoIn(inner: string, url: string): string | null {
  const [, href, shown = ''] = LINKED.exec(inner) ?? []
  const [target, own] = [href === undefined ? null : urlOf(href, url), urlOf(url)]
  if (
    target === null ||
    target.host !== own?.host ||
    !FRONT_PATH.test(target.pathname) ||
    FRONT_PATH.test(own.pathname)
  )
    return null
  return textOfHtml(shown) || textOfHtml(/\salt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(shown)?.slice(1).join('') ?? '')
}

/** The beginning of a title that a page shows alone: behind it stand, each behind a low line, its sections and its site. */
function headlineBefore(title: string, html: string): string | null {
  const [first = '', ...names] = title.split('_')
  return names.length > 0 && first.trim() !== '' && new RegExp(`>\\s*${quoted(first.trim())}\\s*<`).test(html)
    ? first
    : null
}

/**
 * What a page calls its site: by `og:site_name`, by the logo that some have as a headline, else by what its title has behind the
 * headline.
 */
function namesIn(html: string, url: string): string[] {
  const head = html.slice(0, HEAD_LENGTH)
  const meta = /<meta\b[^<>]*\b(?:og:site_name|application-name)\b[^<>]*>/i.exec(head)?.[0] ?? ''
  const named = /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(meta)
  const title = textOfHtml(/<title\b[^<>]*>([^<]*)/i.exec(head)?.[1] ?? '')
  const headings = Array.from(head.matchAll(HEADING), ({ index, 1: level, 2: inner = '' }) => {
    const logo = level === '1' ? logoIn(inner, url) : null
    return { index, level, logo, text: logo === null ? textOfHtml(inner) : '' }
  })
  const shown = headings.flatMap(({ level, text }) => (level === '1' ? text : []))
  const heading = shown.find((each) => each !== '' && title.startsWith(each) && title !== each)
  const headline = heading ?? headlineBefore(title, html)
  const behind = headline === null ? '' : title.slice(headline.length).replace(new RegExp(`^${SEPARATOR}`), '')
  // The name goes before the headline where that stands below it, a slogan between them at most: not where the name heads the foot.
  const start = headings.find(({ text }) => text === headline)?.index ?? 0
  const texts = Array.from(head.slice(start).matchAll(PARAGRAPH), ({ index }) => start + index)
  const end = texts[1] ?? texts[0] ?? head.length
  const told = textOfHtml(named?.[1] ?? named?.[2] ?? '')
  const isBefore =
    told !== behind && headings.some(({ index, level, text }) => level === '2' && text === behind && index < end)
  // Some name the story so.
  const isHeadline = told === headline && !isBefore
  const names = [
    isHeadline ? '' : told,
    ...headings.map(({ logo }) => logo ?? ''),
    isBefore ? (headline ?? '') : behind,
  ]
  return names.filter((name) => name !== '' && name.length <= LONGEST_NAME)
}

/** `10/11/2021` in a text. */
const BY_NUMBERS = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})(?![\d/])/g

/** A page's text with days such as `10/11/2021` written as the day in its address is, where that is the same. */
function spelledBy(url: string): (text: string) => string {
  const day = dayInPath(url)
  const sorted = (...numbers: string[]): string =>
    numbers
      .map(Number)
      .toSorted((a, b) => a - b)
      .join()
  return (text) =>
    day === null
      ? text
      : text.replace(BY_NUMBERS, (shown, ...parts: string[]) =>
          sorted(...day.split('-')) === sorted(...parts.slice(0, 3)) ? `${day} ` : shown,
        )
}

/** A paper as a page of it shows it at `url`, of which nothing else is known. */
export function anyPaper(html: string, url: string): Paper {
  const names = namesIn(html, url)
  return {
    publisher: { ...publisher, zone: zoneOf(html, url) },
    names,
    tail: names.length === 0 ? /(?!)/ : new RegExp(`(?:^|${SEPARATOR})(?:${names.map(quoted).join('|')})\\s*$`, 'i'),
    spelledOut: spelledBy(url),
    body,
    storyLink: /(?!)/,
    home: FRONT_PATH,
    generations: [],
  }
}
