import { descendants } from '../html/dom.ts'
import { attribute, brightcove, EMBEDS, firstAddress, frameAddress, isInvisible, readEmbed, titleOf } from './embeds.ts'
import { embedLink, isProviders } from './providers.ts'
import type { Link } from '../blocks.ts'
import { cleanUrl } from './url.ts'
import { isUrl, nameOfAddress } from '../url.ts'

/** An element that a script makes a player or a post of: what names it, and the address that it stands for. */
interface Widget {
  /** Tried on `name.class.class.provider`. */
  element: RegExp
  /** Attributes of which one holds the address, or what `page` makes one of. */
  attributes: readonly string[]
  fallback: string
  page: (value: string) => string
}

/** `attributes`: their names, a blank between two. */
function widget(element: RegExp, attributes: string, fallback: string, page = (value: string) => value): Widget {
  return { element, attributes: attributes.split(' '), fallback, page }
}

const ID = /^[\w-]{1,64}$/

function byId(page: (id: string) => string, form = ID): (value: string) => string {
  return (value) => (form.test(value.trim()) ? page(encodeURIComponent(value.trim())) : '')
}

const youtube = byId((id) => `https://www.youtube.com/watch?v=${id}`, /^[\w-]{11}$/)
const vimeo = byId((id) => `https://vimeo.com/${id}`, /^\d{1,16}$/)
/** Where players of several providers keep the number of what they play. */
const NUMBERS = 'data-id data-video-id data-plyr-embed-id data-embed-id'
/** Where they say which provider it is. */
const PROVIDER = ['data-plyr-provider', 'data-provider', 'data-service', 'data-platform', 'data-type']

const POST = /^blockquote\.(?:.*\b)?(?:tiktok|instagram|twitter|embed|reddit|threads|text-post|bluesky|imgur|fb-xfbml)/i

function blueskyPost(uri: string): string {
  const [, profile, id] = /^at:\/\/([\w:.-]{1,80})\/app\.bsky\.feed\.post\/(\w{1,40})$/.exec(uri.trim()) ?? []
  return id === undefined ? '' : `https://bsky.app/profile/${profile}/post/${id}`
}

const WIDGETS: readonly Widget[] = [
  widget(/./, 'data-instgrm-permalink', 'Instagram 帖子'),
  widget(/\.fb-(?:post|video)\b|^amp-facebook(?:-video)?\b/, 'data-href', 'Facebook 帖子'),
  widget(
    /./,
    'data-tweet-id data-tweetid',
    'X 帖子',
    byId((id) => `https://x.com/i/status/${id}`),
  ),
  widget(/^(?:amp|lite)-youtube\b|^youtube-video\b/, 'videoid data-videoid video-id', 'YouTube 视频', youtube),
  widget(/./, 'data-youtube-id data-youtube data-yt-id', 'YouTube 视频', youtube),
  widget(/youtube/i, `${NUMBERS} data-embed data-video`, 'YouTube 视频', youtube),
  widget(/./, 'data-vimeo-id data-vimeo-url', '视频', vimeo),
  widget(/vimeo/i, `videoid data-videoid ${NUMBERS}`, '视频', vimeo),
  widget(
    /dailymotion/i,
    'videoid data-videoid',
    '视频',
    byId((id) => `https://www.dailymotion.com/video/${id}`),
  ),
  widget(
    /instagram/i,
    'data-shortcode',
    'Instagram 帖子',
    byId((id) => `https://www.instagram.com/p/${id}/`),
  ),
  widget(
    /soundcloud/i,
    'data-trackid',
    '播客',
    byId((id) => `https://api.soundcloud.com/tracks/${id}`),
  ),
  widget(/flourish/i, 'data-src', '图表', (value) => `https://public.flourish.studio/${value}`),
  widget(
    /infogram/i,
    'data-id',
    '图表',
    byId((id) => `https://infogram.com/${id}`),
  ),
  widget(/^amp-(?:iframe|video|audio|tiktok|video-iframe)\b/, 'src data-src', '嵌入内容'),
  widget(/^oembed\b/, 'url', '嵌入内容'),
  widget(
    /./,
    'data-oembed-url data-embed-url data-iframe-src data-video-url data-video-src data-audio-url data-audio-src data-pym-src',
    '嵌入内容',
  ),
  widget(/./, 'data-bluesky-uri', '帖子', blueskyPost),
  widget(POST, 'cite data-url data-text-post-permalink', '帖子'),
]
/** Attributes that say many things: an address in them is an embed's where it is a known provider's. */
const LOOSE = ['data-src', 'data-url', 'data-href', 'data-link', 'data-permalink', 'cite']
/** Attributes of which players read their settings, JSON, or their markup: an address in it is likewise. */
const SETTINGS =
  'data-settings data-setup data-options data-config data-params data-props data-block-json data-html'.split(' ')
const MAX_SETTINGS = 20_000
const WIDGET_ATTRIBUTES = new Set([
  ...WIDGETS.flatMap(({ attributes }) => attributes),
  ...LOOSE,
  ...SETTINGS,
  'data-account',
])
/** Buttons to like, to share, to follow. */
const BUTTONS = /\bfb-(?:like|share|page|comments|follow|send|save)|share|follow-button|addthis|social/i

function readWidget(element: Element, title: string, base: string | null): Link | null {
  if (element.tagName === 'A' || element.tagName === 'IMG') return null
  const named = namedOf(element)
  for (const { element: pattern, attributes, page, fallback } of WIDGETS) {
    const value = attribute(element, ...attributes)
    if (value === '' || !pattern.test(named)) continue
    const url = /^https?:/i.test(value) ? value : page(value)
    if (url !== '') return embedLink(url, fallback, title, base)
  }
  const post = wordlessPost(element)
  if (post !== '') return embedLink(post, '帖子', title, base)
  if (element.localName === 'amp-brightcove') return embedLink(brightcove(element), '视频', title, base)
  if (BUTTONS.test(named)) return null
  const loose = [
    ...LOOSE.map((name) => attribute(element, name)),
    ...SETTINGS.flatMap((name) => addressesIn(attribute(element, name))),
  ]
    .map((value) => value.trim().replace(/^\/\//, 'https://'))
    .find((value) => isProviders(value))
  return loose === undefined ? null : embedLink(loose, '嵌入内容', title, base)
}

function namedOf(element: Element): string {
  return `${element.localName}.${`${element.className} ${attribute(element, ...PROVIDER)}`.trim().split(/\s+/).join('.')}`
}

const hasWords = (element: Element): boolean => element.textContent.trim() !== ''

/** Where the link in a post leads whose words a script would fetch; empty for every other element. */
function wordlessPost(element: Element): string {
  if (element.tagName !== 'BLOCKQUOTE' || !POST.test(namedOf(element)) || hasWords(element)) return ''
  return firstAddress(descendants(element, 'a').map((link) => attribute(link, 'href')))
}

function addressesIn(settings: string): string[] {
  if (settings.length > MAX_SETTINGS || !/^\s*[[{<]/.test(settings)) return []
  return Array.from(
    settings
      .replaceAll('\\/', '/')
      .replaceAll('&amp;', '&')
      .matchAll(/"((?:https?:)?\/\/[^"\s\\]{1,500})"/g),
    ([, address = '']) => address,
  )
}

function mayBeWidget(element: Element): boolean {
  return element.getAttributeNames().some((name) => WIDGET_ATTRIBUTES.has(name)) || wordlessPost(element) !== ''
}

/** True where what stands in a widget leads to the same: a frame, or a link that names it. */
function isSaidWithin(element: Element, url: string): boolean {
  if (['iframe', 'video', 'audio', 'embed', 'object'].some((name) => descendants(element, name).length > 0)) return true
  const key = new URL(url).searchParams.get('v') ?? nameOfAddress(url)
  return descendants(element, 'a').some((link) => hasWords(link) && (link.getAttribute('href') ?? '').includes(key))
}

/**
 * A link for an element that a script makes a player or a post of, where only an attribute says which; `null` for any
 * other element, and where what stands in it says it.
 */
export function readWidgetLink(element: Element, base: string | null): Link | null {
  if (EMBEDS.has(element.tagName) || !mayBeWidget(element) || isInvisible(element)) return null
  const found = readWidget(element, titleOf(element), base)
  return found === null || !isUrl(found.url) || isSaidWithin(element, found.url) ? null : found
}

/** The players of known providers in a `noscript`, where nothing beside it plays: they are no twins of a lazy one. */
export function unseenFrames(noscript: Element, base: string | null): Element[] {
  const frames = descendants(noscript, 'iframe').filter((frame) =>
    isProviders(cleanUrl(frameAddress(frame), base) ?? ''),
  )
  if (frames.length === 0) return []
  const beside = [noscript.previousElementSibling, noscript.nextElementSibling]
    .filter((it) => it !== null)
    .flatMap((it) => [it, ...descendants(it, '*')])
  return beside.some((it) => readEmbed(it, base) !== null || readWidgetLink(it, base) !== null) ? [] : frames
}
