import { HtmlRenderer, Parser } from 'commonmark'
import * as fc from 'fast-check'
import { marked } from 'marked'
import rehypeParse from 'rehype-parse'
import rehypeRaw from 'rehype-raw'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import showdown from 'showdown'
import { unified } from 'unified'
import { describe, expect, test } from 'vitest'
import { describeFile } from '../../src/core/archive/import.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { makeDocument, renderDocument } from '../../src/core/document/render.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { runs } from '../support/runs.ts'
import { RENDERERS } from './renderers.ts'
import { CHINESE_ZONE } from '../../src/core/time.ts'
import { addresses } from '../../src/sites/publishers.ts'
import { isUrl } from '../../src/core/url.ts'

/** What a page's text may hold for the one who reads it where the Markdown is shown. */
const HOSTILE = [
  '[x](javascript:alert(1))',
  '![x](javascript:alert(1))',
  '[a](<javascript:alert(1)>)',
  '[d](data:text/html;base64,PHNjcmlwdD4=)',
  '[v](vbscript:x)',
  '[x]: javascript:alert(1)',
  '[x][y]',
  '](javascript:alert(1))',
  '(javascript:alert(1))',
  '<javascript:alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=javascript:alert(1)',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<br/onclick=alert(1)>',
  'https://a.b/?x=<script>',
  '&lt;script>',
  '&#106;avascript:alert(1)',
  ...'[ ] ( ) < > ! \\ ` * ** _ ~~ | " \n # - 甲'.split(' '),
  ' ',
  '    ',
]
const hostile = fc.array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))

interface Node {
  type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: Node[]
}

const commonmark = { parser: new Parser(), renderer: new HtmlRenderer() }
const show = new showdown.Converter({ tables: true, strikethrough: true })
const tree = unified().use(rehypeParse, { fragment: true })
const remark = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw)
const READERS: readonly (readonly [string, (markdown: string) => Node])[] = [
  ...[
    ...RENDERERS,
    ['marked', (markdown: string) => marked.parse(markdown, { async: false })] as const,
    ['commonmark', (markdown: string) => commonmark.renderer.render(commonmark.parser.parse(markdown))] as const,
    ['showdown', (markdown: string) => show.makeHtml(markdown)] as const,
  ].map(([name, render]) => [name, (markdown: string): Node => tree.parse(render(markdown))] as const),
  ['remark', (markdown) => remark.runSync(remark.parse(markdown))],
]

const RUNS = new Set('script style iframe object embed svg math form base meta link template video audio'.split(' '))

/** What would run in a browser, or lead to something that runs. */
function liveIn(node: Node): string[] {
  const own = Object.entries(node.properties ?? {}).filter(([name, value]) => {
    if (/^on/i.test(name)) return true
    if (!['href', 'src', 'action', 'data'].includes(name) || typeof value !== 'string') return false
    return !isUrl(value, 'https://a.b/') || !/^(?:https?|mailto):$/.test(new URL(value, 'https://a.b/').protocol)
  })
  return [
    ...(RUNS.has(node.tagName ?? '') ? [`<${node.tagName}>`] : []),
    ...own.map(([name, value]) => `${node.tagName} ${name}=${String(value)}`),
    ...(node.children ?? []).flatMap(liveIn),
  ]
}

const ADDRESS = 'https://www.zaobao.com/realtime/china/story20200722-1071000'

function documentOf(title: string, url = ADDRESS): string {
  const names = { author: '联合早报', tags: ['联合早报'], categories: ['联合早报'] }
  const times = { published: '2020-07-22T02:00:00.000Z', day: '2020-07-22', zone: CHINESE_ZONE }
  const content = { title, url, ...times, ...names, access: 'public', extra: [], body: { markdown: '文' } } as const
  return renderDocument(makeDocument(content))
}

/** The headline of a document, without its front matter, which is no Markdown. */
const headlineOf = (title: string): string => documentOf(title.replace(/\s+/g, ' ')).replace(/^---\n.*?\n---\n/s, '')

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

type Write = (text: string) => string

const PAGES: Readonly<Record<string, Write>> = {
  'a paragraph': (text) => `<p>${text}</p><p>甲<b>${text}</b>[<a href="https://a.b/" title="${text}">${text}</a>]</p>`,
  lines: (text) => `<p>${text}<br>${text}</p><h3>${text}</h3>`,
  'a picture': (text) => `<figure><img src="/a.jpg" alt="${text}"><figcaption>${text}</figcaption></figure>`,
  'a list': (text) => `<ul><li>${text}<li>${text}</ul><blockquote>${text}</blockquote>`,
  'a table': (text) => `<table><tr><th>${text}<th>${text}<tr><td>${text}<td>${text}</table>`,
  'an address': (text) => `<p><a href="${text}">甲</a><img src="${text}"></p>`,
  code: (text) => `<p><code>${text}</code></p><pre>${text}</pre>`,
}

const WRITERS: readonly (readonly [string, Write])[] = [
  ['a headline', headlineOf],
  ...Object.entries(PAGES).map(
    ([name, html]) => [name, (text: string) => toMarkdown(html(escaped(text)), ADDRESS)] as const,
  ),
]
/** Where a text may stand, and what is written of each that is hostile. */
const PLACES = WRITERS.map(([name, write]) => [name, write, HOSTILE.map(write)] as const)

describe.each(READERS)('nothing that a page says runs or leads to what runs, with %s', (_, read) => {
  test.each(PLACES)('in %s', (__, write, written) => {
    const runsNothing = (markdown: string): void => {
      expect([markdown, liveIn(read(markdown))]).toEqual([markdown, []])
    }
    written.forEach(runsNothing)
    fc.assert(
      fc.property(hostile, (text) => runsNothing(write(text))),
      { numRuns: runs(20), interruptAfterTimeLimit: 5000 },
    )
  })
})

/** The words of a tree and their marks; what is a link where, GitHub's renderers say for themselves. */
function markedIn(node: Node): string {
  const inner = (node.children ?? []).map(markedIn).join('')
  const mark = /^(?:em|strong|del|s)$/.exec(node.tagName ?? '')?.[0].slice(0, 1)
  return node.type === 'text' ? (node.value ?? '') : mark === undefined ? inner : `<${mark}>${inner}</>`
}

const ADDRESSES = [
  'https://a.example/b',
  'http://a.example/*b*',
  'www.a.example/~b~/',
  'https://a.example/?a&amp;copy;=1',
]

test.each(ADDRESSES)('what stands beside the address %s keeps its marks', (address) => {
  const lines = [
    `见<i>${address}</i>后`,
    `<b>见${address}</b>，<i>后</i>`,
    `${address}<b>后</b>`,
    `（${address}）<i>*后</i>*`,
  ]
  for (const line of lines) {
    const markdown = toMarkdown(`<p>${line}</p>`)
    const [first, ...others] = READERS.filter(([name]) => name !== 'commonmark' && name !== 'showdown')
    const expected = markedIn(first![1](markdown)).trim()
    expect(expected.match(/<[a-z]>/g)?.length).toBe(line.match(/<[a-z]>/g)?.length)
    for (const [name, read] of others) expect([name, markedIn(read(markdown)).trim()]).toEqual([name, expected])
  }
})

describe('an address that runs', () => {
  const bad = documentOf('题').replaceAll(ADDRESS, 'javascript:alert(1)')

  test('is no link of a headline, and what is read is written back as it was', () => {
    expect(documentOf('题', 'javascript:alert(1)')).toContain('\n[题]()\n')
    expect(renderDocument(parseDocument(bad))).toBe(bad)
  })

  test.each([
    ['in from', bad],
    ['in the link of the headline', documentOf('题').replace(`](${ADDRESS})`, '](java&#115;cript:alert(1))')],
  ])('is refused at import, %s', (_, text) => {
    expect(() => describeFile('a.md', text, addresses)).toThrow(/no address of the web|runs something/)
  })
})
