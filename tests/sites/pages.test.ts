import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { seedBody } from '../../src/core/markdown/seed-body.ts'
import { markdownOf } from '../../src/pipeline/records/record.ts'
import { readPage } from '../../src/sites/index.ts'
import { said } from '../../src/words/words.ts'
import { elementOf } from '../support/body.ts'

const folder = fileURLToPath(new URL('../../fixtures/pages/', import.meta.url))

/** A body as a reader goes through it: one line a block. */
function blocksOf(body: Element): string[] {
  const lines: string[] = []
  for (let node = body.firstChild; node !== null; node = node.nextSibling) {
    const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim()
    if (node.nodeType === 3) lines.push(...(text === '' ? [] : [`text: ${text}`]))
    else lines.push(`${node.nodeName.toLowerCase()}: ${describe(node as Element)}`)
  }
  return lines
}

function describe(element: Element): string {
  const shown = ['img', 'iframe', 'a'].map((name) => {
    const inner = element.localName === name ? element : element.querySelector(name)
    return inner?.getAttribute('src') ?? inner?.getAttribute('href') ?? ''
  })
  return [element.textContent.replace(/\s+/g, ' ').trim(), ...shown.filter((each) => each !== '')].join(' | ')
}

test.each(readdirSync(folder))('page %s reads as a person reads it', async (name) => {
  const about = JSON.parse(readFileSync(`${folder}${name}/about.json`, 'utf8')) as { url: string }
  const read = readPage({ html: readFileSync(`${folder}${name}/page.html`, 'utf8'), url: about.url })
  if (read.kind !== 'story') throw new Error(`${read.reason}: ${said(read.detail)}`)
  const { body, source, doubts, ...extract } = read.extract
  expect(doubts).toEqual([])
  expect(source.length).toBeGreaterThan(20)
  const seen = { generation: read.generation, ...extract, blocks: blocksOf(elementOf(body)) }
  await expect(`${JSON.stringify(seen, null, 2)}\n`).toMatchFileSnapshot(`${folder}${name}/expected.json`)
  const markdown = writeBody(body.blocks).markdown
  await expect(`${markdown}\n`).toMatchFileSnapshot(`${folder}${name}/expected.md`)
  // What is kept as HTML says the same.
  expect(markdownOf(seedBody(source), about.url)).toBe(markdown)
})
