import { descendants } from './dom.ts'
import { collapseString } from './space.ts'
import { type Link, text } from './tree.ts'
import { cleanUrl } from './url.ts'

interface Provider {
  host: RegExp
  name: string
  /** The address that a person opens, where it is another than the player's. */
  page?: (url: URL) => string | null
}

function youtubePage(url: URL): string | null {
  const id = /\/(?:embed|v|shorts)\/([\w-]{6,})/.exec(url.pathname)?.[1]
  return id === undefined || id === 'videoseries' ? null : `https://www.youtube.com/watch?v=${id}`
}

function facebookPage(url: URL): string | null {
  return url.searchParams.get('href')
}

const PROVIDERS: readonly Provider[] = [
  { host: /(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be)$/, name: 'YouTube 视频', page: youtubePage },
  { host: /(?:^|\.)facebook\.com$/, name: 'Facebook 帖子', page: facebookPage },
  { host: /(?:^|\.)(?:twitter|x)\.com$/, name: 'X 帖子' },
  { host: /(?:^|\.)instagram\.com$/, name: 'Instagram 帖子' },
  { host: /(?:^|\.)brightcove\.(?:net|com)$/, name: '视频' },
  {
    host: /(?:^|\.)(?:vimeo|bilibili|youku|dailymotion|tiktok|douyin|ixigua|jwplatform|jwplayer)\.com$|(?:^|\.)v\.qq\.com$/,
    name: '视频',
  },
  { host: /(?:^|\.)(?:threads\.net|threads\.com|weibo\.com|reddit\.com|bsky\.app|t\.me)$/, name: '帖子' },
  { host: /(?:^|\.)(?:flourish\.studio|infogram\.com|datawrapper\.de|dwcdn\.net|tableau\.com)$/, name: '图表' },
  {
    host: /(?:^|\.)(?:omny\.fm|omnycontent\.com|spotify\.com|soundcloud\.com|podbean\.com|acast\.com)$|^podcasts\./,
    name: '播客',
  },
  { host: /(?:^|\.)(?:openstreetmap\.org|onemap\.gov\.sg)$|^maps\./, name: '地图' },
]
const MAP_PATH = /^\/maps(?:\/|$)/
const COUNTERS = /(?:^|\.)(?:googletagmanager\.com|doubleclick\.net|googlesyndication\.com|scorecardresearch\.com)$/

function describe(url: string, fallback: string): { name: string; page: string } | null {
  if (!URL.canParse(url)) return { name: fallback, page: url }
  const parsed = new URL(url)
  if (COUNTERS.test(parsed.hostname)) return null
  if (/(?:^|\.)google\.[a-z.]+$/.test(parsed.hostname) && MAP_PATH.test(parsed.pathname))
    return { name: '地图', page: url }
  const provider = PROVIDERS.find(({ host }) => host.test(parsed.hostname))
  return { name: provider?.name ?? fallback, page: provider?.page?.(parsed) ?? url }
}

function link(url: string, fallback: string, title: string, base: string | null): Link | null {
  const absolute = cleanUrl(url, base)
  if (absolute === null) return null
  const described = describe(absolute, fallback)
  if (described === null) return null
  const page = cleanUrl(described.page, base) ?? absolute
  const said = collapseString(title)
  const name =
    said === '' || /^(?:youtube|facebook|video|audio|iframe|embed|content)?(?: video)? ?(?:player)?$/i.test(said)
      ? described.name
      : `${described.name}：${said}`
  return { kind: 'link', url: page, title: '', children: [text(name)] }
}

function attribute(element: Element, ...names: string[]): string {
  for (const name of names) {
    const value = element.getAttribute(name)
    if (value !== null && value.trim() !== '' && !/^\s*about:blank/i.test(value)) return value
  }
  return ''
}

/** Where a frame's address stands until a script, or a visitor's consent, puts it into `src`. */
const FRAME_ADDRESSES = [
  'src',
  'data-src',
  'data-lazy-src',
  'data-url',
  'data-iframe-src',
  'data-original',
  'data-lazyload',
  'data-cookieblock-src',
  'data-cmp-src',
  'data-consent-src',
  'data-cookie-src',
]
const MEDIA_ADDRESSES = ['src', 'data-src', 'data-lazy-src', 'data-video-src', 'data-video-url', 'data-mp4', 'data-url']

/** Where a frame leads; empty when it has no address. */
export function frameAddress(frame: Element): string {
  return attribute(frame, ...FRAME_ADDRESSES)
}

function isInvisible(element: Element): boolean {
  return ['width', 'height'].some((name) => /^\s*[01](?:px)?\s*$/.test(element.getAttribute(name) ?? ''))
}

function brightcove(element: Element): string {
  const video = attribute(element, 'data-video-id')
  const account = attribute(element, 'data-account')
  if (video === '' || account === '') return ''
  const player = attribute(element, 'data-player') || 'default'
  const embed = attribute(element, 'data-embed') || 'default'
  const part = encodeURIComponent
  return `https://players.brightcove.net/${part(account)}/${part(player)}_${part(embed)}/index.html?videoId=${part(video)}`
}

function mediaSource(element: Element): string {
  const own = attribute(element, ...MEDIA_ADDRESSES)
  if (own !== '') return own
  const sources = descendants(element, 'source').map((source) => attribute(source, ...MEDIA_ADDRESSES))
  return sources.find((it) => it !== '') ?? ''
}

/** What an `object` shows: `data`, or the parameter that a plug-in was told by. */
function objectSource(element: Element): string {
  const own = attribute(element, 'data', 'data-src')
  if (own !== '') return own
  const names = /^(?:movie|src|url|filename)$/i
  const parameter = descendants(element, 'param').find((it) => names.test(it.getAttribute('name') ?? ''))
  if (parameter !== undefined) return attribute(parameter, 'value')
  return (
    descendants(element, 'embed')
      .map((embed) => attribute(embed, ...FRAME_ADDRESSES))
      .find((it) => it !== '') ?? ''
  )
}

/**
 * A link that names what the page plays or shows in a frame; `null` when the element embeds nothing that a reader
 * could open.
 */
export function readEmbed(element: Element, base: string | null): Link | null {
  const title = attribute(element, 'title', 'aria-label')
  switch (element.tagName) {
    case 'IFRAME':
    case 'FRAME':
      return isInvisible(element) ? null : link(attribute(element, ...FRAME_ADDRESSES), '嵌入内容', title, base)
    case 'VIDEO':
    case 'VIDEO-JS':
      return link(brightcove(element) || mediaSource(element), '视频', title, base)
    case 'AUDIO':
      return link(mediaSource(element), '音频', title, base)
    case 'EMBED':
      return link(attribute(element, 'src', 'data-src'), '嵌入内容', title, base)
    case 'OBJECT':
      return link(objectSource(element), '嵌入内容', title, base)
    default:
      return null
  }
}

/** An element that a script makes a player or a post of: what names it, and the address that it stands for. */
interface Widget {
  element: RegExp
  /** Attributes of which one holds the address, or a number that `page` makes one of. */
  attributes: readonly string[]
  page?: (value: string) => string
  fallback: string
}

const part = encodeURIComponent
const ID = /^[\w-]{1,64}$/

function byId(page: (id: string) => string): (value: string) => string {
  return (value) => (ID.test(value.trim()) ? page(part(value.trim())) : '')
}

const youtube = byId((id) => `https://www.youtube.com/watch?v=${id}`)
const vimeo = byId((id) => `https://vimeo.com/${id}`)

/** `element` is tried on `name.class.class`. */
const WIDGETS: readonly Widget[] = [
  { element: /./, attributes: ['data-instgrm-permalink'], fallback: 'Instagram 帖子' },
  { element: /\.fb-(?:post|video)\b/, attributes: ['data-href'], fallback: 'Facebook 帖子' },
  { element: /^amp-facebook(?:-video)?\b/, attributes: ['data-href'], fallback: 'Facebook 帖子' },
  {
    element: /./,
    attributes: ['data-tweet-id', 'data-tweetid'],
    page: byId((id) => `https://x.com/i/status/${id}`),
    fallback: 'X 帖子',
  },
  {
    element: /^(?:amp|lite)-youtube\b|^youtube-video\b/,
    attributes: ['videoid', 'data-videoid', 'video-id'],
    page: youtube,
    fallback: 'YouTube 视频',
  },
  {
    element: /./,
    attributes: ['data-youtube-id', 'data-youtube', 'data-yt-id'],
    page: youtube,
    fallback: 'YouTube 视频',
  },
  {
    element: /youtube/i,
    attributes: ['data-id', 'data-embed', 'data-video-id', 'data-video'],
    page: youtube,
    fallback: 'YouTube 视频',
  },
  {
    element: /vimeo/i,
    attributes: ['videoid', 'data-videoid', 'data-vimeo-id'],
    page: vimeo,
    fallback: '视频',
  },
  {
    element: /dailymotion/i,
    attributes: ['videoid', 'data-videoid'],
    page: byId((id) => `https://www.dailymotion.com/video/${id}`),
    fallback: '视频',
  },
  {
    element: /instagram/i,
    attributes: ['data-shortcode'],
    page: byId((id) => `https://www.instagram.com/p/${id}/`),
    fallback: 'Instagram 帖子',
  },
  {
    element: /soundcloud/i,
    attributes: ['data-trackid'],
    page: byId((id) => `https://api.soundcloud.com/tracks/${id}`),
    fallback: '播客',
  },
  {
    element: /flourish/i,
    attributes: ['data-src'],
    page: (value) => `https://public.flourish.studio/${value}`,
    fallback: '图表',
  },
  { element: /infogram/i, attributes: ['data-id'], page: byId((id) => `https://infogram.com/${id}`), fallback: '图表' },
  {
    element: /^amp-(?:iframe|video|audio|tiktok|video-iframe)\b/,
    attributes: ['src', 'data-src'],
    fallback: '嵌入内容',
  },
  { element: /^oembed\b/, attributes: ['url'], fallback: '嵌入内容' },
  {
    element: /./,
    attributes: [
      'data-oembed-url',
      'data-embed-url',
      'data-iframe-src',
      'data-video-url',
      'data-video-src',
      'data-audio-url',
      'data-audio-src',
      'data-pym-src',
    ],
    fallback: '嵌入内容',
  },
  {
    element: /^blockquote\.(?:.*\b)?(?:tiktok|instagram|twitter|embed|reddit|threads|bluesky|fb-xfbml)/i,
    attributes: ['cite', 'data-url', 'data-text-post-permalink'],
    fallback: '帖子',
  },
]
/** Attributes that say many things: an address in them is an embed's where it is a known provider's. */
const LOOSE = ['data-src', 'data-url', 'data-href', 'data-link', 'data-permalink', 'cite']
const WIDGET_ATTRIBUTES = new Set([...WIDGETS.flatMap(({ attributes }) => attributes), ...LOOSE, 'data-account'])
/** Buttons to like, to share, to follow. */
const BUTTONS = /\bfb-(?:like|share|page|comments|follow|send|save)|share|follow-button|addthis|social/i

function isProviders(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return PROVIDERS.some(({ host }) => host.test(hostname))
}

function readWidget(element: Element, title: string, base: string | null): Link | null {
  if (element.tagName === 'A' || element.tagName === 'IMG') return null
  const named = `${element.localName}.${element.className.trim().split(/\s+/).join('.')}`
  for (const { element: pattern, attributes, page, fallback } of WIDGETS) {
    const value = attribute(element, ...attributes)
    if (value === '' || !pattern.test(named)) continue
    const url = page === undefined || /^https?:/i.test(value) ? value : page(value)
    if (url !== '') return link(url, fallback, title, base)
  }
  if (element.localName === 'amp-brightcove') return link(brightcove(element), '视频', title, base)
  if (BUTTONS.test(named)) return null
  const loose = LOOSE.map((name) => attribute(element, name)).find((value) => isProviders(value))
  return loose === undefined ? null : link(loose, '嵌入内容', title, base)
}

function mayBeWidget(element: Element): boolean {
  return Array.from(element.attributes).some(({ name }) => WIDGET_ATTRIBUTES.has(name))
}

/** True where what stands in a widget leads to the same: a frame, or a link that names it. */
function isSaidWithin(element: Element, url: string): boolean {
  if (['iframe', 'video', 'audio', 'embed', 'object'].some((name) => descendants(element, name).length > 0)) return true
  const { pathname, searchParams } = new URL(url)
  const key = searchParams.get('v') ?? pathname.split('/').findLast((segment) => segment !== '') ?? url
  return descendants(element, 'a').some((anchor) => (anchor.getAttribute('href') ?? '').includes(key))
}

/**
 * A link for an element that a script makes a player or a post of, where only an attribute says which; `null` for any
 * other element, and where what stands in it says it.
 */
export function readWidgetLink(element: Element, base: string | null): Link | null {
  if (EMBEDS.has(element.tagName) || !mayBeWidget(element) || isInvisible(element)) return null
  const found = readWidget(element, attribute(element, 'title', 'aria-label'), base)
  return found === null || !URL.canParse(found.url) || isSaidWithin(element, found.url) ? null : found
}

export const EMBEDS: ReadonlySet<string> = new Set(['IFRAME', 'FRAME', 'VIDEO', 'VIDEO-JS', 'AUDIO', 'EMBED', 'OBJECT'])
