import { describe, expect, test } from 'vitest'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { seedBody } from '../../src/core/markdown/seed-body.ts'
import { isSameEmphasis, wordsOf } from '../markdown/projection.ts'
import { RENDERERS } from '../markdown/renderers.ts'
import { hasShared, listShared, readShared } from './shared.ts'

if (!hasShared) process.stderr.write('the shared samples are not here: Markdown is not tried on them\n')

interface Case {
  id: string
  html: string
}

function bodyOf(post: string): string {
  return post.slice(post.indexOf('<div>\n') + 6, post.lastIndexOf('\n</div>'))
}

describe.runIf(hasShared)('the grid of emphasis in Chinese text', () => {
  const grid = hasShared ? (JSON.parse(readShared('data/markdown/cjk-emphasis-grid.json')) as Case[]) : []
  const written = grid.map(({ id, html }) => ({ id, html, markdown: toMarkdown(html) }))

  test.each(RENDERERS)('is parsed right in every case by %s', (_, render) => {
    const wrong = written.filter(({ html, markdown }) => !isSameEmphasis(html, render(markdown)))
    expect(wrong).toEqual([])
    expect(written.length).toBeGreaterThan(1000)
  })

  test.each(RENDERERS)('is a fixed point under %s', (_, render) => {
    expect(written.filter(({ markdown }) => toMarkdown(render(markdown)) !== markdown)).toEqual([])
  })

  test('has no entity, and tags in less than a tenth', () => {
    expect(written.filter(({ markdown }) => /&#?\w+;/.test(markdown))).toEqual([])
    const tagged = written.filter(({ markdown }) => /<(?:strong|em|del)>/.test(markdown))
    expect(tagged.length / written.length).toBeLessThan(0.1)
  })
})

describe.runIf(hasShared)('real bodies', () => {
  const names = hasShared ? listShared('data/posts') : []
  const bodies = names.map((name) => ({ name, html: bodyOf(readShared(`data/posts/${name}`)) }))

  test.each(RENDERERS)('keep every word and are fixed points under %s', (_, render) => {
    for (const { html } of bodies) {
      const markdown = toMarkdown(html)
      const back = render(markdown)
      expect(wordsOf(back)).toBe(wordsOf(html))
      expect(toMarkdown(back)).toBe(markdown)
    }
    expect(bodies.length).toBeGreaterThan(100)
  })

  test('come back from the seed form as they are', () => {
    for (const { html } of bodies) expect(seedBody(html)).toBe(html)
    const seed = bodyOf(readShared('seed.md'))
    expect(seedBody(seed)).toBe(seed)
  })
})
