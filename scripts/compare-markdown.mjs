// Prints the README's table: this project's conversion beside turndown alone and others, on the same measures.
// Usage: node scripts/compare-markdown.mjs [FOLDER], where FOLDER holds data/markdown/cjk-emphasis-grid.json and data/posts.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { loadBundled } from './bundle.mjs'

const require = createRequire(import.meta.url)
const root = new URL('..', import.meta.url)
const folder = process.argv[2] ?? new URL('../shared', root).pathname
const ROUNDS = 7

const { toMarkdown } = await loadBundled(`export * from './src/core/markdown/index.ts'`)
const { isSameEmphasis, markedCharacters, outlineOf, wordsOf } = await loadBundled(
  `export * from './tests/markdown/projection.ts'`,
)
const { RENDERERS } = await loadBundled(`export * from './tests/markdown/renderers.ts'`)

async function converters() {
  const Turndown = require('turndown')
  const alone = new Turndown()
  const Joplin = require('@joplin/turndown')
  const joplin = new Joplin({ headingStyle: 'atx', codeBlockStyle: 'fenced' })
  joplin.use(require('@joplin/turndown-plugin-gfm').gfm)
  const { NodeHtmlMarkdown } = await import('node-html-markdown')
  const node = new NodeHtmlMarkdown()
  const { unified } = await import('unified')
  const rehype = unified()
    .use((await import('rehype-parse')).default, { fragment: true })
    .use((await import('rehype-remark')).default)
    .use((await import('remark-gfm')).default)
    .use((await import('remark-stringify')).default)
  const { default: wcj } = await import('@wcj/html-to-markdown')
  return [
    ['this project', toMarkdown],
    ['turndown alone', (html) => alone.turndown(html)],
    ['@joplin/turndown + gfm', (html) => joplin.turndown(html)],
    ['node-html-markdown', (html) => node.translate(html)],
    ['rehype-remark + gfm', (html) => String(rehype.processSync(html))],
    ['@wcj/html-to-markdown', (html) => wcj({ html })],
  ]
}

function bodyOf(post) {
  return post.slice(post.indexOf('<div>\n') + 6, post.lastIndexOf('\n</div>'))
}

const grid = existsSync(folder)
  ? JSON.parse(readFileSync(`${folder}/data/markdown/cjk-emphasis-grid.json`, 'utf8'))
  : []
const posts = existsSync(folder)
  ? readdirSync(`${folder}/data/posts`).map((name) => bodyOf(readFileSync(`${folder}/data/posts/${name}`, 'utf8')))
  : []
const spec = require('commonmark-spec').tests
const hostile = [
  '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
  '<p><a href="javascript:alert(1)">甲</a></p>',
  '<p>文<script>alert(1)</script></p>',
  '<p>{{ site.title }} {% raw %}</p>',
  '<table></table><p>文</p>',
  `${'<div>'.repeat(3000)}文`,
]

async function quietly(convert, html) {
  try {
    return await convert(html)
  } catch {
    return null
  }
}

async function count(items, convert, holds) {
  let held = 0
  for (const item of items) {
    const markdown = await quietly(convert, item.html ?? item)
    if (markdown !== null && RENDERERS.every(([, render]) => holds(item.html ?? item, render(markdown), markdown)))
      held += 1
  }
  return held
}

function blocksOf(html) {
  return outlineOf(html).filter((entry) => entry !== 'P')
}

function isFaithful(source, back) {
  const same = [markedCharacters, blocksOf].map((read) => read(source).join('\n') === read(back).join('\n'))
  return same.every(Boolean)
}

function isHarmless(_, back, markdown) {
  return (
    !/<script|javascript:|alert\(1\)<\/p>$/i.test(back.replace('&lt;script&gt;alert(1)&lt;/script&gt;', '')) &&
    !/\{[{%]/.test(markdown)
  )
}

async function fixed(convert) {
  let held = 0
  for (const { html } of grid) {
    const markdown = await quietly(convert, html)
    if (markdown !== null && (await quietly(convert, RENDERERS[0][1](markdown))) === markdown) held += 1
  }
  return held
}

async function milliseconds(convert) {
  let best = Infinity
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now()
    for (const html of posts) await quietly(convert, html)
    best = Math.min(best, (performance.now() - begin) / posts.length)
  }
  return best
}

function percent(part, whole) {
  return whole === 0 ? 'n/a' : `${((100 * part) / whole).toFixed(1)} %`
}

async function row([name, convert]) {
  const written = []
  for (const { html } of grid) written.push((await quietly(convert, html)) ?? '')
  return [
    name,
    percent(await count(grid, convert, isSameEmphasis), grid.length),
    percent(written.filter((it) => /&#?\w+;/.test(it)).length, grid.length),
    percent(written.filter((it) => /<\w+>/.test(it)).length, grid.length),
    percent(await fixed(convert), grid.length),
    `${await count(posts, convert, (html, back) => wordsOf(html) === wordsOf(back))} of ${posts.length}`,
    `${await count(spec, convert, isFaithful)} of ${spec.length}`,
    `${await count(hostile, convert, isHarmless)} of ${hostile.length}`,
    posts.length === 0 ? 'n/a' : (await milliseconds(convert)).toFixed(2),
  ]
}

const HEADS = {
  en: [
    'converter',
    'emphasis right',
    'entities',
    'tags',
    'fixed point',
    'bodies kept',
    'CommonMark examples',
    'hostile, harmless',
    'ms a story',
  ],
  zh: ['转换工具', '强调正确', '实体', '标签', '不动点', '正文完整', 'CommonMark 例子', '恶意内容无害', '每篇毫秒'],
}

/** A cell as the Chinese README has it. */
function inChinese(cell) {
  return cell
    .replace('this project', '本项目')
    .replace('turndown alone', '单用 turndown')
    .replace(' of ', '/')
    .replace(' %', '%')
}

const rows = []
for (const converter of await converters()) rows.push(await row(converter))
for (const [head, body] of [
  [HEADS.en, rows],
  [HEADS.zh, rows.map((cells) => cells.map(inChinese))],
]) {
  const lines = [head, head.map(() => '---'), ...body]
  console.log(`${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`)
}
