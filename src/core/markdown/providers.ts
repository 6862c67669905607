import { collapseString } from './space.ts'
import { type Link, text } from '../blocks.ts'
import { cleanUrl } from './url.ts'
import { isUrl, urlOf } from '../url.ts'

/** Who plays or shows what pages embed: how a link to it is named, and where a person opens it. */
interface Provider {
  host: RegExp
  name: string
  /** The address that a person opens, where it is another than the player's. */
  page?: (url: URL) => string | null
}

function youtubePage(url: URL): string | null {
  const id = /\/(?:embed|v|shorts)\/([\w-]{6,})/.exec(url.pathname)?.[1]
  return id === undefined || id === 'videoseries' || id === 'live_stream'
    ? null
    : `https://www.youtube.com/watch?v=${id}`
}

const PROVIDERS: readonly Provider[] = [
  { host: /(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be)$/, name: 'YouTube 视频', page: youtubePage },
  { host: /(?:^|\.)facebook\.com$/, name: 'Facebook 帖子', page: (url) => url.searchParams.get('href') },
  { host: /(?:^|\.)(?:twitter|x)\.com$/, name: 'X 帖子' },
  { host: /(?:^|\.)instagram\.com$/, name: 'Instagram 帖子' },
  {
    host: /(?:^|\.)(?:(?:vimeo|bilibili|youku|dailymotion|tiktok|douyin|ixigua|jwplatform|jwplayer|brightcove)\.com|brightcove\.net|v\.qq\.com)$/,
    name: '视频',
  },
  { host: /(?:^|\.)(?:threads\.net|threads\.com|weibo\.(?:com|cn)|reddit\.com|bsky\.app|t\.me)$/, name: '帖子' },
  {
    host: /(?:^|\.)(?:flourish\.studio|flo\.uri\.sh|infogram\.com|datawrapper\.de|dwcdn\.net|tableau\.com)$/,
    name: '图表',
  },
  {
    host: /(?:^|\.)(?:omny\.fm|omnycontent\.com|spotify\.com|soundcloud\.com|podbean\.com|acast\.com)$|(?:^|\.)podcasts\./,
    name: '播客',
  },
  { host: /(?:^|\.)(?:openstreetmap\.org|onemap\.gov\.sg)$|^maps\./, name: '地图' },
]
const MAP_PATH = /^\/maps(?:\/|$)/
const FRAME_PATH = /\/media\/oembed$/
const FRAME_HOST = /(?:^|\.)(?:embedly\.com|iframe\.ly|if-cdn\.com)$/
const COUNTERS = /(?:^|\.)(?:googletagmanager\.com|doubleclick\.net|googlesyndication\.com|scorecardresearch\.com)$/

/** The address of what a frame of Drupal's, of Embedly or of Iframely shows; any other frame's own. */
function shownBy(url: string): string {
  const parsed = urlOf(url)
  const isFrame = parsed !== null && (FRAME_PATH.test(parsed.pathname) || FRAME_HOST.test(parsed.hostname))
  const shown = isFrame ? (parsed.searchParams.get('url') ?? '') : ''
  return isUrl(shown) ? shown : url
}

function describe(url: string, fallback: string): { name: string; page: string } | null {
  const parsed = urlOf(url)
  if (parsed === null) return { name: fallback, page: url }
  if (COUNTERS.test(parsed.hostname)) return null
  if (/(?:^|\.)google\.[a-z.]+$/.test(parsed.hostname) && MAP_PATH.test(parsed.pathname))
    return { name: '地图', page: url }
  const provider = PROVIDERS.find(({ host }) => host.test(parsed.hostname))
  return { name: provider?.name ?? fallback, page: provider?.page?.(parsed) ?? url }
}

const NAMES = new Set([...PROVIDERS.map(({ name }) => name), '音频', '嵌入内容'])

/** True for what something embedded is called where the page gives it no name. */
export function isEmbedName(words: string): boolean {
  return NAMES.has(words)
}

/** A link to what is embedded; `null` where it is nothing that a reader could open. */
export function embedLink(url: string, fallback: string, title: string, base: string | null): Link | null {
  const absolute = cleanUrl(url, base)
  if (absolute === null) return null
  const described = describe(shownBy(absolute), fallback)
  if (described === null) return null
  const page = cleanUrl(described.page, base) ?? absolute
  const said = collapseString(title)
  const name =
    said === '' || /^(?:youtube|facebook|video|audio|iframe|embed|content)?(?: video)? ?(?:player)?$/i.test(said)
      ? described.name
      : `${described.name}：${said}`
  return { kind: 'link', url: page, title: '', children: [text(name)] }
}

/** True for an address at a provider. */
export function isProviders(url: string): boolean {
  const hostname = urlOf(url)?.hostname
  return hostname !== undefined && PROVIDERS.some(({ host }) => host.test(hostname))
}
