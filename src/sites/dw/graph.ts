import { figureHtml, linkHtml, paragraphHtml } from '../body/markup.ts'
import { at, type Json, isObject, listAt, parseJson, textAt } from '../json.ts'
import { extractOf } from '../page/extract.ts'
import type { Generation, Sheet } from '../page/paper.ts'
import { escapeHtml } from '../../core/html/escape.ts'
import { pictureAt, sized } from './pictures.ts'

function figureOf(link: unknown): string {
  const number = at(link, 'targetId')
  if (typeof number !== 'string' && typeof number !== 'number') return ''
  const caption = textAt(link, 'description') ?? ''
  const credit = textAt(link, 'target', 'licenserSupplement')
  const said = [caption, credit === null ? '' : `图像来源: ${credit}`].filter((text) => text !== '').join(' ')
  return figureHtml(pictureAt(number), caption, said)
}

/** A body's pictures have a number and no address. */
function withPictures(html: string): string {
  return sized(html).replace(
    /<img\b(?![^>]*\ssrc=["']https?:)([^>]*?\sdata-id=["']?(\d+)["']?[^>]*)>/gi,
    (_, rest: string, number: string) =>
      `<img src="${pictureAt(number)}"${rest.replace(/\s(?:src|data-url|data-src|style)=(?:"[^"]*"|'[^']*')/gi, '')}>`,
  )
}

function paragraph(text: string | null): string {
  return text === null ? '' : paragraphHtml(text)
}

/** An entry of a live blog: its time as it is shown, its headline, its text. */
function postOf(post: unknown): string {
  const title = textAt(post, 'title')
  const head = title === null ? '' : `<h2>${escapeHtml(title)}</h2>`
  return `<hr>${paragraph(textAt(post, 'localizedContentDate'))}${head}${withPictures(textAt(post, 'text') ?? '')}`
}

function videoOf(content: Json): string {
  const url = textAt(content, 'mp4VideoSrc') ?? textAt(content, 'hlsVideoSrc') ?? textAt(content, 'mp3Src')
  return url === null ? '' : linkHtml(url, textAt(content, 'mp3Src') === url ? '音频' : '视频')
}

function extract(page: Sheet) {
  const content = at(parseJson(page.html), 'data', 'content')
  if (!isObject(content)) return null
  const text = withPictures(textAt(content, 'text') ?? '')
  const main = content['mainContentImageLink']
  const isShown = text.includes(`/${String(at(main, 'targetId'))}_`)
  return extractOf(page, {
    titles: [textAt(content, 'title')],
    lead: isShown ? [] : [figureOf(main)],
    body: [
      videoOf(content),
      paragraph(textAt(content, 'teaser')),
      text,
      ...listAt(content, 'galleryImages').map(figureOf),
      ...listAt(content, 'posts').map(postOf),
    ].join(''),
    published: [at(content, 'contentDate'), at(content, 'firstPublicationDate')],
    updated: [at(content, 'lastPublicationDate'), at(content, 'modificationDate')],
    bylines: listAt(content, 'firstPersonArray').flatMap((person) => textAt(person, 'fullName') ?? []),
    keywords: listAt(content, 'trackingCategories').filter((each) => typeof each === 'string'),
  })
}

/** A story as the site's own scripts ask for it: JSON. */
export const graph = {
  name: 'dw-graph',
  era: '2023 on',
  isData: true,
  matches: (text) => text.startsWith('{') && text.includes('"content"'),
  parts: {},
  extract,
} satisfies Generation
