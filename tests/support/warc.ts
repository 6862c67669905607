import { spawn } from 'node:child_process'
import { createReadStream, readdirSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, createGunzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { PAGES, type PageStory } from './pages.ts'
import { etagOf, serve, type TestServer } from './server.ts'
import { rsshubFeed } from './site.ts'

/** The WARC files of a folder, in order. */
export function warcsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.warc.gz'))
    .toSorted()
    .map((name) => join(folder, name))
}

/** A record as Python reads it. */
export interface CheckedRecord {
  type: string
  id: string
  date: string
  'target-uri': string | null
  'concurrent-to': string | null
  profile: string | null
  truncated: string | null
  /** The first line of its HTTP. */
  start?: string
  headers?: [string, string][]
  bytes?: number
}

const CHECKER = fileURLToPath(new URL('check_warc.py', import.meta.url))

/** Who is asked for what is in files: Python, one process for all that a worker's tests ask, which ends with it. */
let checker: ((paths: readonly string[]) => Promise<string>) | null = null

function startChecker(): (paths: readonly string[]) => Promise<string> {
  const child = spawn('python3', [CHECKER], { stdio: ['pipe', 'pipe', 'inherit'] })
  const asked: { resolve: (line: string) => void; reject: (error: Error) => void }[] = []
  createInterface(child.stdout).on('line', (line) => asked.shift()?.resolve(line))
  const end = (error: Error): void => {
    checker = null
    for (const { reject } of asked.splice(0)) reject(error)
  }
  child.on('error', end).on('close', (code) => end(new Error(`${CHECKER} ended with ${code}`)))
  for (const one of [child, child.stdin as Socket, child.stdout as Socket]) one.unref()
  return (paths) =>
    new Promise((resolve, reject) => {
      asked.push({ resolve, reject })
      child.stdin.write(`${JSON.stringify(paths)}\n`)
    })
}

/** What Python's standard library finds in files, and `gzip -t` says of them. */
export async function checkWarcs(paths: readonly string[]): Promise<{ records: CheckedRecord[]; wrong: string[] }> {
  checker ??= startChecker()
  const files = JSON.parse(await checker(paths)) as { records: CheckedRecord[]; wrong: string[] }[]
  return { records: files.flatMap(({ records }) => records), wrong: files.flatMap(({ wrong }) => wrong) }
}

/** How a page is sent. */
const CODINGS: readonly (readonly [name: string, code: (body: Buffer) => Buffer])[] = [
  ['', (body) => body],
  ['gzip', (body) => gzipSync(body)],
  ['br', (body) => brotliCompressSync(body)],
  ['deflate', (body) => deflateSync(body)],
  ['deflate', (body) => deflateRawSync(body)],
]

/** A site whose stories are of all layouts and codings, with a length or in chunks, one in five behind a redirect. */
export interface CodedSite {
  server: TestServer
  stories: PageStory[]
  /** Changes a story's text from now on. */
  edit(story: PageStory, bodyHtml: string): void
  /** The status that a path answers instead. */
  broken: Map<string, number>
}

export async function serveCoded(count: number): Promise<CodedSite> {
  const layouts = Object.values(PAGES)
  const stories: PageStory[] = []
  const broken = new Map<string, number>()
  const server = await serve((request, response) => {
    const path = request.url ?? ''
    const send = (status: number, headers: Record<string, string>, body: Buffer | string, chunked: boolean) => {
      const all = { ...headers, 'set-cookie': 'session=secret' }
      response.writeHead(status, chunked ? all : { ...all, 'content-length': String(body.length) })
      // A pause of the stream makes chunks.
      if (chunked) response.write(body.slice(0, body.length >> 1))
      response.end(chunked ? body.slice(body.length >> 1) : body)
    }
    const number = Number(/-9000(\d{3})$/.exec(path)?.[1] ?? Number.NaN)
    const story = stories[number]
    const status = broken.get(path)
    if (status !== undefined) return send(status, {}, 'broken', number % 2 === 0)
    if (path === '/robots.txt') return send(200, { 'content-type': 'text/plain' }, 'User-agent: *\nAllow: /\n', false)
    const body = Buffer.from(
      path === '/feed.xml' ? rsshubFeed(stories) : story === undefined ? '' : layouts[number % layouts.length]!(story),
    )
    if (body.length === 0) return send(404, {}, 'nothing', false)
    if (story !== undefined && number % 5 === 4 && path.startsWith('/realtime/'))
      return send(302, { location: path.replace('/realtime/', '/news/') }, '', false)
    const etag = etagOf(body)
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end()
    const [coding, code] = CODINGS[number % CODINGS.length] ?? CODINGS[0]!
    const type = path === '/feed.xml' ? 'application/xml' : 'text/html; charset=utf-8'
    const headers = { 'content-type': type, etag, ...(coding === '' ? {} : { 'content-encoding': coding }) }
    send(200, headers, code(body), number % 3 === 1)
  })
  for (let n = 0; n < count; n += 1) {
    const day = String(10 + (n % 5)).padStart(2, '0')
    const words = `青石镇渡口第${n}号轮渡`
    stories.push({
      title: `${words}复航`,
      url: `${server.origin}/realtime/china/story202111${day}-9000${String(n).padStart(3, '0')}`,
      published: `2021-11-${day}T0${n % 10}:37:00.000Z`,
      bodyHtml: `<p>${words}昨天复航，首班船坐满了人。</p><p>${words}的船公司说票价不变，班次照旧。</p><p>${words}的码头已经修好。</p>`,
    })
  }
  return {
    server,
    stories,
    broken,
    edit: (story, bodyHtml) => stories.splice(stories.indexOf(story), 1, { ...story, bodyHtml }),
  }
}

/** The records that the npm package warc reads in a file: their fields and blocks. */
export async function recordsByPeer(path: string): Promise<{ headers: Record<string, string>; content: Buffer }[]> {
  const { default: createReader } = await import('warc')
  const records: { headers: Record<string, string>; content: Buffer }[] = []
  const stream = createReadStream(path).pipe(createGunzip()).pipe(createReader())
  for await (const record of stream) records.push(record as unknown as (typeof records)[number])
  return records
}
