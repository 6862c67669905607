import type { StoryRecord } from '../model.ts'
import { present } from '../present.ts'
import { jsonText } from '../text/printable.ts'
import { pageAddress, publicAddress } from './address.ts'
import { authorsOf, contentHtml, type FeedFormat, termsOf } from './entry.ts'
import { changedAt } from './story-times.ts'
import { writable } from './xml.ts'

const written = (value: object): string => jsonText(value, (_, one) => (typeof one === 'string' ? writable(one) : one))

function entry(record: StoryRecord, canonical: (url: string) => string): string {
  const { title, url, published, lang, images } = record
  const image = images.map((picture) => publicAddress(picture.url, url)).find((address) => address !== null)
  return written({
    id: canonical(url),
    url: pageAddress(url) ?? url,
    title,
    content_html: contentHtml(record),
    ...present({ image, date_published: published }),
    date_modified: changedAt(record),
    authors: authorsOf(record).map((name) => ({ name })),
    tags: termsOf(record),
    ...present({ language: lang }),
  })
}

/** JSON Feed 1.1. */
export const jsonFeed: FeedFormat = {
  entry,
  *document({ title, self }, entries) {
    const head = { version: 'https://jsonfeed.org/version/1.1', title, ...present({ feed_url: self }) }
    yield `${written(head).slice(0, -1)},"items":[\n`
    for (const [at, { text }] of entries.entries()) yield `${at === 0 ? '' : ',\n'}${text}`
    yield '\n]}\n'
  },
}
