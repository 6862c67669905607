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
  { host: /(?:^|\.)(?:vimeo|bilibili|youku|dailymotion|tiktok)\.com$|(?:^|\.)v\.qq\.com$/, name: '视频' },
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
  const own = attribute(element, 'src', 'data-src')
  if (own !== '') return own
  return (
    descendants(element, 'source')
      .map((source) => attribute(source, 'src', 'data-src'))
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
    case 'AMP-IFRAME':
      return isInvisible(element)
        ? null
        : link(attribute(element, 'src', 'data-src', 'data-lazy-src'), '嵌入内容', title, base)
    case 'VIDEO':
    case 'VIDEO-JS':
      return link(brightcove(element) || mediaSource(element), '视频', title, base)
    case 'AUDIO':
      return link(mediaSource(element), '音频', title, base)
    case 'EMBED':
      return link(attribute(element, 'src'), '嵌入内容', title, base)
    case 'OBJECT':
      return link(attribute(element, 'data'), '嵌入内容', title, base)
    default:
      return readWidget(element, title, base)
  }
}

/** Posts of social networks that a script of theirs would draw: only their address stands in the page. */
function readWidget(element: Element, title: string, base: string | null): Link | null {
  const permalink = attribute(element, 'data-instgrm-permalink')
  if (permalink !== '') return link(permalink, 'Instagram 帖子', title, base)
  if (/\bfb-(?:post|video)\b/.test(element.className))
    return link(attribute(element, 'data-href'), 'Facebook 帖子', title, base)
  return null
}

export const EMBEDS: ReadonlySet<string> = new Set([
  'IFRAME',
  'FRAME',
  'AMP-IFRAME',
  'VIDEO',
  'VIDEO-JS',
  'AUDIO',
  'EMBED',
  'OBJECT',
])
