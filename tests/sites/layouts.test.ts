import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseHtml } from '../../src/core/html/html.ts'
import { readPage } from '../../src/sites/index.ts'
import { paper as bbc } from '../../src/sites/bbc/readers.ts'
import { paper as dw } from '../../src/sites/dw/readers.ts'
import { paper as rfi } from '../../src/sites/rfi/readers.ts'
import { LIST_KINDS, paper as zaobao } from '../../src/sites/zaobao/readers.ts'

const GENERATIONS = [zaobao, rfi, dw, bbc].flatMap(({ generations }) => generations)

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url))

interface About {
  url: string
  era: string
  why: string
  proven: string[]
  stated: string[]
  inferred: string[]
  text: string
  body?: string
}

const aboutOf = (path: string) => JSON.parse(readFileSync(`${fixtures}${path}/about.json`, 'utf8')) as About

/** The fixtures of a kind, by the layout that reads each: the first that claims it. */
function claimed(kind: string, claim: (path: string, about: About) => string | null): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const name of readdirSync(`${fixtures}${kind}`)) {
    const by = claim(`${kind}/${name}`, aboutOf(`${kind}/${name}`))
    if (by !== null) found.set(by, [...(found.get(by) ?? []), name])
  }
  return found
}

test('every layout has a fixture that it claims first', () => {
  const found = claimed('pages', (path, { url }) => {
    const page = readPage({ html: readFileSync(`${fixtures}${path}/page.html`, 'utf8'), url })
    return page.kind === 'story' ? page.generation : null
  })
  expect([...found.keys()].toSorted()).toEqual(GENERATIONS.map(({ name }) => name).toSorted())
})

test('every kind of list page has a fixture that it claims first', () => {
  const found = claimed('lists', (path, { body = '' }) => {
    if (!body.endsWith('.html')) return null
    const document = parseHtml(readFileSync(`${fixtures}${path}/${body}`, 'utf8'))
    return LIST_KINDS.find((kind) => kind.matches(document))?.name ?? null
  })
  expect([...found.keys()].toSorted()).toEqual(LIST_KINDS.map(({ name }) => name).toSorted())
})

test.each(['pages', 'lists'])('every fixture of %s says where it comes from and what in it is proven', (kind) => {
  for (const name of readdirSync(`${fixtures}${kind}`)) {
    const about = aboutOf(`${kind}/${name}`)
    for (const key of ['url', 'era', 'why', 'text'] as const) expect(about[key], `${name}: ${key}`).toMatch(/\S/)
    for (const key of ['proven', 'stated', 'inferred'] as const)
      expect(about[key], `${name}: ${key}`).toBeInstanceOf(Array)
    expect(about.text, name).toBe('invented')
  }
})
