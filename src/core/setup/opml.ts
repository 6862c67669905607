import { attributesIn } from '../feed/element.ts'
import { scan } from '../feed/scan.ts'
import { escapeHtml } from '../html/escape.ts'
import { present } from '../present.ts'
import { onOneLine } from '../text/headline.ts'
import { isUrl } from '../url.ts'

/** A feed as a list of feeds has it. */
export interface ListedFeed {
  feed: string
  name?: string | undefined
  /** The folders that it is in, from the outermost: `新闻/本地`. */
  section?: string | undefined
}

/** More feeds are no one's list. */
const MAX_FEEDS = 10_000

/** The address of a feed as it is asked: readers write `feed:` in front of it, or in the place of its scheme. */
function addressIn(xmlUrl: string): string {
  return xmlUrl
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'http://')
}

/**
 * The feeds that an OPML document names, each once; `null` when it is none. `leave` is told of each address that no feed can
 * be had from.
 */
export function feedsInOpml(text: string, leave: (address: string) => void = () => {}): ListedFeed[] | null {
  const document = scan(text, { name: /^outline$/, count: MAX_FEEDS })
  const { tags } = document
  if (!tags.some(({ kind, name }) => kind === 'open' && name === 'opml')) return null
  const feeds = new Map<string, ListedFeed>()
  const folders: { name: string; end: number }[] = []
  for (const [index, tag] of tags.entries()) {
    while (folders.length > 0 && index >= folders.at(-1)!.end) folders.pop()
    if (tag.name !== 'outline' || (tag.kind !== 'open' && tag.kind !== 'empty')) continue
    const attributes = attributesIn(document, tag)
    const name = onOneLine(attributes.get('title') ?? attributes.get('text') ?? '')
    const feed = addressIn(attributes.get('xmlurl') ?? '')
    const isAddress = /^https?:\/\//i.test(feed) && isUrl(feed)
    if (feed !== '' && !isAddress) leave(feed)
    if (isAddress) {
      const section = folders.map((folder) => folder.name).join('/')
      if (!feeds.has(feed)) feeds.set(feed, { feed, ...present({ name: name || null, section: section || null }) })
    } else if (tag.kind === 'open' && tag.match !== -1 && name !== '') folders.push({ name, end: tag.match })
  }
  return [...feeds.values()]
}

/** The OPML document of these feeds, those of a section in a folder of its name. */
export function opmlOf(title: string, feeds: readonly ListedFeed[]): string {
  const lineOf = ({ feed, name = feed }: ListedFeed): string =>
    `<outline type="rss" text="${escapeHtml(name)}" title="${escapeHtml(name)}" xmlUrl="${escapeHtml(feed)}"/>`
  const sections = [...new Set(feeds.flatMap(({ section }) => section ?? []))]
  const lines = [
    ...feeds.filter(({ section }) => section === undefined).map((feed) => `    ${lineOf(feed)}`),
    ...sections.flatMap((section) => [
      `    <outline text="${escapeHtml(section)}">`,
      ...feeds.filter((feed) => feed.section === section).map((feed) => `      ${lineOf(feed)}`),
      '    </outline>',
    ]),
  ]
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>${escapeHtml(title)}</title></head>`,
    '  <body>',
    ...lines,
    '  </body>',
    '</opml>',
  ].join('\n')}\n`
}
