import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { runs } from '../support/runs.ts'
import { html, line } from './arbitrary-html.ts'
import { isSameEmphasis } from './projection.ts'
import { RENDERERS } from './renderers.ts'
import { elementOf, written } from '../support/body.ts'

const RUNS = runs(100)

describe.each(RENDERERS)('with %s', (_, render) => {
  test('any tree is a fixed point', () => {
    fc.assert(
      fc.property(html, (source) => {
        const markdown = toMarkdown(source)
        expect(toMarkdown(render(markdown))).toBe(markdown)
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 20_000 },
    )
  })

  test('marks over any line come back over the same characters', () => {
    fc.assert(
      fc.property(line, (source) => {
        const markdown = toMarkdown(`<p>${source}</p>`)
        expect([isSameEmphasis(`<p>${source}</p>`, render(markdown)), markdown]).toEqual([true, markdown])
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 20_000 },
    )
  })
})

test('what any tree says and shows is what is read back of its Markdown', () => {
  const contents = (source: string) => {
    const body = written(elementOf(source), 'https://e.example/')
    expect(body).toEqual(readMarkdown(body.markdown))
  }
  const lines = line.map((source) => `<p>${source}</p>`)
  for (const sources of [html, lines]) fc.assert(fc.property(sources, contents), { numRuns: RUNS })
})
