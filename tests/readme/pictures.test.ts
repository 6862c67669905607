import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drupal8Page, type PageStory } from '../support/pages.ts'
import { folder } from '../support/program.ts'
import { writeCommand } from '../support/recipes.ts'
import { makeCertificate, serveProxy, type TestCertificate } from '../support/server.ts'
import { serveSite, type Site } from '../support/site.ts'
import { drawTerminal } from './terminal.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SITE = 'https://www.zaobao.com.sg'
const DAY = '2026-03-12'
const at = (time: string): number => Date.parse(`${DAY}T${time}:00+08:00`)

/** A day's news, by when they appear. */
const NEWS: readonly (readonly [time: string, title: string])[] = [
  ['07:20', '旧粮仓改建的图书馆下月开放'],
  ['08:05', '百年铁桥封闭维修 行人改走浮桥'],
  ['08:40', '夜间轮渡试行首周载客逾两万'],
  ['10:10', '春茶提早采收 茶农忧品质参差'],
  ['11:30', '研究：树荫可使街面降温三度'],
  ['13:00', '风筝节吸引逾万人 老艺人扎骨架'],
  ['14:15', '渡口增设无障碍坡道'],
  ['15:05', '气象台：周末有雷阵雨'],
]
/** What a list shows. */
const SHOWN = 3
const EDITED_AT = at('09:05')
const OUTAGE = [at('09:15'), at('09:45')] as const

function storyAt(index: number, nowMs: number): PageStory {
  const [time = '', title = ''] = NEWS[index] ?? []
  const isEdited = index === 1 && nowMs >= EDITED_AT
  const last = isEdited ? '浮桥每晚十时关闭。' : '浮桥昼夜开放。'
  return {
    title: isEdited ? `${title}（更正）` : title,
    url: `${SITE}/realtime/china/story20260312-${9_000_001 + index}`,
    published: new Date(at(time)).toISOString(),
    bodyHtml: `<p>${title}，有关方面星期四（12日）这样说。</p><p>${index === 1 ? last : '详情稍后公布。'}</p>`,
  }
}

let site: Site
let proxy: Awaited<ReturnType<typeof serveProxy>>
let certificate: TestCertificate

beforeAll(async () => {
  certificate = makeCertificate(['www.zaobao.com.sg', 'www.zaobao.com'])
  site = await serveSite(certificate)
  proxy = await serveProxy(site.server.port)
})
afterAll(async () => {
  await proxy.close()
  await site.server.close()
  certificate.remove()
})

/** The site as it is at a time of that day. */
function publish(nowMs: number): void {
  site.broken.clear()
  const out = NEWS.map((_, index) => storyAt(index, nowMs)).filter(({ published }) => Date.parse(published) <= nowMs)
  for (const story of out) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
  const listed = out.toReversed().slice(0, SHOWN)
  const links = listed.map(({ url, title }) => `<a href="${url}">${title}</a>`).join('\n')
  site.pages.set('/realtime/china', `<!DOCTYPE html><title>中国</title><div class="list-block">${links}</div>`)
  const articles = listed.map(({ url, title, published }) => ({
    ...{ href: url, title },
    timestamp: Date.parse(published) / 1000,
  }))
  const json = JSON.stringify({ code: 200, response: { articles } })
  site.pages.set('/_plat/api/v2/page-content/realtime/china?page=0', json)
  const urls = out.map(({ url }) => `<url><loc>${url}</loc></url>`).join('')
  const sitemap = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`
  site.pages.set('/sitemaps/sitemap-202603.xml', sitemap)
  if (nowMs < OUTAGE[0] || nowMs > OUTAGE[1]) return
  for (const path of [...site.pages.keys(), '/robots.txt']) site.broken.set(path, 503)
}

const DAY_OF: readonly (readonly [time: string, command: string])[] = [
  ['09:00', 'zaobao-archiver fetch'],
  ['09:10', 'zaobao-archiver fetch'],
  ['09:10', 'cd archive; diff .zaobao/revisions/*/9000002/1.md */*-9000002-*.md | grep 。; cd ..'],
  ['09:20', 'zaobao-archiver fetch'],
  ['15:30', 'zaobao-archiver fetch'],
  ['15:30', 'zaobao-archiver verify'],
]

/** What a command prints, on both streams, typed at a time of that day: the program's clock is set, all else is as it is. */
function typed(command: string, nowMs: number, home: string, lang: string): Promise<string[]> {
  const clock = `const RealDate = Date; const offset = ${nowMs} - Date.now()
globalThis.Date = class extends RealDate {
  constructor(...given) { given.length === 0 ? super(RealDate.now() + offset) : super(...given) }
  static now() { return RealDate.now() + offset }
}`
  const preload = `--import 'data:text/javascript,${encodeURIComponent(clock)}'`
  writeCommand(
    join(home, 'bin'),
    'zaobao-archiver',
    `exec '${process.execPath}' ${preload} '${ROOT}bin/zaobao-archiver.js' "$@"`,
  )
  const env = {
    ...{ PATH: `${home}/bin:${process.env['PATH'] ?? ''}`, HOME: home, LANG: 'C.UTF-8' },
    ...{ HTTPS_PROXY: proxy.origin, NODE_EXTRA_CA_CERTS: certificate.caFile },
    ...{ ZAOBAO_RATE: '100/s', ZAOBAO_CONCURRENCY: '1', ZAOBAO_LANG: lang },
  }
  const child = spawn('bash', ['-c', `exec 2>&1\n${command}`], { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  return new Promise((resolve) => child.on('close', () => resolve(out.split('\n').slice(0, -1))))
}

describe('the pictures of the READMEs are what the program shows', () => {
  test.each([
    ['en', 'README.md', 'docs/day.svg'],
    ['zh', 'README.zh.md', 'docs/day.zh.svg'],
  ])('a day with an edit, an outage and a gap, in %s', async (lang, readme, picture) => {
    const home = folder()
    try {
      const lines: string[] = []
      for (const [time, command] of DAY_OF) {
        publish(at(time))
        lines.push(`${time} $ ${command}`, ...(await typed(command, at(time), home.path, lang)))
      }
      await expect(drawTerminal(lines)).toMatchFileSnapshot(join(ROOT, picture))
      expect(readFileSync(join(ROOT, readme), 'utf8')).toContain(`](${picture})`)
    } finally {
      home.remove()
    }
  })

  test("a story's file", async () => {
    const home = folder()
    try {
      const [program, ...args] = [process.execPath, join(ROOT, 'bin/zaobao-archiver.js')]
      execFileSync(program, [...args, 'demo', '--archive', 'news', '--quiet'], { cwd: home.path })
      const command = 'cat news/2021-11-10/2021-11-10-9000001-*.md'
      const text = execFileSync('sh', ['-c', command], { cwd: home.path, encoding: 'utf8' })
      const lines = [`$ ${command}`, ...text.trimEnd().split('\n')]
      await expect(drawTerminal(lines)).toMatchFileSnapshot(join(ROOT, 'docs/file.svg'))
    } finally {
      home.remove()
    }
  })
})
