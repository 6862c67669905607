import { type Document, valueOf } from '../document/document.ts'
import { identify } from '../identity.ts'
import { isoTime, singaporeDay } from '../time.ts'

/** The same text with the line ends and the last line that the format asks for; nothing else is changed. */
export function mendLines(text: string): string {
  return `${text
    .replace(/^\ufeff/, '')
    .replace(/\r\n/g, '\n')
    .replace(/(?<!\n)\n+$/, '')}\n`
}

/** The document with another time of publication, in `date` and in the comment. */
export function withTime(document: Document, ms: number): Document {
  return {
    ...document,
    frontMatter: document.frontMatter.map((entry) =>
      entry.key === 'date' ? { key: 'date', value: isoTime(ms), source: `date: ${isoTime(ms)}\n` } : entry,
    ),
    stamp: { ms, source: `<!--${ms}-->\n` },
  }
}

/**
 * The document with one time where `date` and the comment differ and the day in the address convicts one of them;
 * `null` where it does not, or they agree.
 */
export function mendTimes(document: Document): Document | null {
  const date = Date.parse(String(valueOf(document, 'date')))
  const stamp = document.stamp.ms
  const { day } = identify(String(valueOf(document, 'from')))
  if (day === null || date === stamp || Math.abs(stamp) > 8.64e15) return null
  const dateFits = singaporeDay(date) === day
  if (dateFits === (singaporeDay(stamp) === day)) return null
  return withTime(document, dateFits ? date : stamp)
}
