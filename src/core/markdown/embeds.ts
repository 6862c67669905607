import { descendants } from '../html/dom.ts'
import { embedLink } from './providers.ts'
import { isInProportion } from '../html/custom.ts'
import type { Link } from '../blocks.ts'

/** Elements of HTML that play or show something else, as `tagName` has them. */
export const EMBEDS: ReadonlySet<string> = new Set(['IFRAME', 'FRAME', 'VIDEO', 'VIDEO-JS', 'AUDIO', 'EMBED', 'OBJECT'])

/** An element, as far as its own tag tells of it. */
type Tagged = Pick<Element, 'getAttribute'>

/** What stands in the place of an address that is not there yet. */
const STAND_IN = /^\s*(?:about:blank|(?:data|blob|javascript):\S)/i

/** The first of an element's attributes that holds something; empty where none does. */
export function attribute(element: Tagged, ...names: string[]): string {
  for (const name of names) {
    const value = element.getAttribute(name)
    if (value !== null && value.trim() !== '' && !STAND_IN.test(value)) return value
  }
  return ''
}

/** Where a frame's address stands until a script, or a visitor's consent, puts it into `src`. */
const FRAME_ADDRESSES =
  `src data-src data-lazy-src data-url data-iframe-src data-original data-lazyload data-cookieblock-src data-cmp-src
  data-consent-src data-cookie-src data-src-cmplz data-borlabs-cookie-iframe-src data-lazyload-src data-cli-src
  uc-src suppressedsrc data-suppressedsrc consent-original-src-_ data-orig-src data-opt-src data-litespeed-src`.split(
    /\s+/,
  )
const MEDIA_ADDRESSES = ['src', 'data-src', 'data-lazy-src', 'data-video-src', 'data-video-url', 'data-mp4', 'data-url']

/** Where a frame leads; empty when it has no address. */
export function frameAddress(frame: Tagged): string {
  return attribute(frame, ...FRAME_ADDRESSES)
}

/** What an element calls what it shows. */
export function titleOf(element: Tagged): string {
  return attribute(element, 'title', 'aria-label')
}

/** True for what is there to count visitors, by its attributes: a pixel at most. */
export function isInvisible(element: Tagged): boolean {
  if (isInProportion(element)) return false
  return ['width', 'height'].some((name) => /^\s*[01](?:px)?\s*$/.test(element.getAttribute(name) ?? ''))
}

/** Where a person opens a player of Brightcove; empty where its attributes do not say. */
export function brightcove(element: Element): string {
  const [account = '', video = '', player = '', embed = ''] = ['account', 'video-id', 'player', 'embed'].map((name) =>
    encodeURIComponent(attribute(element, `data-${name}`).trim()),
  )
  if (account === '' || video === '') return ''
  return `https://players.brightcove.net/${account}/${player || 'default'}_${embed || 'default'}/index.html?videoId=${video}`
}

/** The first address that is one; empty where none is. */
export function firstAddress(addresses: readonly string[]): string {
  return addresses.find((address) => address !== '') ?? ''
}

function mediaSource(element: Element): string {
  const own = attribute(element, ...MEDIA_ADDRESSES)
  return own || firstAddress(descendants(element, 'source').map((source) => attribute(source, ...MEDIA_ADDRESSES)))
}

/** What an `object` shows: `data`, or the parameter that a plug-in was told by. */
function objectSource(element: Element): string {
  const own = attribute(element, 'data', 'data-src')
  if (own !== '') return own
  const names = /^(?:movie|src|url|filename)$/i
  const parameter = descendants(element, 'param').find((it) => names.test(it.getAttribute('name') ?? ''))
  if (parameter !== undefined) return attribute(parameter, 'value')
  return firstAddress(descendants(element, 'embed').map(frameAddress))
}

/**
 * A link that names what the page plays or shows in a frame; `null` when the element embeds nothing that a reader
 * could open.
 */
export function readEmbed(element: Element, base: string | null): Link | null {
  const title = titleOf(element)
  switch (element.tagName) {
    case 'IFRAME':
    case 'FRAME':
      return isInvisible(element) ? null : embedLink(frameAddress(element), '嵌入内容', title, base)
    case 'VIDEO':
    case 'VIDEO-JS':
      return embedLink(brightcove(element) || mediaSource(element), '视频', title, base)
    case 'AUDIO':
      return embedLink(mediaSource(element), '音频', title, base)
    case 'EMBED':
      return embedLink(attribute(element, 'src', 'data-src'), '嵌入内容', title, base)
    case 'OBJECT':
      return embedLink(objectSource(element), '嵌入内容', title, base)
    default:
      return null
  }
}
