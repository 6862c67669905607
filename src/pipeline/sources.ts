import { createHash } from 'node:crypto'
import type { Config } from '../config.ts'
import { printableUrl } from '../core/printable.ts'
import { UsageError } from '../errors.ts'
import { SECTIONS, sourcesFor } from '../sites/zaobao/index.ts'
import type { Source } from './poll.ts'

/** The sources that a configuration asks for: the feeds that it names, else those of its sections. */
export function sourcesOf(config: Pick<Config, 'feed' | 'section' | 'sources'>): Source[] {
  if (config.feed.length > 0) return config.feed.map(feed)
  const sections = config.section.includes('all') ? Object.keys(SECTIONS) : [...new Set(config.section)]
  return sections.flatMap((section) => (/^https?:\/\//i.test(section) ? [list(section)] : ofSection(section, config)))
}

function feed(url: string): Source {
  return { name: feedName(url), url, kind: 'feed', section: null, userNamed: true }
}

/** Names are kept and printed: credentials in an address are not in them, a mark tells such addresses apart. */
function feedName(url: string): string {
  const shown = printableUrl(url)
  return shown === url ? url : `${shown}#${createHash('sha256').update(url).digest('hex').slice(0, 6)}`
}

function list(url: string): Source {
  return { name: url, url, kind: 'list', section: null, userNamed: false }
}

function ofSection(section: string, config: Pick<Config, 'sources'>): Source[] {
  if (SECTIONS[section] === undefined) {
    throw new UsageError(
      `section "${section}" is not known; write ${Object.keys(SECTIONS).join(', ')}, all or an address`,
    )
  }
  return config.sources.flatMap((source): Source[] => {
    if (typeof source === 'object' && 'feed' in source) {
      const elsewhere = source.section !== undefined && source.section !== section
      return elsewhere ? [] : [{ ...feed(source.feed), section: source.section ?? null }]
    }
    const kind = typeof source === 'object' ? 'rss' : source
    const known = sourcesFor(section, typeof source === 'object' ? { rsshub: source.rsshub } : {})
    return known
      .filter((one) => one.kind === kind)
      .map(({ url }): Source => {
        const isFeed = kind === 'rss'
        return { name: `${kind}:${section}`, url, kind: isFeed ? 'feed' : 'list', section, userNamed: isFeed }
      })
  })
}
