import { escapeHtml, type PageStory, rsshubDescription } from './pages.ts'
import { etagOf, serve, type TestServer } from './server.ts'

/** A feed as RSSHub renders it. */
export function rsshubFeed(stories: readonly PageStory[]): string {
  const items = stories.map(
    (story) => `<item><title>${escapeHtml(story.title)}</title>
<description>${escapeHtml(rsshubDescription(story))}</description>
<link>${escapeHtml(story.url)}</link><guid isPermaLink="false">${escapeHtml(story.url)}</guid>
<pubDate>${new Date(story.published).toUTCString()}</pubDate></item>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>《联合早报》-中港台-即时</title>
<link>https://www.zaobao.com/realtime/china</link><description>即时新闻 - Powered by RSSHub</description><language>zh</language>
${items.join('\n')}</channel></rss>`
}

/** What a small Zaobao answers, path to body; change it at will between two runs. */
export interface Site {
  server: TestServer
  pages: Map<string, string>
  /** Paths that answer this status instead. */
  broken: Map<string, number>
  /** Paths whose cache answers every conditional request with 304. */
  stale: Set<string>
  /** No answer is given before this. */
  held: Promise<void> | null
}

/** A site on loopback with validators: what did not change is answered 304. */
export async function serveSite(tls?: { key: string; cert: string }): Promise<Site> {
  const pages = new Map<string, string>()
  const broken = new Map<string, number>()
  const stale = new Set<string>()
  const server = await serve(async (request, response) => {
    await site.held
    const path = request.url ?? ''
    const body = pages.get(path)
    const status = broken.get(path) ?? (body === undefined ? 404 : 200)
    if (status !== 200) {
      response.writeHead(status).end()
      return
    }
    const etag = etagOf(body ?? '')
    const asked = request.headers['if-none-match']
    if (asked === etag || (asked !== undefined && stale.has(path))) {
      response.writeHead(304, { etag }).end()
      return
    }
    const type = path.endsWith('.xml') ? 'application/xml' : 'text/html'
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, etag }).end(body)
  }, tls)
  const site: Site = { server, pages, broken, stale, held: null }
  return site
}
