import type { Pageable, Publisher } from '../../src/core/publisher.ts'
import { fixedZone } from '../../src/core/time.ts'

const ORIGIN = 'https://www.rivertown.example'
const STORY = /^\/(\w+)\/(\d{4})\/(\d{2})\/(\d{2})\/no(\d{1,9})\.html$/

/** 河镇日报, which nobody prints: a paper in another zone, with other addresses, lists and pages than any that is known. */
export const rivertown = {
  name: 'rivertown',
  title: 'the Rivertown Daily',
  paper: '河镇日报',
  idPrefix: 'rivertown.',
  zone: fixedZone('Rivertown', -5 * 60),
  site: 'rivertown.example',
  owns: (host) => /(?:^|\.)rivertown\.example$/.test(host),
  isImitator: (host) => host === 'rivertown-daily.example',
  tracking: /^from$/,
  storyAt(path) {
    const [whole, section, year, month, date, number] = STORY.exec(path) ?? []
    if (whole === undefined || number === undefined) return null
    return { number, day: `${year}-${month}-${date}`, section: section ?? null, path: whole }
  },
  urlOf: ({ number, day, section }, origin) => `${origin}/${section}/${day?.replaceAll('-', '/')}/no${number}.html`,
  origin: ORIGIN,
  editions: [ORIGIN],
  sections: {
    names: ['town', 'china'],
    pathsOf: (section) => [section.replace(/^\/+|\/+$/g, '')],
    sisters: (path) => [path],
  },
  sourcesOf: (section, { origin = ORIGIN }): Pageable[] => [{ kind: 'list', url: `${origin}/${section}/` }],
  sourceAt: (url) => ({ kind: 'list', url, path: new URL(url).pathname.replace(/^\/+|\/+$/g, '') }),
  pageOf: (source, n) => (n === 0 ? source.url : `${source.url}older-${n}.html`),
  sitemaps: {
    first: '2025-01-01',
    ofMonth: (month, origin) => `${origin}/months/${month}.txt`,
    index: (origin) => `${origin}/months.txt`,
  },
} satisfies Publisher
