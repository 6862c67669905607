import spec from 'commonmark-spec'
import { expect, test } from 'vitest'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { markedCharacters, outlineOf } from '../markdown/projection.ts'
import { RENDERERS } from '../markdown/renderers.ts'

/** Paragraphs stand where HTML blocks have bare text, which Markdown cannot say. */
function blocksOf(html: string): string[] {
  return outlineOf(html).filter((entry) => entry !== 'P')
}

function same(a: string[], b: string[]): boolean {
  return a.join('\n') === b.join('\n')
}

function isFaithful(source: string, back: string): boolean {
  return same(markedCharacters(source), markedCharacters(back)) && same(blocksOf(source), blocksOf(back))
}

test.each(RENDERERS)("the examples of CommonMark's specification come back from Markdown by %s", (_, render) => {
  const unfaithful = spec.tests.filter(({ html }) => !isFaithful(html, render(toMarkdown(html))))
  expect(spec.tests.length).toBe(652)
  expect(unfaithful.map(({ number }) => number).length).toBeLessThanOrEqual(12)
})

test.each(RENDERERS)('and are fixed points by %s', (_, render) => {
  for (const { html } of spec.tests) {
    const markdown = toMarkdown(html)
    expect(toMarkdown(render(markdown))).toBe(markdown)
  }
})
