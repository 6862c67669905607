import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PAGES } from '../support/pages.ts'
import { folder } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'
import { bundleOutputs, loadedBy } from './loaded.ts'

let outputs: ReturnType<typeof bundleOutputs>
let site: Site
const home = folder()
const URL_OF_PAGE = 'https://www.zaobao.com.sg/realtime/china/story20211110-9000001'

const STORY = {
  title: '轮渡复航',
  url: URL_OF_PAGE,
  published: '2021-11-10T07:37:00.000Z',
  bodyHtml: '<p>轮渡昨天复航，首班船坐满了人。</p><p>船公司说票价不变。</p>',
}

beforeAll(async () => {
  outputs = bundleOutputs()
  site = await serveSite()
  site.pages.set('/feed.xml', rsshubFeed([{ ...STORY, url: `${site.server.origin}/realtime/china/story20211110-1` }]))
  site.pages.set('/realtime/china/story20211110-1', PAGES.reactB2(STORY))
  writeFileSync(join(home.path, 'page.html'), PAGES.reactB2(STORY))
  writeFileSync(join(home.path, 'feed.xml'), rsshubFeed([STORY]))
})

afterAll(async () => {
  await site.server.close()
  home.remove()
})

async function modulesOf(args: readonly string[]): Promise<string[]> {
  const loaded = await loadedBy(args, outputs, home.path)
  expect(loaded.code, args.join(' ')).toBe(0)
  expect(loaded.files).toBeGreaterThan(0)
  expect(loaded.modules).toContain('src/main.ts')
  return loaded.modules
}

/** The packages among modules: everything that is no source of the program itself. */
function packagesIn(modules: readonly string[]): string[] {
  return modules.filter((name) => !/^(?:src\/|package\.json$|none:)/.test(name))
}

const packagesOf = async (args: readonly string[]): Promise<string[]> => packagesIn(await modulesOf(args))

const fetching = () => ['fetch', '--feed', `${site.server.origin}/feed.xml`, '--allow-private', '--rate', '1000/s']

const NETWORK = ['commander', 'p-limit', 'undici', 'yocto-queue', 'zod']

describe('the packages that a command loads', () => {
  test.each([
    ['--version', ['--version'], ['commander']],
    ['--help', ['--help'], ['commander']],
    ['fetch --help', ['fetch', '--help'], ['commander']],
    ['convert', ['convert', 'page.html', '--url', URL_OF_PAGE], ['@mixmark-io/domino', 'commander', 'turndown']],
    [
      'items, a feed',
      ['items', 'feed.xml'],
      ['@mixmark-io/domino', 'commander', 'entities', 'rss-parser', 'sax', 'xml2js', 'xmlbuilder'],
    ],
  ])('%s', async (_, args, packages) => {
    expect(await packagesOf(args)).toEqual(packages)
  })

  test.each(['--version', 'fetch --help'])('%s: no paper, and nothing that tells stories apart', async (args) => {
    const modules = await modulesOf(args.split(' '))
    expect(modules.filter((name) => /^src\/(?:sites|edge|core\/(?:identity|time)\b)/.test(name))).toEqual([])
  })

  test.each([
    ['C', false],
    ['zh_CN.UTF-8', true],
  ])('in the locale %s, the Chinese of messages: %s', async (locale, isLoaded) => {
    const { modules, code } = await loadedBy(['--help'], outputs, home.path, { LC_ALL: locale })
    expect({ code, isLoaded: modules.includes('src/words/zh.ts') }).toEqual({ code: 0, isLoaded })
  })

  test('fetch: what reads pages with the first story, the network alone when nothing is new', async () => {
    const first = await packagesOf(fetching())
    expect(first).toEqual(expect.arrayContaining(['@mixmark-io/domino', 'turndown', 'undici']))
    expect(first.filter((name) => /yaml|matter|micromark/.test(name))).toEqual([])
    const modules = await modulesOf(fetching())
    expect(packagesIn(modules)).toEqual(NETWORK)
    expect(modules.filter((name) => /^src\/core\/html\/|\bwarc\b|\/search\/|catalogue|sqlite/.test(name))).toEqual([])
  })

  test('search: what reads stories with the first one, none of it when nothing is new', async () => {
    const archive = ['--archive', 'searched']
    await modulesOf(['demo', ...archive])
    for (const day of readdirSync(join(home.path, 'searched')).filter((name) => /^\d/.test(name)))
      utimesSync(join(home.path, 'searched', day), 1, 1)
    const first = await packagesOf(['search', '的', ...archive])
    expect(first).toEqual(expect.arrayContaining(['yaml']))
    const modules = await modulesOf(['search', '的', ...archive])
    expect(packagesIn(modules)).toEqual(['commander'])
    expect(modules.filter((name) => /^src\/(?:sites\/page|core\/(?:html|markdown|feed))\//.test(name))).toEqual([])
  })

  test('demo: what reads pages, no network and no bar; config: what reads a configuration', async () => {
    const packages = await packagesOf(['demo', '--quiet', '--archive', 'demo'])
    expect(packages).toEqual(expect.arrayContaining(['commander', 'turndown']))
    for (const idle of ['zod', 'undici', 'string-width', 'ajv']) expect(packages).not.toContain(idle)
    expect(await packagesOf(['config'])).toContain('zod')
  })

  test('fetch --json: no reader of Markdown, since whoever wrote it knows what it says', async () => {
    site.pages.set('/realtime/china/story20211110-1', PAGES.reactB2({ ...STORY, title: '轮渡复航了' }))
    const packages = await packagesOf(['--archive', 'json', ...fetching(), '--json'])
    expect(packages).toEqual(expect.arrayContaining(['@mixmark-io/domino', 'turndown', 'undici']))
    expect(packages.filter((name) => /yaml|matter|micromark/.test(name))).toEqual([])
  })
})

test('packages have no `require` that finds files, where Node gives its own modules without', () => {
  const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
  const texts = readdirSync(dist).map((name) => (name.endsWith('.js') ? readFileSync(join(dist, name), 'utf8') : ''))
  const made = texts.flatMap((text) => text.match(/^var __require = .*$/gm) ?? [])
  expect(made).toEqual([expect.stringContaining('process.getBuiltinModule === undefined ? createRequire')])
})
