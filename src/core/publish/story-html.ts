import { parseHtml } from '../html/html.ts'
import { says } from '../markdown/captions.ts'
import { settleHeadings } from '../markdown/headings.ts'
import { readBlocks } from '../markdown/read-blocks.ts'
import { pictureOf } from '../markdown/read-figure.ts'
import { renderMarkdown } from '../markdown/render.ts'
import type { Block, Image, Inline, List, ListItem, Table } from '../blocks.ts'
import type { Picture, StoryRecord } from '../model.ts'
import { hostOf, publicAddress } from './address.ts'
import { escapeXml } from './xml.ts'
import { t } from '../../words/words.ts'

/** Where a picture is shown from, as `src` has it; `null` where a link to it stands in its place. Its `url` is empty where it is no public address. */
export type PictureAt = (picture: Picture) => string | null

interface Writing {
  /** The story's address, to which its links are relative. */
  base: string
  pictureAt: PictureAt
  /** True within a link, where no other can stand. */
  isLinked: boolean
}

/** The headline of a page is a level-1 heading. */
const TOP_HEADING = 2

/**
 * The body of a story as HTML that is well-formed XML, too. It is written from the shapes that Markdown has, whatever stands in
 * the text: no script, style, form or frame, links to http, https, mailto and tel alone, absolute; pictures where `pictureAt`
 * says. A picture and the paragraph that is its caption become a figure. The highest heading is an `h2`.
 *
 *     storyHtml({ markdown: '一段。', url: 'https://…' }, ({ url }) => url)  // '<p>一段。</p>'
 */
export function storyHtml({ markdown, url }: Pick<StoryRecord, 'markdown' | 'url'>, pictureAt: PictureAt): string {
  const blocks = readBlocks(parseHtml(renderMarkdown(markdown)).body, null)
  settleHeadings(blocks, TOP_HEADING)
  return blocksHtml(blocks, { base: url, pictureAt, isLinked: false })
}

/** Between Chinese letters a single space does, too. */
const BETWEEN_CLAUSES = /(\s*[\u3000\u2002\u2003]\s*|\s{2,}|(?<=[^\0-\x7f])\s(?=[^\0-\x7f]))/

/** A headline, each of its clauses in a `span`, between which a line breaks first: Chinese headlines set them apart by a wide space. */
export function headlineHtml(title: string): string {
  const parts = title.trim().split(BETWEEN_CLAUSES)
  if (parts.length === 1) return escapeXml(title)
  return parts
    .map((part, at) => (at % 2 === 1 ? escapeXml(part) : `<span class="clause">${escapeXml(part)}</span>`))
    .join('')
}

function blocksHtml(blocks: readonly Block[], writing: Writing): string {
  const parts: string[] = []
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at]!
    const picture = pictureOf(block)
    if (picture === null || block.kind !== 'paragraph') {
      parts.push(blockHtml(block, writing))
      continue
    }
    const next = blocks[at + 1]
    const isCaption = picture.alt.trim() !== '' && next?.kind === 'paragraph' && says(next, picture.alt.trim())
    const [only] = block.inlines
    parts.push(figure(picture, only?.kind === 'link' ? only.url : null, isCaption ? next.inlines : [], writing))
    if (isCaption) at += 1
  }
  return parts.join('\n')
}

function blockHtml(block: Block, writing: Writing): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${inlinesHtml(block.inlines, writing)}</p>`
    case 'heading':
      return `<h${block.level}>${inlinesHtml(block.inlines, writing)}</h${block.level}>`
    case 'quote':
      return `<blockquote>\n${blocksHtml(block.blocks, writing)}\n</blockquote>`
    case 'list':
      return listHtml(block, writing)
    case 'code-block':
      return `<pre><code>${escapeXml(block.text)}</code></pre>`
    case 'table':
      return tableHtml(block, writing)
    default:
      return '<hr/>'
  }
}

function listHtml({ start, items }: List, writing: Writing): string {
  const lines = items.map((item) => `<li>${itemHtml(item, writing)}</li>`).join('\n')
  if (start === null) return `<ul>\n${lines}\n</ul>`
  return `<ol${start === 1 ? '' : ` start="${start}"`}>\n${lines}\n</ol>`
}

function itemHtml({ checked, blocks }: ListItem, writing: Writing): string {
  const box = checked === null ? '' : checked ? '☑ ' : '☐ '
  const [first, ...rest] = blocks
  if (first?.kind !== 'paragraph' || first.explicit || pictureOf(first) !== null)
    return `${box}${blocksHtml(blocks, writing)}`
  const line = `${box}${inlinesHtml(first.inlines, writing)}`
  return rest.length === 0 ? line : `${line}\n${blocksHtml(rest, writing)}`
}

function tableHtml({ rows }: Table, writing: Writing): string {
  const row = (cells: readonly Inline[][], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${inlinesHtml(cell, writing)}</${tag}>`).join('')}</tr>`
  const [header = [], ...body] = rows
  const head = header.every((cell) => cell.length === 0) ? '' : `<thead>${row(header, 'th')}</thead>\n`
  // A table of a headline alone has rows all the same.
  if (body.length === 0) return `<table>\n<tbody>${row(header, 'th')}</tbody>\n</table>`
  return `<table>\n${head}<tbody>\n${body.map((cells) => row(cells, 'td')).join('\n')}\n</tbody>\n</table>`
}

function inlinesHtml(inlines: readonly Inline[], writing: Writing): string {
  return inlines.map((inline) => inlineHtml(inline, writing)).join('')
}

function inlineHtml(inline: Inline, writing: Writing): string {
  switch (inline.kind) {
    case 'text':
      return escapeXml(inline.text)
    case 'code':
      return `<code>${escapeXml(inline.text)}</code>`
    case 'break':
      return '<br/>'
    case 'mark':
      return `<${inline.mark}>${inlinesHtml(inline.children, writing)}</${inline.mark}>`
    case 'link':
      return linked(inline.url, writing, (within) => inlinesHtml(inline.children, within))
    default:
      return shown(inline, inline.alt, writing) ?? linkTo(inline, inline.alt || t`picture`, writing)
  }
}

/** What stands in a link, as such where its address may be led to and no link is around it. */
function linked(url: string | null, writing: Writing, inside: (within: Writing) => string): string {
  const href = url === null || writing.isLinked ? null : publicAddress(url, writing.base)
  if (href === null) return inside(writing)
  return `<a href="${escapeXml(href)}">${inside({ ...writing, isLinked: true })}</a>`
}

function linkTo(picture: Image, words: string, writing: Writing): string {
  return linked(picture.url, writing, () => escapeXml(words))
}

/** The picture itself; `null` where it is not to be shown. */
function shown({ url, alt, path }: Image, words: string, { base, pictureAt }: Writing): string | null {
  const picture = { url: publicAddress(url, base) ?? '', caption: alt === '' ? null : alt, path: path ?? null }
  const src = pictureAt(picture) ?? ''
  return src === '' ? null : `<img src="${escapeXml(src)}" alt="${escapeXml(words)}"/>`
}

function figure(picture: Image, link: string | null, caption: readonly Inline[], writing: Writing): string {
  const words = inlinesHtml(caption, writing)
  // A caption is not read out twice.
  const image = shown(picture, caption.length === 0 ? picture.alt : '', writing)
  if (image !== null) {
    const below = words === '' ? '' : `<figcaption>${words}</figcaption>`
    return `<figure>${linked(link, writing, () => image)}${below}</figure>`
  }
  const host = hostOf(picture.url, writing.base)
  const place = linkTo(picture, host === null ? t`picture` : t`picture at ${host}`, writing)
  const beside = words === '' ? escapeXml(picture.alt) : words
  return `<figure class="elsewhere"><figcaption>${[beside, place].filter((part) => part !== '').join(' ')}</figcaption></figure>`
}
