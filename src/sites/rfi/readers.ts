import { textAt } from '../json.ts'
import { dropList } from '../body/drop.ts'
import { linkHtml } from '../body/markup.ts'
import { all, one } from '../../core/html/dom.ts'
import { entryOf, type ListKind } from '../lists/html-list.ts'
import { holds, leadBetween } from '../page/parts.ts'
import { layout } from '../page/layout.ts'
import { nodesIn } from '../page/ldjson.ts'
import type { Part } from '../page/page.ts'
import type { Paper } from '../page/paper.ts'
import { readersOf } from '../readers.ts'
import { rfi } from './index.ts'

/** `21/07/2020 - 23:35`, in Paris. */
const DAY_FIRST = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})\s*[-–]?\s*(?=\d)/

/** A line break between a tag's name and its first attribute, which aggregators take out. */
const GLUED = /<(div|span|p|figure|img)(class|data-[a-z-]{1,40})=/gi

/** A picture that a script shows later, and behind it the same for browsers without scripts. */
const LAZY =
  /<img\b(?=[^<>]{0,400}?\ssrc=["']?data:)[^<>]{0,4000}>\s*<noscript>\s*(<img\b[^<>]{1,2000}>)\s*<\/noscript>/gi

/** A link to what a story lets hear or see, which its data alone name: a player is made of it by a script. */
function mediaLinks(scripts: readonly Part[]): string {
  const links = nodesIn(scripts).flatMap((node) =>
    (['audio', 'video'] as const).flatMap((kind) => {
      const url = textAt(node, kind, 'contentUrl') ?? textAt(node, kind, 'embedUrl')
      return url === null ? [] : [linkHtml(url, kind === 'audio' ? '音频' : '视频')]
    }),
  )
  return [...new Set(links)].join('')
}

/** A standfirst that nothing names: sentences in paragraphs of their own between headline and body. */
function unnamedStandfirst(html: string): string {
  return (html.match(/<p>[^]{1,4000}?<\/p>/g) ?? []).filter((each) => /[。！？…]/.test(each)).join('')
}

/** The site since 2019, which it shares with its sister France 24: standfirst, picture, body. */
const article = layout({
  name: 'rfi',
  era: '2019-11 on',
  matches: (html) => html.includes('t-content__'),
  parts: {
    body: '.t-content__body, .t-content__chapo',
    article: 'article',
    standfirst: '.t-content__chapo',
    text: '.t-content__body',
    media: '.t-content__main-media',
    byline: '.m-from-author__name',
    keyword: '.m-tags-list__tag',
    data: 'script[type*=ld+json]',
  },
  names: (texts) => texts,
  also({ lead }, page, { h1 = [], article: holders = [], standfirst = [], text = [], media = [], data = [] }) {
    const holder = holders.find((each) => [...text, ...standfirst].slice(0, 1).some((first) => holds(each, first)))
    // Of a programme there is the standfirst alone; in a list of stories each has one.
    if (text.length === 0 && !h1.some((each) => holder !== undefined && holds(holder, each))) return null
    const above = leadBetween(page, holder, h1, text[0])
    const first = standfirst[0]?.outer ?? unnamedStandfirst(above.join(''))
    return {
      lead: media.length > 0 ? media.map((part) => part.outer) : lead,
      body: first + text.map((part) => part.outer).join('') + mediaLinks(data),
    }
  },
})

/** What those who read its pages are told of it. */
export const paper: Paper = {
  publisher: rfi,
  names: ['RFI', 'rfi', '法广', '法廣', '法国国际广播电台', 'RFI 华语', 'RFI - 法国国际广播电台'],
  tail: /\s*[-–|]\s*(?:法国国际广播电台|法國國際廣播電台|法广|法廣|RFI(?:\s*华语)?)\s*$/i,
  mended: (html) => html.replace(GLUED, '<$1 $2=').replace(LAZY, '$1'),
  spelledOut: (text) => text.replace(DAY_FIRST, '$3-$2-$1 '),
  body: {
    drop: dropList('.m-interstitial, .o-self-promo, .m-block-ad, .m-em-quote__picto'),
    pictures: {
      none: /\/(?:RFI_FB|rfi-social-default|placeholder)\b[^/]*$/i,
      identity: ({ host, pathname }) => (/(?:^|\.)rfi\.fr$/.test(host) ? pictureOf(pathname) : null),
    },
  },
  storyLink: /\/\d{8}-[^/"'\s<>]+/,
  home: /^\/(?:cn|tw)?\/?$/,
  generations: [article],
}

/** `/media/display/UUID/w:310/p:16x9/NAME`: what stands between the two is the size. */
function pictureOf(pathname: string): string | null {
  return /^\/media\/display\/([\da-f-]{36})\//.exec(pathname)?.[1] ?? null
}

const list: ListKind = {
  name: 'rfi',
  era: '2019-11 on',
  matches: (document) => one(document, '.article__title a, .o-archive-day__list') !== null,
  entries: (document, timeOf) => [
    ...all(document, '.article__title a').map((link) => {
      const holder = link.closest('article, .m-item-list-article, .article__infos') ?? link
      const time = one(holder, 'time')
      const said = time?.getAttribute('datetime') ?? time?.textContent
      return { ...entryOf(link, timeOf), published: timeOf(said, link.getAttribute('href')), holder }
    }),
    ...all(document, '.o-archive-day__list a').map((link) => entryOf(link, timeOf)),
  ],
}

/** How its pages and lists are read. */
export const readers = readersOf(paper, { kinds: [list] })
