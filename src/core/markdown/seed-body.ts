import { frameAddress, isInvisible, titleOf } from './embeds.ts'
import { type Attribute, attributesOf } from '../html/attributes.ts'
import { isTag, type TagToken, type Tokenizer, tokenizer } from '../html/tokenize.ts'
import { decodeHTML } from 'entities/decode'
import { standsFor } from '../html/custom.ts'
import { withoutLiquid } from '../html/escape.ts'
import { embedLink } from './providers.ts'
import { plain } from '../blocks.ts'
import { isUnsafeUrl } from './url.ts'

/**
 * Elements that show something and run nothing, all of them read alike by every parser. What is not here loses its
 * tags and keeps its words.
 */
const SHOWN = new Set(
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark menu nav ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video-js wbr audio video track'.split(
    ' ',
  ),
)
/** Elements whose content is no text of the story, or would be read by other rules than those of HTML. */
const REMOVED = new Set(
  'script style xmp iframe noembed noframes noscript textarea title plaintext template svg math object applet select head'.split(
    ' ',
  ),
)
const ADDRESSES = new Set(
  'href src data-src data-original data-lazy-src poster cite action formaction background longdesc lowsrc dynsrc data xlink:href'.split(
    ' ',
  ),
)
const SETS = new Set(['srcset', 'data-srcset', 'data-lazy-srcset'])
/** Refused whatever they say: they run, post, put markup into an attribute, or are written where a picture is kept. */
const REFUSED = /^(?:on|data-from|formaction$|action$|srcdoc$|xmlns|xlink:|is$|background$|dynsrc$|lowsrc$)/
const ATTRIBUTE_NAME = /^[a-z_][\w.:-]*$/
const STYLE_THAT_RUNS = /expression|javascript|vbscript|behaviou?r|-moz-binding|@import|url\s*\(|\\|\/\*|&|</i
const CLOSED_BY_LIKE = new Set('p li dd dt rp rt tr td th tbody thead tfoot colgroup'.split(' '))

interface Writer {
  parts: string[]
  open: string[]
}

function isSafeAttribute(name: string, value: string): boolean {
  if (REFUSED.test(name) || !ATTRIBUTE_NAME.test(name)) return false
  if (name === 'style') return !STYLE_THAT_RUNS.test(value)
  if (SETS.has(name))
    return !value.split(',').some((candidate) => isUnsafeUrl(candidate.trim())) && !/data:/i.test(value)
  if (ADDRESSES.has(name)) return !isUnsafeUrl(value) && !isUnsafeUrl(value.replace(/&amp;/gi, '&'))
  return true
}

function writeAttribute({ name, value }: Attribute, raw: string): string {
  // As the page has it where no parser could read it otherwise; else quoted anew.
  if (/^[\w.:-]+(?:=(?:"[^"<>`]*"|'[^'<>`"]*'|[^\s"'`=<>&]+))?$/.test(raw)) return raw
  return value === ''
    ? name
    : `${name}="${value.replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}"`
}

function writeStart(html: string, tag: TagToken, element = tag.name): string {
  const seen = new Set<string>()
  const attributes = attributesOf(html, tag)
  const kept = attributes.filter(({ name, value }) => {
    if (seen.has(name) || !isSafeAttribute(name, value)) return false
    seen.add(name)
    return true
  })
  const raw = html.slice(tag.start, tag.end)
  const isUntouched =
    element === tag.name &&
    kept.length === attributes.length &&
    !/[<`]/.test(raw.slice(1)) &&
    /^<[a-z][\w-]*(?:\s+[\w.:-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>&]+))?)*\s*\/?>$/i.test(raw)
  if (isUntouched) return withoutLiquid(raw)
  const written = kept.map((it) => ` ${writeAttribute(it, html.slice(it.start, it.end))}`).join('')
  return withoutLiquid(`<${element}${written}>`)
}

/** A link for a frame, which would run what it shows; empty where it leads nowhere. */
function writeFrame(html: string, tag: TagToken): string {
  if (tag.name !== 'iframe') return ''
  const values = new Map(attributesOf(html, tag).map(({ name, value }) => [name, decodeHTML(value)]))
  const frame = { getAttribute: (name: string) => values.get(name) ?? null }
  const address = frameAddress(frame).trim()
  if (!/^(?:https?:)?\/\//i.test(address) || isInvisible(frame)) return ''
  const link = embedLink(address.replace(/^\/\//, 'https://'), '嵌入内容', titleOf(frame), null)
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  return link === null ? '' : withoutLiquid(`<a href="${escaped(link.url)}">${escaped(plain(link.children))}</a>`)
}

function writeCustom(html: string, tag: TagToken, name: string): string {
  const hasSource = attributesOf(html, tag).some((it) => ADDRESSES.has(it.name) || SETS.has(it.name))
  if (!hasSource) return ''
  return name === 'img' ? writeStart(html, tag, name) : `${writeStart(html, tag, name)}</${name}>`
}

/** What stands in a custom picture is no longer than this. */
const MOST_INSIDE = 4000

/** True where a custom picture holds a picture of its own, which is shown in its place. */
function holdsPicture(html: string, { name, end }: TagToken): boolean {
  const behind = html.slice(end, end + MOST_INSIDE)
  const close = behind.indexOf(`</${name}`)
  return close >= 0 && /<img\s/i.test(behind.slice(0, close).replace(/<noscript[^]*?<\/noscript/gi, ''))
}

function writeStartTag(html: string, tag: TagToken, writer: Writer): void {
  if (!SHOWN.has(tag.name)) {
    const custom = standsFor(tag.name)
    if (custom !== null && (custom !== 'img' || !holdsPicture(html, tag)))
      writer.parts.push(writeCustom(html, tag, custom))
    return
  }
  writer.parts.push(writeStart(html, tag))
  if (!tag.isEmpty) writer.open.push(tag.name)
}

function writeEndTag(name: string, writer: Writer): void {
  const at = writer.open.lastIndexOf(name)
  if (!SHOWN.has(name) || at < 0) return
  const inner = writer.open.splice(at).slice(1).toReversed()
  for (const open of inner) if (!CLOSED_BY_LIKE.has(open)) writer.parts.push(`</${open}>`)
  writer.parts.push(`</${name}>`)
}

/** Goes behind an element that is taken out whole, its like within it counted. The offset there; `null` where it never ends. */
function behindRemoved(html: string, tag: TagToken, next: Tokenizer): number | null {
  const { isEmpty, isRaw, end, name } = tag
  if (isEmpty) return end
  let depth = 1
  for (let token = next(); token !== null; token = next()) {
    if (!isTag(token) || token.name !== name) continue
    if (token.kind === 'end') depth -= 1
    else if (!token.isEmpty) depth += 1
    if (depth === 0) return token.end
  }
  return isRaw ? html.length : null
}

function writeText(text: string, writer: Writer): void {
  if (text !== '') writer.parts.push(withoutLiquid(text.replaceAll('<', '&lt;').replaceAll('\u0000', '')))
}

/** The seed's producer splits the body into lines, trims each and joins them with nothing. */
function joinLines(html: string): string {
  return html
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .join('')
}

/** `endless`: names of what is to be taken out, but never ends; what follows stays. */
function writeSafe(html: string, writer: Writer, endless: Set<string>): void {
  const next = tokenizer(html)
  let at = 0
  for (let token = next(); token !== null; token = next()) {
    writeText(html.slice(at, token.start), writer)
    at = token.end
    // A tag that never ends is text: nothing behind it is markup.
    if (token.kind === 'unended') writeText(html.slice(token.start), writer)
    else if (token.kind === 'end') writeEndTag(token.name, writer)
    else if (token.kind === 'start' && endless.has(token.name)) continue
    else if (token.kind === 'start' && REMOVED.has(token.name)) {
      writer.parts.push(writeFrame(html, token))
      const { name, end } = token
      const behind = behindRemoved(html, token, next)
      if (behind === null) {
        writeSafe(html.slice(end), writer, endless.add(name))
        return
      }
      at = behind
    } else if (token.kind === 'start') writeStartTag(html, token, writer)
  }
  writeText(html.slice(at), writer)
}

function sanitize(html: string): string {
  const writer: Writer = { parts: [], open: [] }
  writeSafe(html, writer, new Set())
  for (const name of writer.open.toReversed()) if (!CLOSED_BY_LIKE.has(name)) writer.parts.push(`</${name}>`)
  return writer.parts.join('')
}

/**
 * A body as the seed has it: what stands between `<div>\n` and `\n</div>`. The page's own HTML, without anything that
 * runs, Liquid made literal, its lines trimmed and joined. HTML that needs no change keeps its bytes; done again, it
 * changes nothing.
 */
export function seedBody(html: string): string {
  return sanitize(joinLines(sanitize(html)))
}
