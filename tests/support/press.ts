import { join } from 'node:path'
import { fetch } from '../../src/commands/fetch.ts'
import type { Io } from '../../src/io.ts'
import { escaped } from './invented.ts'
import { configOf, testIo } from './io.ts'
import { folder, storiesIn } from './program.ts'
import { etagOf, serve, type TestServer } from './server.ts'

/** What an address answers: a body with an ETag, or a redirect, or a status. */
export type Answer = string | { status: number; location?: string; body?: string; bare?: boolean }

/** Many hosts behind one proxy: what each address answers, and which were asked. */
export interface Press {
  server: TestServer
  answers: Map<string, Answer>
  home: ReturnType<typeof folder>
  /** Addresses asked since it was last called, without robots.txt. */
  asked(): string[]
  /** Statuses of the answers to what `asked` told last. */
  statuses(): number[]
  /** A fetch an hour later than the last. */
  fetch(flags?: Record<string, unknown>, io?: Partial<Io>): Promise<{ code: number; out: string[]; err: string }>
  /** The files' texts, by path. */
  files(): Map<string, string>
  nowMs: number
  close(): Promise<void>
}

export async function openPress(): Promise<Press> {
  const answers = new Map<string, Answer>()
  let statuses: number[] = []
  const server = await serve((request, response) => {
    response.on('finish', () => statuses.push(response.statusCode))
    const answer = answers.get(request.url ?? '') ?? { status: 404 }
    if (typeof answer !== 'string' && answer.body === undefined) {
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end()
      return
    }
    const body = typeof answer === 'string' ? answer : answer.body!
    const etag = etagOf(body)
    const hasTag = typeof answer === 'string' || answer.bare !== true
    if (hasTag && request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
    else {
      const type = body.trimStart().startsWith('<!') ? 'text/html; charset=utf-8' : 'text/xml; charset=utf-8'
      response.writeHead(200, { 'content-type': type, ...(hasTag ? { etag } : {}) }).end(body)
    }
  })
  const home = folder()
  let from = 0
  let answered: number[] = []
  const press: Press = {
    server,
    answers,
    home,
    asked() {
      const urls = server.requests.slice(from).map((line) => line.replace('GET ', ''))
      from = server.requests.length
      answered = statuses
      statuses = []
      return urls.filter((url) => !url.endsWith('/robots.txt'))
    },
    statuses: () => answered,
    async fetch(flags = {}, more = {}) {
      press.nowMs += 3_600_000
      const io = { ...testIo(home.path, press.nowMs), env: { HTTP_PROXY: server.origin }, ...more }
      const config = await configOf({ archive: join(home.path, 'archive'), rate: '1000/s', ...flags }, home.path)
      const code = await fetch({ ...config, dryRun: false }, io)
      return { code, out: io.out.join('').split('\n').filter(Boolean), err: io.err.join('') }
    },
    files: () => storiesIn(join(home.path, 'archive')),
    nowMs: Date.parse('2026-03-12T00:00:00Z'),
    async close() {
      await server.close()
      home.remove()
    },
  }
  return press
}

export interface Entry {
  url: string
  title: string
  html?: string
  date?: string
  guid?: string
}

/** A feed as many programs write it. */
export function rssOf(entries: readonly Entry[], language = 'zh'): string {
  const items = entries.map(
    ({ url, title, html, date = 'Wed, 11 Mar 2026 08:00:00 GMT', guid }) =>
      `<item><title>${escaped(title)}</title><link>${escaped(url)}</link>${guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`}<pubDate>${date}</pubDate>${html === undefined ? '' : `<description>${escaped(html)}</description>`}</item>`,
  )
  return `<rss version="2.0"><channel><title>河镇</title><link>http://town.example/</link><language>${language}</language>${items.join('')}</channel></rss>`
}

/** A page of a site that nobody knows. */
export function sitePage(title: string, paragraphs: readonly string[], { head = '', below = '' } = {}): string {
  return `<!DOCTYPE html><html lang="zh-CN"><head><title>${title} - 河镇网</title>${head}</head><body><header><a href="/">河镇网</a></header><article><h1>${title}</h1><div class="entry">${paragraphs.map((text) => `<p>${text}</p>`).join('')}</div>${below}</article><footer>河镇网 版权所有</footer></body></html>`
}

const SUBJECTS = ['渡口', '石桥', '粮仓', '学堂', '水闸', '集市', '船坞', '茶馆']
const DEEDS = [
  '今早重新开放，守门的老人说来的人比往年多了一倍',
  '的修缮工程昨天完工，木匠们花了整整三个星期',
  '旁边要立一块石碑，碑文由镇上的教书先生来写',
  '的账目贴在墙上，谁都可以去看，也可以当面去问',
  '到了夏天就会涨水，所以合作社打算再加高一道堤',
  '明年要换一批新的灯，钱由河两岸的人家一起出',
]

/** Sentences that no two numbers share. */
export function paragraphsOf(n: number, count = 6): string[] {
  const subject = SUBJECTS[n % SUBJECTS.length]!
  return Array.from(
    { length: count },
    (_, at) => `第${n}号${subject}${DEEDS[at % DEEDS.length]}，这是第${at + 1}件事。`,
  )
}

export const asHtml = (paragraphs: readonly string[]): string => paragraphs.map((text) => `<p>${text}</p>`).join('')
