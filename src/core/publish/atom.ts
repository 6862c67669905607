import type { StoryRecord } from '../model.ts'
import { pageAddress } from './address.ts'
import { authorsOf, contentHtml, type FeedFormat, termsOf } from './entry.ts'
import { changedAt } from './story-times.ts'
import { isoTime } from '../time.ts'
import { escapeXml } from './xml.ts'

/** An element with its text; nothing where there is none. */
function element(name: string, text: string | null): string {
  return text === null ? '' : `<${name}>${escapeXml(text)}</${name}>\n`
}

/** Readers that look for tags in every title are told that there are none. */
function headline(title: string): string {
  return `<title type="text">${escapeXml(title)}</title>\n`
}

function entry(record: StoryRecord, canonical: (url: string) => string): string {
  const { title, url, published, lang } = record
  const link = pageAddress(url) ?? url
  return [
    lang === null ? '<entry>\n' : `<entry xml:lang="${escapeXml(lang)}">\n`,
    headline(title),
    `<link rel="alternate" type="text/html" href="${escapeXml(link)}"/>\n`,
    element('id', canonical(url)),
    element('published', published),
    element('updated', changedAt(record)),
    ...authorsOf(record).map((name) => `<author><name>${escapeXml(name)}</name></author>\n`),
    ...termsOf(record).map((term) => `<category term="${escapeXml(term)}"/>\n`),
    `<content type="html">${escapeXml(contentHtml(record))}</content>\n`,
    '</entry>\n',
  ].join('')
}

/** Atom (RFC 4287). */
export const atom: FeedFormat = {
  entry,
  *document({ title, id, self, nowMs }, entries) {
    const updated = entries.reduce((newest, one) => (one.updated > newest ? one.updated : newest), '')
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield headline(title) + element('id', id) + element('updated', updated || isoTime(nowMs))
    if (self !== null) yield `<link rel="self" type="application/atom+xml" href="${escapeXml(self)}"/>\n`
    for (const { text } of entries) yield text
    yield '</feed>\n'
  },
}
