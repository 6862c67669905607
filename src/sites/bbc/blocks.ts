import { figureHtml, linkHtml } from '../body/markup.ts'
import { at, isObject, listAt, textAt } from '../json.ts'
import { firstOf } from '../../core/first.ts'
import { escapeHtml } from '../../core/html/escape.ts'
import { textOfHtml } from '../text.ts'

/** The blocks of which the site's data make a story, as HTML. */

const DEEPEST = 24

/** What a page holds among the blocks of its story: headline and byline have their own place, the rest is no story. */
const SKIPPED = new Set(
  'headline visuallyHiddenHeadline fauxHeadline timestamp byline relatedContent links mpu wsoj advertisement disclaimer continueReading topicList promoList metadata podcastPromo jumpTo recommendations uploader portraitVideo'.split(
    ' ',
  ),
)
const PLAYERS = new Set('video audio media aresMedia legacyMedia version'.split(' '))
const EMBEDS = new Set('social oEmbed embed embedHtml include elementEmbed'.split(' '))
const LISTS = new Set('list unorderedList orderedList'.split(' '))
const HEADINGS = new Set('subheadline heading subheading crosshead'.split(' '))

/** What a block says: in a model, or in itself as the system behind the site has it. */
function modelOf(block: unknown): unknown {
  return at(block, 'model') ?? block
}

/** The blocks in a block, wherever it keeps them. */
function inner(block: unknown): unknown[] {
  return (
    [listAt(block, 'model', 'blocks'), listAt(block, 'blocks'), listAt(block, 'items')].find(
      (blocks) => blocks.length > 0,
    ) ?? []
  )
}

function typeOf(block: unknown): string {
  return textAt(block, 'type') ?? ''
}

/** The blocks of a type within others, nearest first. */
function ofType(blocks: readonly unknown[], type: string, depth = 0): unknown[] {
  if (depth > DEEPEST) return []
  const here = blocks.filter((block) => typeOf(block) === type)
  return [...here, ...blocks.flatMap((block) => ofType(inner(block), type, depth + 1))]
}

/** A block's own text, with its blanks. */
function plainOf(block: unknown): string {
  const [text, marked] = [at(block, 'model', 'text'), at(block, 'text')]
  if (typeof text === 'string') return text
  return typeof marked === 'string' ? textOfHtml(marked) : ''
}

/** The words of blocks, without their marks. */
function wordsOf(blocks: readonly unknown[], depth = 0): string {
  if (depth > DEEPEST) return ''
  const parts = blocks.map((block) => {
    const within = inner(block)
    return within.length > 0 ? wordsOf(within, depth + 1) : plainOf(block)
  })
  return parts.join('')
}

function fragment(block: unknown): string {
  const text = escapeHtml(plainOf(block)).replace(/\n/g, '<br>')
  const marks = listAt(block, 'model', 'attributes')
  const bold = marks.includes('bold') ? `<strong>${text}</strong>` : text
  return marks.includes('italic') ? `<em>${bold}</em>` : bold
}

function inLine(blocks: readonly unknown[], depth: number): string {
  if (depth > DEEPEST) return ''
  return blocks
    .map((block) => {
      const within = inner(block)
      const text = within.length > 0 ? inLine(within, depth + 1) : fragment(block)
      const href = /link$/i.test(typeOf(block))
        ? (textAt(block, 'model', 'locator') ?? textAt(block, 'model', 'url'))
        : null
      return href === null ? text : `<a href="${escapeHtml(href)}">${text}</a>`
    })
    .join('')
}

function listOf(block: unknown, depth: number): string {
  const isOrdered =
    typeOf(block) === 'orderedList' ||
    textAt(block, 'model', 'listType') === 'ordered' ||
    at(modelOf(block), 'numbered') === true
  const items = inner(block).map((item) => {
    const parts = inner(item).map((part) =>
      LISTS.has(typeOf(part)) ? listOf(part, depth + 1) : inLine([part], depth + 1),
    )
    return `<li>${parts.length > 0 ? parts.join('') : inLine([item], depth + 1)}</li>`
  })
  const name = isOrdered ? 'ol' : 'ul'
  return depth > DEEPEST || items.length === 0 ? '' : `<${name}>${items.join('')}</${name}>`
}

/** A picture by its place in the site's store. */
function storedAt(model: unknown): string | null {
  const [locator, store] = [textAt(model, 'locator'), textAt(model, 'originCode')]
  if (locator === null) return textAt(model, 'src') ?? textAt(model, 'href')
  if (/^https?:/.test(locator)) return locator
  return store === 'pips'
    ? `https://ichef.bbci.co.uk/images/ic/1024xn/${locator.replace(/^.*\//, '')}`
    : `https://ichef.bbci.co.uk/news/1024/${store ?? 'cpsprodpb'}/${locator.replace(/^\//, '')}`
}

function captionOf(block: unknown): string {
  return (
    textAt(block, 'caption') ??
    wordsOf([
      ...ofType(inner(block), 'caption').slice(0, 1),
      ...[at(block, 'model', 'caption')].filter(isObject),
    ]).trim()
  )
}

function imageOf(block: unknown): string {
  const within = inner(block)
  const model = at(ofType(within, 'rawImage')[0], 'model') ?? at(block, 'model', 'image') ?? modelOf(block)
  const url = storedAt(model)
  if (url === null) return ''
  const alt =
    wordsOf(ofType(within, 'altText').slice(0, 1)).trim() || (textAt(model, 'alt') ?? textAt(model, 'altText') ?? '')
  const holder = textAt(model, 'copyrightHolder') ?? textAt(model, 'copyright')
  const caption = captionOf(block)
  return figureHtml(url, alt, [caption === '' ? alt : caption, holder === null ? '' : `© ${holder}`].join(' ').trim())
}

/** Players: the picture that stands for one, and a link to the page where it plays. */
function playerOf(block: unknown, story: string): string {
  const media =
    ofType([block], 'aresMediaMetadata')[0] ??
    ofType([block], 'mediaMetadata')[0] ??
    listAt(block, 'model', 'media', 'items')[0]
  const model = at(media, 'model') ?? media ?? modelOf(block)
  const caption = captionOf(block)
  const title = textAt(model, 'title') ?? (caption === '' ? '视频' : caption)
  const picture = (textAt(model, 'imageUrl') ?? textAt(model, 'holdingImageUrl'))?.replace('/$recipe/', '/1024xn/')
  const shown =
    picture === undefined ? '' : figureHtml(picture.replace(/^(?!https?:)(?:\/\/)?/, 'https://'), title, caption)
  return shown + linkHtml(story, title)
}

const ADDRESS_KEYS = ['locator', 'url', 'href', 'source', 'canonicalUrl']

function addressIn(value: unknown, depth = 0): string | null {
  if (depth > DEEPEST) return null
  if (Array.isArray(value)) return firstOf(value as unknown[], (each) => addressIn(each, depth + 1))
  if (!isObject(value)) return null
  const own = ADDRESS_KEYS.map((key) => textAt(value, key)).find((text) => text !== null && /^https?:\/\//.test(text))
  return own ?? addressIn(Object.values(value), depth + 1)
}

function htmlIn(block: unknown): string | null {
  const found = [block, ...ofType(inner(block), 'aresOEmbed'), ...ofType(inner(block), 'oEmbed')].map(
    (each) =>
      textAt(each, 'model', 'oembed', 'html') ?? textAt(each, 'model', 'embedHtml') ?? textAt(each, 'model', 'html'),
  )
  return found.find((html) => html !== null && (textOfHtml(html) !== '' || /<(?:iframe|img)\b/i.test(html))) ?? null
}

/** Posts and frames of other sites: as they are handed over, else a link to them. */
function embedOf(block: unknown): string {
  const html = htmlIn(block)
  const address = html === null ? addressIn(block) : null
  return html ?? (address === null ? '' : linkHtml(address, address))
}

function blockOf(block: unknown, story: string, depth: number): string {
  const type = typeOf(block)
  if (SKIPPED.has(type) || depth > DEEPEST) return ''
  if (type === 'image' || type === 'rawImage') return imageOf(block)
  if (type === 'embedImages') return imageOf(widest(block))
  if (PLAYERS.has(type)) return playerOf(block, story)
  if (EMBEDS.has(type)) return embedOf(block)
  if (LISTS.has(type)) return listOf(block, depth)
  if (HEADINGS.has(type)) return `<h2>${escapeHtml(wordsOf([block]))}</h2>`
  if (type === 'paragraph' || type === 'fragment' || /link$/i.test(type)) return `<p>${inLine([block], depth)}</p>`
  const within = inner(block)
  return within.length > 0 ? within.map((each) => blockOf(each, story, depth + 1)).join('') : ownHtml(block)
}

/** What a block of a kind that is not known says itself: a text that is lost is lost for ever. */
function ownHtml(block: unknown): string {
  const text = plainOf(block).trim()
  return text === '' ? (htmlIn(block) ?? '') : `<p>${escapeHtml(text).replace(/\n/g, '<br>')}</p>`
}

/** Of the renderings of one graphic the widest. */
function widest(block: unknown): unknown {
  const width = (image: unknown): number => Number(at(ofType(inner(image), 'rawImage')[0], 'model', 'width') ?? 0)
  return ofType(inner(block), 'image').toSorted((a, b) => width(b) - width(a))[0]
}

/** The body that blocks make. `story`: its address, where its players play. */
export function htmlOf(blocks: readonly unknown[], story: string): string {
  return blocks.map((block) => blockOf(block, story, 0)).join('')
}

/** The words of the first block of a type. */
export function textOf(blocks: readonly unknown[], type: string): string | null {
  return wordsOf(blocks.filter((block) => typeOf(block) === type).slice(0, 1)).trim() || null
}

/** Who wrote a story, by its byline. */
export function namesIn(blocks: readonly unknown[]): string[] {
  return ofType(ofType(blocks, 'byline'), 'name').map((name) => wordsOf([name]).trim())
}
