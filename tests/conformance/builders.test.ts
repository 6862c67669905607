import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFolder } from '../../src/commands/import.ts'
import { storyPath } from '../../src/core/archive/path.ts'
import { htmlOf } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { makeDocument, renderDocument } from '../../src/core/document/render.ts'
import { parseHtml } from '../../src/core/html/html.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { renderMarkdown } from '../../src/core/markdown/render.ts'
import { seedBody } from '../../src/core/markdown/seed-body.ts'
import type { StoryRecord } from '../../src/core/model.ts'
import { CHINESE_ZONE, dayIn } from '../../src/core/time.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { recordOf } from '../../src/pipeline/records/record.ts'
import { watchedIo } from '../archive/support/io.ts'
import { line } from '../markdown/arbitrary-html.ts'
import { markedCharacters, outlineOf, wordsOf } from '../markdown/projection.ts'
import { type Block, blocksOf, hasToolsOf, stepsOf, writeCommand, writeNpx } from '../support/recipes.ts'
import { hasChromium, launchOffline, picturesSeen } from '../support/chromium.ts'
import { keptAt, PICTURES, pngOf } from '../support/pictures.ts'
import { sharedFolder } from '../support/shared.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NOTES = { fetched: null, updated: null, bylines: [], keywords: [], path: null, revision: 1, status: null }
/** Of the night: in Singapore it is the next day. */
const PUBLISHED = '2026-03-11T18:00:00.000Z'
const DAY = '2026-03-12'

/** On a machine that is busy. */
const LONG_MS = 300_000

/** Headlines that a builder, its templates or YAML might read something into. */
const HEADLINES = [
  '“引号”与"直引号"、\'单引号\'',
  '冒号: 值: 甲 #标签 # 注',
  '{{ site.title }} {% raw %} {% endraw %} {%',
  '{{< youtube x >}} {{% y %}} {{</* z */>}}',
  '100% @甲 !乙 |丙 >丁 ?戊 &己 *庚 - 辛',
  '<b>粗</b> <script>alert(1)</script> &amp; &copy;',
  '---',
  '`码` *星* _下_ ~~删~~ $x$ $$y$$ [^1]',
  '[链](javascript:alert(1)) ![图](x.png)',
  '甲 -- 乙 --- 丙 ... (c) (r) :smile:',
  'null',
  '123',
  '反斜\\n杠 \\\\ \\"',
  '题 {.x} {#y} {: z}',
  '../../etc/passwd',
  '[ 甲, 乙 ]',
]

/** Bodies that one renderer or another might read something into. */
const BODIES = [
  '',
  '<p>{{ site.title }} {% include x.html %} {{{ 三 }}} {%- raw -%} {% endraw %}</p>',
  '<p>{{&lt; youtube x &gt;}} {{% y %}} {{&lt;/* z */&gt;}}</p><pre>{{&lt; y &gt;}}\n{% if 1 %}</pre><p><code>{{&lt; z &gt;}}</code></p>',
  "<p>\"直\" '单' it's -- --- ... (c) (r) (tm) 1/2 -> &lt;- :smile: :+1:</p>",
  '<p>https://a.b/c www.a.b 甲@a.b a@b.cn</p>',
  '<p>脚注[^1]与[^2]</p><p>[^1]: 甲</p><p>[^2]: 乙</p>',
  '<p>HTML 是缩写</p><p>*[HTML]: 甲</p><p>[HTML]: https://a.b/</p>',
  '<p>$x^2$ 与 $$y_1$$ 与 \\(z\\) 与 \\[w\\]</p>',
  '<h2>题 {.x}</h2><h3>题 {#y}</h3><h2>题 {: z}</h2><h3>题 {a=b}</h3><h2>题 #</h2><p>甲</p><p>{.x}</p><p>{: .y}</p>',
  '<p>词</p><p>: 定义</p><p>[TOC]</p><p>{:toc}</p><p>&lt;!--more--&gt;</p><p>+++</p><p>---</p><p>====</p>',
  '<p>甲<br>---<br>乙<br>===<br>丙<br>- 丁<br>1. 戊<br>&gt; 己<br># 庚<br>| 辛 |<br>| --- |</p>',
  '<p><strong>甲<a href="https://a.b/c"><img src="https://a.b/d.jpg">乙</a>丙</strong></p>',
  '<ul><li>一<ol><li>甲</li><li></li></ol><p>乙</p></li><li></li><li>二</li></ul><ol><li></li><li>三</li></ol>',
  '<p><strong>~ 甲</strong>乙<strong>2024 ~</strong>丙 2~3月 <strong>4~5月</strong></p>',
  '<p><a href="https://a.b/c" title="?a=&amp;copy;&amp;b={{ c }}">甲 &amp;copy; 乙</a> &amp;lt; &amp;#35;</p>',
  '<p>他说：<b>“甲。”</b>乙<b>（丙）</b>丁<i>，</i><b>50%</b>。<b>https://a.b</b></p>',
  '<table><tr><th>甲 | 乙</th><th>{{ x }}</th></tr><tr><td>a<br>b</td><td>`c` \\| d</td></tr></table>',
  '<p>\\ \\\\ \\* * ** _ __ ` `` ~ ~~ [ ] ( ) &lt; &gt; # ! |</p>',
  '<p>甲　　乙&nbsp;丙\u200b丁</p><p>　　缩进</p>',
  '<figure><img src="https://a.b/图 (1).jpg?x={{ y }}&amp;z=1"><figcaption>题 {{ z }} *星*</figcaption></figure>',
]

/** Of a story that shows pictures from where they are kept, and from afar. */
const KEPT = pngOf(1)
const KINDS = ['gif', 'jpg', 'webp'] as const
const PLACES = [keptAt(KEPT), ...KINDS.map((kind) => keptAt(PICTURES[kind], kind))]
  .map((path) => `../${path}`)
  .toSorted()
const SHOWN = `文。\n\n![题 “一”](../${keptAt(KEPT)} "https://a.b/c(1).png?x=%7B%7B%20y%20%7D%7D&z=1")\n\n> ![](../${keptAt(PICTURES.gif, 'gif')} "夕阳 \\"红\\" https://a.b/e.gif") ![](https://a.b/f.jpg)\n\n- [![](../${keptAt(PICTURES.jpg, 'jpg')} "https://a.b/g.jpg")](https://a.b/)\n\n![](../${keptAt(PICTURES.webp, 'webp')} "https://a.b/h")\n\n尾。`
const SHOWN_HTML = `<p>文。</p><p><img src="../${keptAt(KEPT)}" data-from="https://a.b/c.png" data-from-src="https://a.b/c.png"></p>`

/** Lines at random, no longer than a paper's: builders' own readers lose their way in marks within marks within links. */
const MAX_LINE = 250

interface Story {
  record: StoryRecord
  /** The day of its folder. */
  day: string
  publishedDay: string
  /** Its words, those known from elsewhere than its file where they are. */
  words: string
  marks: string
  outline: string[]
}

/** Writes the invented stories, every headline and every body one (kept as HTML too), and stories of lines at random, seeded. */
function invent(archive: string): Map<string, string> {
  const random = fc
    .sample(line, { numRuns: 150, seed: 20260312 })
    .filter((html) => html.length < MAX_LINE)
    .map((html) => `<p>${html.replace(/<img[^>]*>|<\/?del>/g, '')}</p>`)
  const stories = [
    ...HEADLINES.map((title) => [title, '<p>正文。</p>'] as const),
    ...[...BODIES, ...random].map((html, index) => [`题${index}`, html] as const),
    ...BODIES.map((html, index) => [`网页${index}`, html, 'html'] as const),
    ['存图', SHOWN, 'markdown'] as const,
    ['存图，网页', SHOWN_HTML, 'as it is'] as const,
  ]
  const words = new Map<string, string>()
  for (const [index, [title, html, form]] of stories.entries()) {
    const id = String(9_100_000 + index)
    const url = `https://www.zaobao.com/realtime/china/story20260312-${id}`
    const forms = { html: { html: seedBody(html) }, 'as it is': { html }, markdown: { markdown: html } }
    const body = form === undefined ? { markdown: toMarkdown(html, url) } : forms[form]
    const labels = index % 3 === 0 ? ['联合早报', '中/港: #1', '{{ x }}'] : ['联合早报']
    const content = {
      title,
      url,
      published: PUBLISHED,
      day: DAY,
      zone: CHINESE_ZONE,
      author: '联合早报',
      tags: labels,
      categories: labels,
    }
    const path = join(archive, storyPath({ id, day: DAY }, title))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, renderDocument(makeDocument({ ...content, access: 'public', extra: [], body })))
    words.set(url, wordsOf(form === 'markdown' ? renderMarkdown(html) : html))
  }
  const pictures = [
    [keptAt(KEPT), KEPT] as const,
    ...KINDS.map((kind) => [keptAt(PICTURES[kind], kind), PICTURES[kind]] as const),
  ]
  for (const [path, bytes] of pictures) {
    mkdirSync(dirname(join(archive, path)), { recursive: true })
    writeFileSync(join(archive, path), bytes)
  }
  return words
}

/** Takes in the public archives, where they are. */
async function takeIn(archive: string): Promise<void> {
  const shared = sharedFolder()
  for (const name of shared === null ? [] : ['posts', 'posts-others', 'archives']) {
    const options = { archive, dryRun: false, json: true, quiet: true, wait: 0, keepRevisions: 50 }
    const io = watchedIo()
    expect(await importFolder(join(shared ?? '', 'data', name), options, io), io.words).toBe(0)
  }
}

const filesIn = (folder: string, end: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(end))

/** An address as it is asked for, however a renderer escaped it; pictures without their text. */
function bare(entry: string): string {
  const [kind = '', address, ...rest] = entry.split(' ')
  if (kind !== 'A' && kind !== 'IMG') return entry
  const { href } = new URL(address ?? '', 'https://base.example/')
  return [kind, decodeURI(href.replace(/%(?![\da-f]{2})/gi, '%25')), ...(kind === 'A' ? rest : [])].join(' ')
}

/** One form of an address, however it is escaped. */
const plainUrl = (url: string): string => decodeURI(new URL(url).href)

/** The addresses of a page's pictures that it does not show from afar. */
function picturesIn(content: string): string[] {
  const pictures = Array.from(
    parseHtml(content).getElementsByTagName('img'),
    (image) => image.getAttribute('src') ?? '',
  )
  return pictures.filter((address) => address.startsWith('..'))
}

let browser: Browser | null = null
afterAll(() => browser?.close())

/** A browser without a network has all pictures of a page that are kept. */
async function expectSeen(page: string): Promise<void> {
  expect(await picturesSeen((browser ??= await launchOffline()), page), page).toEqual(
    picturesIn(readFileSync(page, 'utf8')),
  )
}

const BUILDERS: readonly (readonly [string, string, string])[] = [
  ['Jekyll', 'README.md', '_site'],
  ['Hugo', 'docs/recipes.md', 'public'],
  ['Eleventy', 'docs/recipes.md', '_site'],
]

function recipeOf(name: string, path: string): Block {
  const block = blocksOf(readFileSync(join(ROOT, path), 'utf8')).find(({ heading }) => heading === name)
  if (block === undefined) throw new Error(`${path} has no recipe ${name}`)
  return block
}

let home = ''
const stories = new Map<string, Story>()

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'zaobao-builders-'))
  const archive = join(home, 'archive')
  const words = invent(archive)
  await takeIn(archive)
  for (const path of filesIn(archive, '.md').filter((file) => !file.startsWith('.zaobao'))) {
    const document = parseDocument(readFileSync(join(archive, path), 'utf8'))
    const record = recordOf(document, NOTES, readMarkdown)
    const publishedDay = dayIn(CHINESE_ZONE, document.stamp.ms ?? 0)
    const body = htmlOf(document) ?? renderMarkdown(record.markdown)
    stories.set(plainUrl(record.url), {
      record,
      day: path.slice(0, 10),
      publishedDay,
      words: words.get(record.url) ?? wordsOf(body),
      marks: markedCharacters(body).join('\n'),
      outline: outlineOf(body).map(bare),
    })
  }
}, LONG_MS)
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe.each(BUILDERS.filter(([name, path]) => hasToolsOf(recipeOf(name, path))))('%s', (name, path, out) => {
  /** Built as the recipe says, with the archive as what `fetch` brings. */
  async function build(): Promise<string> {
    const folder = join(home, name)
    mkdirSync(folder)
    const bin = join(home, `${name}-bin`)
    const copy = `for to; do :; done; mkdir -p "$(dirname "$to")"; cp -r '${join(home, 'archive')}' "$to"`
    writeCommand(bin, 'zaobao-archiver', copy)
    writeNpx(bin)
    const script = stepsOf(recipeOf(name, path)).map(({ command }) => command)
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: home, LANG: 'C.UTF-8' }
    await promisify(execFile)('bash', ['-eu', '-c', script.join('\n')], { cwd: folder, env })
    return join(folder, out)
  }

  test(
    'shows every story once, under its day, with its headline, its words, its links and pictures',
    { timeout: LONG_MS },
    async () => {
      const site = await build()
      const seen: string[] = []
      const kept = new Set<string>()
      const withPictures = new Set<string>()
      for (const file of filesIn(site, '.html')) {
        const page = /^<title>(.*?)<\/title><time>(.*?)<\/time>([^]*)$/.exec(readFileSync(join(site, file), 'utf8'))
        if (page === null) continue
        const [, title = '', time = '', content = ''] = page
        const url = /<h2[^>]*><a href="(.*?)"/.exec(content)?.[1]?.replaceAll('&amp;', '&')
        const { record, day, publishedDay, words, marks, outline } =
          stories.get(url === undefined ? '' : plainUrl(url)) ?? expect.fail(`${file} is no story's page: ${content}`)
        seen.push(plainUrl(record.url))
        const body = content.replace(/^[^]*?<\/h2>/, '')
        const shownDay = /\d{4}[-/]\d\d[-/]\d\d/.exec(file)?.[0].replaceAll('/', '-')
        expect.soft([day, publishedDay], file).toContain(shownDay)
        expect.soft(time.slice(0, 10), file).toBe(publishedDay)
        expect.soft(parseHtml(`<p>${title}</p>`).body.textContent, file).toBe(record.title)
        const heading = /<h2[^>]*>([^]*?)<\/h2>/.exec(content)?.[1] ?? ''
        expect.soft(wordsOf(heading), file).toBe(record.title.replace(/\s/g, ''))
        expect.soft(wordsOf(body), file).toBe(words)
        expect.soft(markedCharacters(body).join('\n'), file).toBe(marks)
        expect.soft(outlineOf(body).map(bare), file).toEqual(outline)
        expect.soft(content, file).not.toMatch(/<script|raw HTML omitted/)
        for (const picture of picturesIn(content)) {
          kept.add(picture)
          withPictures.add(file)
          expect.soft(existsSync(join(site, dirname(file), decodeURI(picture))), `${file}: ${picture}`).toBe(true)
        }
      }
      expect(seen.toSorted()).toEqual([...stories.keys()].toSorted())
      expect([...kept].toSorted()).toEqual(PLACES)
      if (!hasChromium()) return
      for (const file of withPictures) await expectSeen(join(site, file))
    },
  )
})

test('a folder of the archive shows them in a browser, whatever renders its files', { timeout: LONG_MS }, async () => {
  if (!hasChromium()) return
  const folder = join(home, 'archive', DAY)
  const names = readdirSync(folder).filter((name) => name.includes('存图'))
  expect(names).toHaveLength(2)
  for (const name of names) {
    const page = join(folder, `${name}.html`)
    writeFileSync(page, renderMarkdown(parseDocument(readFileSync(join(folder, name), 'utf8')).body))
    await expectSeen(page)
  }
})
