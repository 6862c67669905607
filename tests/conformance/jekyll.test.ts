import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Liquid } from 'liquidjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { parseHtml } from '../../src/core/html/html.ts'
import { RENDERERS } from '../markdown/renderers.ts'

const run = promisify(execFile)
const hasJekyll = spawnSync('jekyll', ['--version']).status === 0
if (!hasJekyll) process.stderr.write('jekyll is not installed: pages are not built with it\n')

/** What a reader must see, and the HTML that says so. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['{{ site.title }} 与 {% include x.html %}', '<p>{{ site.title }} 与 {% include x.html %}</p>'],
  ['{{{ 三 }}} {%- raw -%} {{%', '<p>{{{ 三 }}} {%- raw -%} {{%</p>'],
  ['{% endraw %}{% raw %}', '<p>{% endraw %}{% raw %}</p>'],
  ['{{ x }}', '<p><strong>{{ x }}</strong></p>'],
  ['题 {{ y }} {% z %}', '<h2>题 {{ y }} {% z %}</h2>'],
  ['{{ 码 }} *a* {% b %}', '<p><code>{{ 码 }} *a* {% b %}</code></p>'],
  ['{{ 块 }}{% if 1 %}', '<pre><code>{{ 块 }}\n{% if 1 %}</code></pre>'],
  [
    '格 {{ c }} | {% d %}',
    '<table><tr><th>格 {{ c }} |</th><th>{% d %}</th></tr><tr><td>一</td><td>二</td></tr></table>',
  ],
  ['链 {{ l }}', '<p><a href="https://a.b/{{ u }}?{% v %}" title="{{ t }}{% w %}">链 {{ l }}</a></p>'],
  ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
  ['甲 {: .class} 乙 $$x$$ 丙 | 丁', '<p>甲 {: .class} 乙 $$x$$ 丙 | 丁</p>'],
  ['{{ p }} {% q %}', '<ul><li>{{ p }}<ul><li>{% q %}</li></ul></li></ul>'],
]

function seen(html: string): string {
  return (parseHtml(html).body.textContent ?? '').replace(/\s+/g, '')
}

const pages = HOSTILE.map(([words, html]) => ({ words: words.replace(/\s+/g, ''), markdown: toMarkdown(html) }))

describe.runIf(hasJekyll)('Jekyll', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jekyll-'))
    await mkdir(join(folder, '_layouts'))
    await writeFile(join(folder, '_config.yml'), 'title: 泄漏\n')
    for (const [index, { markdown }] of pages.entries()) {
      await writeFile(join(folder, `page${index}.md`), `---\ntitle: x\n---\n${markdown}\n`)
    }
    await run('jekyll', [
      'build',
      '--quiet',
      '--disable-disk-cache',
      '--source',
      folder,
      '--destination',
      join(folder, 'out'),
    ])
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each(pages.map((page, index) => ({ ...page, index })))('shows $words literally', async ({ words, index }) => {
    const html = await readFile(join(folder, 'out', `page${index}.html`), 'utf8')
    expect(seen(html).replace('|', '')).toContain(words.replace('|', ''))
    expect(html).not.toMatch(/<script|泄漏/)
  })
})

describe.each(RENDERERS)("Eleventy's liquidjs, then %s", (_, render) => {
  test.each(pages)('shows $words literally', async ({ words, markdown }) => {
    const html = render(await new Liquid().parseAndRender(markdown, { site: { title: '泄漏' } }))
    expect(seen(html).replace('|', '')).toContain(words.replace('|', ''))
    expect(html).not.toMatch(/<script|泄漏/)
  })
})
