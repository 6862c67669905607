import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFolder, type ImportSummary } from '../../src/commands/import.ts'
import { verify } from '../../src/commands/verify.ts'
import { idOfName } from '../../src/core/archive/path.ts'
import { treeOf } from '../archive/support/folder.ts'
import { watchedIo } from '../archive/support/io.ts'
import { figure } from '../support/figures.ts'
import { sharedIsThere, sharedPosts } from '../support/shared.ts'

/** What a post says, read with nothing of the program. */
interface Raw {
  id: string
  title: string
  /** Publication: the stamp is Singapore's clock. */
  ms: number
  dateMs: number
  paragraphs: string[]
  length: number
}

function entities(text: string): string {
  return text
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

/** The characters that are read: no white space of any width, no marks of Markdown. */
function bare(text: string): string {
  return text.replace(/[\s\u200b\\*_]/g, '')
}

function rawOf(text: string): Raw {
  const pick = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? ''
  const body = text.slice(text.indexOf('<div>'))
  return {
    id: pick(/^from: .*-(\d+)$/m),
    title: pick(/^title: "(.*)"$/m),
    ms: Number(pick(/<!--(\d+)-->/)) - 8 * 3_600_000,
    dateMs: Date.parse(pick(/^date: (.*)$/m)),
    paragraphs: [...body.matchAll(/<p>(.*?)<\/p>/gs)]
      .map((match) => bare(entities((match[1] ?? '').replace(/<[^>]*>/g, ''))))
      .filter((paragraph) => paragraph !== ''),
    length: body.length,
  }
}

describe.runIf(sharedIsThere)('the real posts are taken in', () => {
  let root = ''
  let source = ''
  let summary: ImportSummary
  const raws = sharedPosts().map(({ text }) => rawOf(text))
  const ids = new Set(raws.map(({ id }) => id))

  async function take(): Promise<ImportSummary> {
    const io = watchedIo()
    const options = { archive: root, dryRun: false, json: true, quiet: true, wait: 0, keepRevisions: 50 }
    expect(await importFolder(source, options, io), io.words).toBe(0)
    return JSON.parse(io.out) as ImportSummary
  }

  async function storyOf(id: string): Promise<string> {
    for (const path of Object.keys(await treeOf(root))) {
      const [folder = '', name = ''] = path.split('/')
      if (folder !== '.zaobao' && idOfName(name) === id) return readFile(join(root, path), 'utf8')
    }
    throw new Error(`no file of ${id}`)
  }

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'zaobao-import-'))
    source = await mkdtemp(join(tmpdir(), 'zaobao-posts-'))
    for (const { name, text } of sharedPosts()) await writeFile(join(source, name), text)
    const started = performance.now()
    summary = await take()
    figure('import of the real posts', `${summary.files} files in ${Math.round(performance.now() - started)} ms`)
  })
  afterAll(async () => {
    await rm(root, { recursive: true, force: true })
    await rm(source, { recursive: true, force: true })
  })

  test('one file a story, nothing foreign, and the report says so', async () => {
    const tree = Object.keys(await treeOf(root))
    expect(tree.filter((path) => !path.startsWith('.'))).toHaveLength(ids.size)
    expect(summary).toMatchObject({
      files: raws.length,
      stories: ids.size,
      written: ids.size,
      timesRepaired: raws.length,
      foreign: [],
      failed: [],
    })
    expect(summary.revisions + summary.duplicates).toBe(raws.length - ids.size)
    expect(tree.filter((path) => path.startsWith('.zaobao/revisions/'))).toHaveLength(summary.revisions)
  })

  test('every time is right to the minute, the last text stands, every paragraph is kept in its order', async () => {
    for (const id of ids) {
      const last = raws
        .filter((raw) => raw.id === id)
        .toSorted((a, b) => a.dateMs - b.dateMs || a.length - b.length)
        .at(-1)
      const text = await storyOf(id)
      expect(text).toContain(`\ndate: ${new Date(last?.ms ?? 0).toISOString()}\n`)
      expect(text).toContain(`\n<!--${last?.ms}-->\n`)
      expect(text).toContain(`\ntitle: "${last?.title}"\n`)
      expect(text).toContain('\ncategories: [ news, 联合早报 ]\n')
      let at = 0
      const body = bare(text.slice(text.indexOf('------')))
      for (const paragraph of last?.paragraphs ?? []) {
        at = body.indexOf(paragraph, at)
        expect(at, `${id}: ${paragraph}`).toBeGreaterThan(-1)
      }
    }
  })

  test('verify finds nothing, and a second import changes nothing', async () => {
    const io = watchedIo()
    expect(
      await verify({ archive: root, fix: false, json: false, quiet: true, wait: 0, exclude: [] }, io),
      io.words,
    ).toBe(0)
    const before = await treeOf(root)
    const again = await take()
    expect(again).toMatchObject({ written: 0, revised: 0, unchanged: ids.size })
    expect(await treeOf(root)).toEqual(before)
    expect(await readdir(source)).toHaveLength(raws.length)
  })
})
