import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importFolder, type ImportSummary } from '../../src/commands/import.ts'
import { verify } from '../../src/commands/verify.ts'
import { idOfName } from '../../src/core/archive/path.ts'
import { parseHtml } from '../../src/core/html/html.ts'
import { readContent, readPage } from '../../src/sites/index.ts'
import { identify, publisherOf } from '../../src/sites/publishers.ts'
import { english, said } from '../../src/words/words.ts'
import { testIo } from '../support/io.ts'
import { folder, storiesIn } from '../support/program.ts'
import { OTHER_PAGES, type OtherStory } from '../support/other-pages.ts'
import { sharedFolder } from '../support/shared.ts'

/*
 * Bodies of real stories of the other papers, as their feeds had them, laid into pages of their layouts: every paragraph comes
 * back, in order, at its minute. More of them are kept aside, so that rules can only come of layouts.
 */
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

interface Post extends OtherStory {
  file: string
}

function posts(shared: string): Post[] {
  const at = join(shared, 'data', 'posts-others')
  return readdirSync(at).map((file) => {
    const text = readFileSync(join(at, file), 'utf8')
    const match = /<!--(\d+)-->\n\[([^\n]*)\]\(([^\n]*)\)\n-+\n\n<div>\n([\s\S]*)\n<\/div>\s*$/.exec(text)
    if (match === null) throw new Error(`no post: ${file}`)
    const [, stamp = '', title = '', url = '', bodyHtml = ''] = match
    const published = new Date(Math.floor(Number(stamp) / 60_000) * 60_000).toISOString()
    return { file, title: title.trim(), url, published, bodyHtml }
  })
}

/** What a reader goes through, without the advertisements. */
function paragraphs(html: string, selector = 'p, h2, h3, li, td, small'): string[] {
  const { body } = parseHtml(`<!DOCTYPE html><body>${html.replaceAll('<divclass=', '<div class=')}`)
  for (const other of Array.from(body.querySelectorAll('.m-interstitial, .o-self-promo, style, .off-screen')))
    other.remove()
  const all = Array.from(body.querySelectorAll(selector))
  return all.map((each) => letters(each.textContent)).filter((text) => text !== '')
}

/** The first paragraph that is not there, or not behind those before it. */
function missing(text: string, wanted: readonly string[]): string | null {
  const whole = letters(text)
  let from = 0
  for (const each of wanted) {
    const at = whole.indexOf(each, from)
    if (at === -1) return each
    from = at
  }
  return null
}

function suite(shared: string): void {
  const stories = posts(shared)
  const layouts = Object.entries(OTHER_PAGES).flatMap(([paper, pages]) =>
    Object.entries(pages).map(([name, makePage]) => ({ paper, name, makePage })),
  )

  test.each(layouts)('laid into pages of $name come back whole', ({ paper, name, makePage }) => {
    const own = stories.filter(({ url }) => publisherOf(url)?.name === paper)
    expect(own.length).toBeGreaterThan(40)
    const wrong = own.flatMap(({ file, ...story }) => {
      const page = readPage({ html: makePage(story), url: story.url, listed: story.title })
      if (page.kind !== 'story') return [`${file}: ${page.reason}: ${said(page.detail)}`]
      const inBlocks = name === 'bbc next' || name === 'bbc simorgh'
      const lost = missing(page.extract.body.text, paragraphs(story.bodyHtml, inBlocks ? 'p, h2, li' : undefined))
      return [
        ...(lost === null ? [] : [`${file}: not there or not in order: ${lost}`]),
        ...(page.extract.published === story.published ? [] : [`${file}: ${page.extract.published}`]),
        ...page.doubts.map((doubt) => `${file}: ${english(doubt)}`),
        ...(page.generation === 'generic' ? [`${file}: read without a layout`] : []),
        ...(/别的报道的提要|相关内容|Image caption|你的器材/.test(page.extract.body.text) ? [`${file}: more`] : []),
      ]
    })
    expect(wrong).toEqual([])
  })

  test('come back whole from a feed', () => {
    for (const { file, bodyHtml, url } of stories) {
      const content = readContent(bodyHtml, url)
      expect(missing(content?.body.text ?? '', paragraphs(bodyHtml)), file).toBeNull()
    }
  })

  test('the half of a body that stands elsewhere in its page is missed', () => {
    let pages = 0
    const unnoticed = stories.filter((story) => {
      const paper = publisherOf(story.url)?.name ?? ''
      const [name = ''] = Object.keys(OTHER_PAGES[paper] ?? {})
      const plain = paragraphsOf(story.bodyHtml)
      const [first, second] = [plain.slice(0, plain.length / 2), plain.slice(plain.length / 2)]
      // Short lines are no prose that a witness would miss.
      const prose = second.map((each) => letters(each.replace(/<[^>]*>/g, ''))).filter(({ length }) => length >= 30)
      if (plain.length < 6 || prose.join('').length < 120) return false
      pages += 1
      const html = OTHER_PAGES[paper]![name]!({ ...story, bodyHtml: first.join('') })
      const rest = `<div>${second.join('')}</div>`
      const split = html.replace(/<\/article>|<\/div><\/div><\/div><aside>|<\/div><aside>/, (end) => rest + end)
      const page = readPage({ html: split, url: story.url, listed: story.title })
      return page.kind === 'story' && page.doubts.length === 0
    })
    expect(pages).toBeGreaterThan(150)
    expect(unnoticed.length, unnoticed.map(({ file }) => file).join('\n')).toBeLessThanOrEqual(0.01 * pages)
  })

  test('are taken in as one file a story, under the numbers that addresses tell, at the minutes of their posts', async () => {
    const home = folder()
    const options = { archive: join(home.path, 'archive'), dryRun: false, quiet: true, wait: 0, keepRevisions: 50 }
    const io = testIo(home.path)
    expect(await importFolder(join(shared, 'data', 'posts-others'), { ...options, json: true }, io)).toBe(0)
    const summary = JSON.parse(io.out.join('')) as ImportSummary
    const ids = new Map(stories.map(({ url, published }) => [identify(url).id, published]))
    expect(summary).toMatchObject({
      files: stories.length,
      stories: ids.size,
      written: ids.size,
      failed: [],
      foreign: [],
    })
    // No clock of another paper is taken for Singapore's.
    expect(summary.times.filter(({ evidence }) => evidence !== 'comment')).toEqual([])
    const files = [...storiesIn(options.archive).keys()].map((path) => idOfName(path.slice(11)) ?? path)
    expect(files.toSorted()).toEqual([...ids.keys()].toSorted())
    for (const { url } of stories) {
      const paper = publisherOf(url)?.name ?? ''
      expect(identify(url).id).toMatch(paper === 'rfi' ? /^[0-9a-f]{10}$/ : new RegExp(`^${paper}\\.\\d{8}$`))
    }
    const sound = testIo(home.path)
    const code = await verify(
      { archive: options.archive, fix: false, json: true, wait: 0, exclude: [] } as never,
      sound,
    )
    expect({ code, out: sound.out.join('') }).toMatchObject({ code: 0 })
    home.remove()
  })
}

function paragraphsOf(html: string): string[] {
  const { body } = parseHtml(`<!DOCTYPE html><body>${html.replaceAll('<divclass=', '<div class=')}`)
  return Array.from(body.querySelectorAll('p')).map(({ outerHTML }) => outerHTML)
}

const material = sharedFolder()
if (material === null) test('the real posts are not beside the repository', () => expect(material).toBeNull())
else describe('bodies of real posts of other papers', () => suite(material))
