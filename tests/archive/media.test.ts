import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { importFolder, type ImportSummary } from '../../src/commands/import.ts'
import { verify } from '../../src/commands/verify.ts'
import type { Problem } from '../../src/core/archive/verify.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { renderDocument } from '../../src/core/document/render.ts'
import { openArchive } from '../../src/edge/archive/archive.ts'
import { openJournal } from '../../src/edge/archive/journal.ts'
import type { Store } from '../../src/edge/store/store.ts'
import { ArchiveError } from '../../src/errors.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { recordOf } from '../../src/pipeline/records/record.ts'
import { readRecord } from '../../src/pipeline/records/record-in.ts'
import { repairArchive } from '../../src/pipeline/check/repair.ts'
import { message } from '../../src/words/words.ts'
import { keptAt, PICTURES, pngOf } from '../support/pictures.ts'
import { storeAt } from '../support/store.ts'
import { madeStory } from './support/documents.ts'
import { freshFolder, treeOf } from './support/folder.ts'
import { objects, watchedIo } from './support/io.ts'

const [ONE, TWO, OTHER] = [pngOf(1), pngOf(2), pngOf(3)]
const URL_OF = 'https://i.example/p(1).png?a=1&b=%22'
const STORY = madeStory(1, {
  markdown: `码头上的人不多。\n\n![题](../${keptAt(ONE)} "夕阳 ${URL_OF}")\n\n![](../${keptAt(TWO)} "https://i.example/q.png")`,
})
const ORIGINAL = madeStory(1, {
  markdown: `码头上的人不多。\n\n![题](${URL_OF} "夕阳")\n\n![](../${keptAt(TWO)} "https://i.example/q.png")`,
})

let root = ''
const at = (path: string): string => join(root, path)

function put(path: string, content: string | Uint8Array, ageMs = 0): void {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), content)
  const seconds = (Date.now() - ageMs) / 1000
  utimesSync(at(path), seconds, seconds)
}

async function verified(fix: boolean): Promise<{ code: number; problems: Problem[] }> {
  const io = watchedIo()
  const code = await verify({ archive: root, fix, json: true, quiet: true, wait: 0, exclude: [] }, io)
  return { code, problems: objects<Problem>(io.out) }
}

const told = ({ problems }: { problems: Problem[] }): string[] =>
  problems.map(({ path, problem, severity, fixed }) =>
    [path, problem, severity, ...(fixed === null ? [] : ['fixed'])].join(' '),
  )

const DAY_MS = 86_400_000

beforeEach(async () => {
  root = await freshFolder()
  put(STORY.path, STORY.text)
  put(keptAt(ONE), ONE)
  put(keptAt(TWO), TWO)
})

describe('verify of pictures', () => {
  test('finds nothing where each is what its name says', async () => {
    put('media/README.txt', '笔记')
    put('media/ab/notes.txt', '笔记')
    expect(await verified(false)).toEqual({ code: 0, problems: [] })
    const before = await treeOf(root)
    expect(await verified(true)).toEqual({ code: 0, problems: [] })
    expect(await treeOf(root)).toEqual(before)
  })

  test.each<[string, () => void, string]>([
    ['is gone', () => rmSync(at(keptAt(ONE))), STORY.path],
    ['is another one', () => writeFileSync(at(keptAt(ONE)), OTHER), keptAt(ONE)],
    ['lost a letter', () => writeFileSync(at(keptAt(ONE)), ONE.subarray(1)), keptAt(ONE)],
    ['is empty', () => writeFileSync(at(keptAt(ONE)), ''), keptAt(ONE)],
  ])('a picture that %s is a problem; --fix has its address named again', async (_, damage, path) => {
    damage()
    expect(await verified(false)).toMatchObject({
      code: 1,
      problems: [{ path, problem: 'picture', severity: 'problem' }],
    })
    const fixed = await verified(true)
    expect(fixed.code).toBe(0)
    expect(told(fixed)).toContain(`${STORY.path} picture problem fixed`)
    expect(await readFile(at(STORY.path), 'utf8')).toBe(ORIGINAL.text)
    expect((await verified(false)).code).toBe(0)
    expect(existsSync(at(keptAt(TWO)))).toBe(true)
  })

  test.each<[string, () => void]>([
    ['a link', () => symlinkSync('/etc/hostname', at(keptAt(ONE)))],
    ['a folder', () => mkdirSync(at(keptAt(ONE)))],
  ])('%s in the place of a picture is named, and left', async (_, damage) => {
    rmSync(at(keptAt(ONE)))
    damage()
    expect(told(await verified(false)).toSorted()).toEqual(
      [`${STORY.path} picture problem`, `${keptAt(ONE)} link problem`].toSorted(),
    )
    expect(told(await verified(true))).toEqual([`${STORY.path} picture problem fixed`, `${keptAt(ONE)} link problem`])
    expect(await readFile(at(STORY.path), 'utf8')).toBe(ORIGINAL.text)
  })

  test('one that nothing shows is a note, and goes when it is older than a day', async () => {
    put(keptAt(OTHER), OTHER, DAY_MS / 2)
    put(keptAt(PICTURES.gif, 'gif'), PICTURES.gif, 2 * DAY_MS)
    const notes = [keptAt(OTHER), keptAt(PICTURES.gif, 'gif')].toSorted()
    const first = await verified(false)
    expect([first.code, told(first).toSorted()]).toEqual([0, notes.map((path) => `${path} picture note`)])
    const fixed = await verified(true)
    expect([fixed.code, told(fixed)]).toEqual([
      0,
      [`${keptAt(PICTURES.gif, 'gif')} picture note fixed`, `${keptAt(OTHER)} picture note`],
    ])
    expect([existsSync(at(keptAt(OTHER))), existsSync(at(keptAt(PICTURES.gif, 'gif')))]).toEqual([true, false])
  })

  test('one that a former text shows, or a note, or a file that cannot be read, stays', async () => {
    put(keptAt(OTHER), OTHER, 2 * DAY_MS)
    put(`.zaobao/revisions/${STORY.day}/${STORY.id}/1.md`, STORY.text.replaceAll(keptAt(ONE), keptAt(OTHER)))
    expect(await verified(false)).toEqual({ code: 0, problems: [] })
    expect(await verified(true)).toEqual({ code: 0, problems: [] })
    rmSync(at('.zaobao/revisions'), { recursive: true })
    for (const note of ['笔记/图.md', `${STORY.day}/我的笔记.md`, 'index.md']) {
      put(note, `![](../${keptAt(OTHER)})\n`)
      await verified(true)
      expect(existsSync(at(keptAt(OTHER))), note).toBe(true)
      rmSync(at(note))
    }
    const second = madeStory(2)
    put(second.path, Buffer.from([0xff, 0xfe, 0x41]))
    await verified(true)
    expect(existsSync(at(keptAt(OTHER)))).toBe(true)
  })

  test('a changed one is never removed, and a temporary of a dead run is a leftover', async () => {
    put(keptAt(ONE), OTHER, 2 * DAY_MS)
    put('media/ab/.zaobao-0123456789ab-1.tmp', ONE.subarray(0, 9), DAY_MS)
    expect(told(await verified(false))).toContain('media/ab/.zaobao-0123456789ab-1.tmp leftover problem')
    await verified(true)
    expect(existsSync(at(keptAt(ONE)))).toBe(true)
    expect(existsSync(at('media/ab/.zaobao-0123456789ab-1.tmp'))).toBe(false)
    for (const fix of [false, true]) expect(told(await verified(fix))).toEqual([`${keptAt(ONE)} picture note`])
    expect(existsSync(at(keptAt(ONE)))).toBe(true)
  })

  test('a changed one that former texts alone show is a note', async () => {
    put(keptAt(OTHER), ONE, 2 * DAY_MS)
    put(`.zaobao/revisions/${STORY.day}/${STORY.id}/1.md`, STORY.text.replaceAll(keptAt(ONE), keptAt(OTHER)))
    for (const fix of [false, true]) {
      const { code, problems } = await verified(fix)
      expect([code, told({ problems })]).toEqual([0, [`${keptAt(OTHER)} picture note`]])
    }
    expect(existsSync(at(keptAt(OTHER)))).toBe(true)
  })

  test('what cannot be written or removed is told, and the others are mended', async () => {
    rmSync(at(keptAt(ONE)))
    const second = madeStory(2, { markdown: STORY.text.slice(STORY.text.indexOf('码头')).trim() })
    put(second.path, second.text)
    put(keptAt(OTHER), OTHER, 2 * DAY_MS)
    const refused: string[] = [STORY.path, keptAt(OTHER)]
    const store = storeAt(root)
    const unless = <T>(path: string, act: () => Promise<T>): Promise<T> =>
      refused.includes(path) ? Promise.reject(new ArchiveError(message`no`, { isLocal: true })) : act()
    const failing: Store = {
      ...store,
      replace: (path, ...rest) => unless(path, () => store.replace(path, ...rest)),
      remove: (path) => unless(path, () => store.remove(path)),
    }
    const archive = await openArchive(failing, { write: true, keepRevisions: 1, report: () => undefined })
    const problems: Problem[] = []
    const tell = async (problem: Problem) => void problems.push(problem)
    await repairArchive(
      archive,
      openJournal(failing, () => undefined),
      watchedIo(),
      tell,
    )
    expect(told({ problems }).toSorted()).toEqual(
      [...refused.map((path) => `${path} unreadable problem`), `${second.path} picture problem fixed`].toSorted(),
    )
    expect(await readFile(at(second.path), 'utf8')).not.toContain(keptAt(ONE))
  })

  test('one that iCloud took off the machine is there', async () => {
    rmSync(at(keptAt(ONE)))
    put(keptAt(ONE).replace(/[^/]+$/, '.$&.icloud'), 'bplist')
    for (const fix of [false, true]) expect(await verified(fix)).toEqual({ code: 0, problems: [] })
    expect(await readFile(at(STORY.path), 'utf8')).toBe(STORY.text)
  })

  test('one that Git LFS keeps elsewhere is there; a pointer to another is not', async () => {
    const pointerTo = (bytes: Uint8Array) =>
      `version https://git-lfs.github.com/spec/v1\noid sha256:${createHash('sha256').update(bytes).digest('hex')}\nsize ${bytes.length}\n`
    put(keptAt(ONE), pointerTo(ONE))
    expect(await verified(true)).toEqual({ code: 0, problems: [] })
    expect(await readFile(at(STORY.path), 'utf8')).toBe(STORY.text)
    put(keptAt(ONE), pointerTo(OTHER))
    expect(told(await verified(false))).toEqual([`${keptAt(ONE)} picture problem`])
  })

  test('its record reads back to the same file', () => {
    const document = parseDocument(STORY.text)
    const notes = {
      fetched: null,
      updated: null,
      bylines: [],
      keywords: [],
      path: STORY.path,
      revision: 1,
      status: null,
    }
    const record = recordOf(document, notes, readMarkdown)
    expect(record.images.map(({ path }) => path)).toEqual([keptAt(ONE), keptAt(TWO)])
    expect(renderDocument(readRecord(JSON.stringify(record), []))).toBe(STORY.text)
    const { images, ...former } = record
    const bare = images.map(({ url, caption }) => ({ url, caption }))
    expect(renderDocument(readRecord(JSON.stringify({ ...former, images: bare }), []))).toBe(STORY.text)
  })

  test('a link in the place of media/ is told, and nothing behind it is touched', async () => {
    const elsewhere = await freshFolder()
    rmSync(at('media'), { recursive: true })
    symlinkSync(elsewhere, at('media'))
    writeFileSync(join(elsewhere, 'mine.png'), ONE)
    expect((await verified(false)).code).toBe(1)
    await verified(true)
    expect(existsSync(join(elsewhere, 'mine.png'))).toBe(true)
  })
})

describe('import of an archive with pictures', () => {
  async function taken(source: string, dryRun = false): Promise<ImportSummary> {
    const io = watchedIo()
    const options = { archive: root, dryRun, json: true, quiet: true, wait: 0, keepRevisions: 50 }
    expect(await importFolder(source, options, io), io.words).toBe(0)
    return objects<ImportSummary>(io.out)[0]!
  }

  /** The archive of the tests above becomes what is taken in, by an empty one. */
  async function asSource(): Promise<string> {
    const source = root
    root = await freshFolder()
    return source
  }

  test('takes them in, and is done', async () => {
    const source = await asSource()
    expect(await taken(source, true)).toMatchObject({ written: 1, foreign: [] })
    expect(existsSync(at('media'))).toBe(false)
    expect(await taken(source)).toMatchObject({ files: 1, written: 1, foreign: [] })
    expect(await treeOf(root)).toEqual(await treeOf(source))
    expect(await taken(source)).toMatchObject({ unchanged: 1, revised: 0 })
    expect(await verified(false)).toEqual({ code: 0, problems: [] })
  })

  test('names the address of one that is not there, or not what its name says', async () => {
    writeFileSync(at(keptAt(ONE)), OTHER)
    const source = await asSource()
    await taken(source)
    expect(await readFile(at(STORY.path), 'utf8')).toBe(ORIGINAL.text)
    expect(await verified(false)).toEqual({ code: 0, problems: [] })
  })

  test('of a text that is there without them is no other text: the pictures come to it, and stay', async () => {
    const source = await asSource()
    const bare = ORIGINAL.text.replace(`../${keptAt(TWO)} "https://i.example/q.png"`, 'https://i.example/q.png')
    put(STORY.path, bare)
    expect(await taken(source)).toMatchObject({ unchanged: 1, revised: 0, kept: [] })
    expect(await treeOf(root)).toEqual(await treeOf(source))
    const old = await freshFolder()
    writeFileSync(join(old, 'a.md'), bare)
    expect(await taken(old)).toMatchObject({ unchanged: 1, revised: 0, kept: [] })
    expect(await treeOf(root)).toEqual(await treeOf(source))
  })
})
