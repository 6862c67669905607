import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import matter from 'gray-matter'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { importFolder, type ImportSummary } from '../../src/commands/import.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { recordSchema } from '../../src/core/record/schema.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { recordOf } from '../../src/pipeline/records/record.ts'
import { treeOf } from '../archive/support/folder.ts'
import { watchedIo } from '../archive/support/io.ts'
import { sharedFolder } from '../support/shared.ts'

const folder = sharedFolder()
const NOTES = { fetched: null, updated: null, bylines: [], keywords: [], path: null, revision: 1, status: null }

describe.runIf(folder !== null).each(['posts', 'posts-others', 'archives'])('public files in %s', (name) => {
  async function taken(): Promise<{ summary: ImportSummary; texts: Map<string, string> }> {
    const work = await mkdtemp(join(tmpdir(), 'zaobao-archives-'))
    try {
      const source = join(work, 'source')
      await cp(join(folder ?? '', 'data', name), source, { recursive: true })
      const archive = join(work, 'archive')
      const io = watchedIo()
      const options = { archive, dryRun: false, json: true, quiet: true, wait: 0, keepRevisions: 50 }
      expect(await importFolder(source, options, io), io.words).toBe(0)
      const paths = Object.keys(await treeOf(archive)).filter((path) => path.endsWith('.md'))
      const texts = await Promise.all(
        paths.map(async (path) => [path, await readFile(join(archive, path), 'utf8')] as const),
      )
      return { summary: JSON.parse(io.out) as ImportSummary, texts: new Map(texts) }
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  }

  test('are YAML to two parsers, valid records, and their times are moved on evidence alone', async () => {
    const { summary, texts } = await taken()
    expect(summary.foreign.filter(({ path }) => path.endsWith('.md'))).toEqual([])
    expect(texts.size).toBeGreaterThan(0)
    for (const [path, text] of texts) {
      const front = text.slice(4, text.indexOf('\n---\n'))
      const record = recordOf(parseDocument(text), NOTES, readMarkdown)
      expect((parseYaml(front) as { title: unknown }).title, path).toBe(record.title)
      expect(matter(text).data['title'], path).toBe(record.title)
      expect(recordSchema.safeParse(record).error, path).toBeUndefined()
    }
    const others = summary.times.filter(({ site, evidence }) => site !== 'zaobao' && evidence !== 'comment')
    expect(others.map(({ files }) => files)).toEqual(name === 'archives' ? [1] : [])
  })
})
