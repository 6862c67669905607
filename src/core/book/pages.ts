import type { StoryRecord } from '../model.ts'
import { pageAddress } from '../publish/address.ts'
import { notesOf } from '../publish/notes.ts'
import { headlineHtml, type PictureAt, storyHtml } from '../publish/story-html.ts'
import { escapeXml } from '../publish/xml.ts'
import { dayIn, minuteIn, type Zone } from '../time.ts'
import { spoken, t } from '../../words/words.ts'

/** A story of a book, as its contents know it. */
export interface BookStory {
  /** The file of its page. */
  file: string
  title: string
  lang: string | null
  paper: string | null
  day: string
  published: string
  /** The minute in which it came out, by its paper's clock: `15:37`; `null` where the day alone is known. */
  minute: string | null
  section: string | null
}

/** A day with its stories, as they came out. */
export type BookDay = readonly [day: string, stories: readonly BookStory[]]

export const fileOfDay = (day: string): string => `day-${day}.xhtml`

const XMLNS = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'

/** A language as attributes of an element; nothing where it is not known. */
function inLanguage(lang: string | null): string {
  return lang === null ? '' : ` xml:lang="${escapeXml(lang)}" lang="${escapeXml(lang)}"`
}

/** A page of a book. `body`: well-formed. */
export function page(title: string, lang: string | null, body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html ${XMLNS}${inLanguage(lang)}>
<head>
<title>${escapeXml(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${body}
</body>
</html>
`
}

/** What stands in the language of messages, whatever the book's is. */
function furniture(words: string): string {
  return `<span${inLanguage(spoken())}>${escapeXml(words)}</span>`
}

/** The page of a story. */
export function storyPage(record: StoryRecord, day: string, zone: Zone, pictureAt: PictureAt): string {
  const { title, lang, url, published, section, author, bylines } = record
  const ms = published === null ? null : Date.parse(published)
  const time = ms === null ? day : `${dayIn(zone, ms)} ${minuteIn(zone, ms)}`
  const about = [...new Set([time, section, author, ...bylines])].filter((part) => part !== null).join(' · ')
  const link = pageAddress(url)
  const notes = notesOf(record).map((note) => `<p class="note"${inLanguage(spoken())}>${escapeXml(note)}</p>\n`)
  const source =
    link === null
      ? ''
      : `\n<p class="source"><a href="${escapeXml(link)}">${furniture(t`the page of this story`)}</a></p>`
  return page(
    title,
    lang,
    `<h1>${headlineHtml(title)}</h1>
<p class="about">${escapeXml(about)}</p>
${notes.join('')}${storyHtml(record, pictureAt)}${source}`,
  )
}

/** The front page of a day: its headlines, each with its time before it. */
export function dayPage(day: string, stories: readonly BookStory[], lang: string): string {
  const beside = (text: string | null): string =>
    text === null ? '' : `<span class="beside">${escapeXml(text)}</span>`
  const lines = stories.map(({ file, title, lang: own, minute, section }) => {
    const link = `<a href="${file}"${inLanguage(own)}>${headlineHtml(title)}</a>`
    return `<li>${[beside(minute), link, beside(section)].filter((part) => part !== '').join(' ')}</li>`
  })
  return page(day, lang, `<h1>${day}</h1>\n<ul class="list">\n${lines.join('\n')}\n</ul>`)
}

/** What a book says of itself on its first page. */
export function titlePage(title: string, lang: string, [name = title, ...lines]: readonly string[]): string {
  const body = lines.map((line) => `\n<p>${escapeXml(line)}</p>`).join('')
  return page(
    title,
    lang,
    `<section class="title" epub:type="titlepage">\n<h1>${escapeXml(name)}</h1>${body}\n</section>`,
  )
}

/** The contents: days, and the stories of each. */
export function navPage(title: string, lang: string, days: readonly BookDay[]): string {
  const entries = days.map(([day, stories]) => {
    const lines = stories.map(
      ({ file, title: headline, lang: own }) =>
        `<li><a href="${file}"${inLanguage(own)}>${escapeXml(headline)}</a></li>`,
    )
    return `<li><a href="${fileOfDay(day)}">${day}</a>\n<ol>\n${lines.join('\n')}\n</ol></li>`
  })
  const first = `<li><a href="title.xhtml">${escapeXml(title)}</a></li>`
  return page(
    title,
    lang,
    `<nav class="list" epub:type="toc">\n<h1>${furniture(t`Contents`)}</h1>\n<ol>\n${[first, ...entries].join('\n')}\n</ol>\n</nav>`,
  )
}
