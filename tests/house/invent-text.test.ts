import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { inventedPage, inventedStory, seeded } from '../support/layouts.ts'
import { folder } from '../support/program.ts'
import { said } from '../../src/words/words.ts'
import { elementOf } from '../support/body.ts'

const SCRIPT = fileURLToPath(new URL('../../scripts/invent-text.mjs', import.meta.url))
const fixtures = fileURLToPath(new URL('../../fixtures/pages/', import.meta.url))

const inventTextOf = (file: string) => execFileSync(process.execPath, [SCRIPT, file], { encoding: 'utf8' })

function shapeOf(html: string, url: string) {
  const page = readPage({ html, url })
  if (page.kind !== 'story') throw new Error(said(page.detail))
  const { extract, generation } = page
  const blocks = Array.from(elementOf(extract.body).querySelectorAll('p, h2, h3, li, figcaption, img'))
  const { published, updated, access } = extract
  return {
    generation,
    published,
    updated,
    access,
    blocks: blocks.map((block) => block.localName),
    text: extract.body.text,
  }
}

test.each(readdirSync(fixtures))('the page %s with invented text is read as before, with other words', (name) => {
  const { url } = JSON.parse(readFileSync(`${fixtures}${name}/about.json`, 'utf8')) as { url: string }
  const file = `${fixtures}${name}/page.html`
  const [before, after] = [readFileSync(file, 'utf8'), inventTextOf(file)].map((html) => shapeOf(html, url))
  expect({ ...after, text: '' }).toEqual({ ...before, text: '' })
  expect(after?.text).not.toBe(before?.text)
})

test('no sentence of a page is left', () => {
  const home = folder()
  try {
    const random = seeded(3)
    const story = {
      ...inventedStory(random),
      headline: '甲乙丙丁戊己庚辛',
      paragraphs: ['甲乙丙丁戊己庚辛。Peter Parker said so.'],
    }
    const file = join(home.path, 'page.html')
    writeFileSync(file, inventedPage('renamed classes', story, random).html)
    expect(inventTextOf(file)).not.toMatch(/甲乙|戊己|Peter|Parker/)
  } finally {
    home.remove()
  }
})
