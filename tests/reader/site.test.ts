import {
  existsSync,
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../src/edge/store/open.ts'
import { fileOf } from '../../src/core/reader/files.ts'
import { routeOf } from '../../src/core/reader/routes.ts'
import { hashOf } from '../../src/pipeline/site/folder.ts'
import { HOSTILE, HOSTILE_TITLES } from '../publish/support/hostile.ts'
import { illFormed } from '../publish/support/xml.ts'
import { call } from '../support/program.ts'
import { LAST_DAY, writeArchive, writer } from './support/archive.ts'
import { faultsIn } from './support/faults.ts'
import { serveArchive } from './support/served.ts'
import { fileFrom, filesIn, shapeOf } from './support/site.ts'

const home = mkdtempSync(join(tmpdir(), 'zaobao-site-'))
const root = join(home, 'archive')
const public_ = join(home, 'public')
let ids: Awaited<ReturnType<typeof writeArchive>>
/** The site of `root`, which no test changes. */
let published: ReturnType<typeof filesIn>

const PAPER = fileOf({ kind: 'paper', name: '联合早报', before: null }) ?? ''

const write = (place = 'public', archive = 'archive') =>
  call(['export', '--site', place, '--archive', archive], { cwd: home })

/** What a run said of files: all, written, removed. */
const counted = ({ stderr }: { stderr: string }): number[] =>
  (/^export: (.*)$/m.exec(stderr)?.[1]?.replaceAll(',', '').match(/\d+/g) ?? []).map(Number)

beforeAll(async () => {
  mkdirSync(root)
  ids = await writeArchive(root, 20)
  expect((await write()).code).toBe(0)
  published = filesIn(public_)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('the pages', () => {
  test('are those of serve, but for where they stand and for what asks a server', async () => {
    const served = await serveArchive(root)
    const own = `${LAST_DAY}/${ids.bridge}`
    const paths = ['/', '/2026-11', '/2026', '/months', '/sections', '/2024-05-10', '/2026-10-03']
    for (const path of [...paths, `/${own}`, `/${own}/changes`, `/${own}/changes/1`, `/${LAST_DAY}/${ids.away}`]) {
      const there = fileOf(routeOf(new URL(path, 'http://reader.invalid'))!) ?? ''
      const toFile = (address: string): string => {
        const route = address.startsWith('/') ? routeOf(new URL(address, 'http://reader.invalid')) : null
        return route === null ? address : (fileOf(route) ?? 'nowhere')
      }
      const isOfServer = (name: string, attributes: Record<string, string>): boolean =>
        ['/status', '?pictures=remote'].some((end) => attributes['href']?.endsWith(end) === true) ||
        ['日内栏目', 'Sections of the day'].includes(attributes['aria-label'] ?? '') ||
        (name === 'aside' && !['/', '/2024-05-10'].includes(path)) ||
        (name === 'p' && attributes['class'] === 'quiet')
      const isOfSite = (name: string, attributes: Record<string, string>): boolean =>
        (name === 'meta' &&
          ['http-equiv', 'referrer'].some((key) => key in attributes || attributes['name'] === key)) ||
        (name === 'p' && attributes['class'] === 'quiet')
      const wide = (line: string): string => line.replace('class=two', 'class=one')
      const html = (await served.get(path, { 'accept-language': 'en' })).text
      const file = published.get(there)?.toString() ?? ''
      const ours = shapeOf(file, (address) => fileFrom(there, address) ?? address, isOfSite).map(wide)
      expect(ours.length).toBeGreaterThan(60)
      expect([path, ours]).toEqual([path, shapeOf(html, toFile, isOfServer).map(wide)])
    }
    await served.stop()
  })

  test('lead to files that are there, by names that every system takes', () => {
    const files = published
    const missing: string[] = []
    let links = 0
    for (const [file, bytes] of files) {
      expect(file).toMatch(/^(?:\.nojekyll|[a-z\d][a-z\d.-]*(?:\/[a-z\d][a-z\d.-]*){0,2})$/)
      expect(file).not.toMatch(/(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)\./)
      if (!file.endsWith('.html')) continue
      shapeOf(bytes.toString(), (address) => {
        const to = fileFrom(file, address)
        if (to !== null) links += 1
        if (to !== null && !files.has(to)) missing.push(`${file} ${address}`)
        return ''
      })
    }
    expect(missing).toEqual([])
    expect(links).toBeGreaterThan(3000)
    expect(
      illFormed([...files].filter(([name]) => name.endsWith('.atom')).map(([, bytes]) => bytes.toString())),
    ).toEqual([])
    expect([...files.keys()].filter((name) => name.endsWith('.png'))).toHaveLength(5)
  })

  test('hold each story of a paper once, on one page of its list', () => {
    const files = published
    const found = new Map<string, number>()
    for (let at: string | null = PAPER; at !== null;) {
      const html: string = files.get(at)?.toString() ?? ''
      for (const [, id = ''] of html.matchAll(/<a class="to" href="[\d-]+\/(\w+)\.html"/g))
        found.set(id, (found.get(id) ?? 0) + 1)
      at = /<a href="([^"]*)" rel="next">/.exec(html)?.[1] ?? null
    }
    const wanted = [...files].filter(
      ([name, bytes]) => /^[\d-]+\/\w+\.html$/.test(name) && !name.includes('-changes') && bytes.includes(`${PAPER}"`),
    )
    expect([...found.keys()].toSorted()).toEqual(wanted.map(([name]) => name.slice(11, -5)).toSorted())
    expect([...found.values()].every((count) => count === 1)).toBe(true)
    expect(
      [...files.keys()].filter((name) => name.startsWith(PAPER.replace('.html', '-before-'))).length,
    ).toBeGreaterThan(0)
  })

  test('of hostile stories run nothing', async () => {
    mkdirSync(join(home, 'hostile'))
    const to = await writer(join(home, 'hostile'))
    for (const [n, markdown] of HOSTILE.entries()) {
      const title = HOSTILE_TITLES[n % HOSTILE_TITLES.length] ?? ''
      const url = `https://www.zaobao.com.sg/${encodeURIComponent(title.replace(/\p{Cs}/gu, '') || '..')}/../story20260203-${9_000_000 + n}`
      await to.story('2026-02-03', n, {
        markdown,
        title,
        url,
        former: [{ title, markdown: HOSTILE.at(-n) ?? '' }],
        author: title || '..',
      })
    }
    expect((await write('hostile-site', 'hostile')).code).toBe(0)
    const files = [...filesIn(join(home, 'hostile-site'))]
    const pages = files.filter(([name]) => name.endsWith('.html'))
    expect(pages.length).toBeGreaterThan(2 * HOSTILE.length)
    for (const [name, bytes] of pages) {
      expect([name, faultsIn(bytes.toString())]).toEqual([name, []])
      expect(bytes.toString()).toMatch(
        /^<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'self'; /,
      )
    }
  })
})

describe('a run', () => {
  /** An archive of fewer stories, and its site, which no test changes. */
  const small = { archive: join(home, 'small', 'a'), site: join(home, 'small', 's') }
  let written: ReturnType<typeof filesIn>
  beforeAll(async () => {
    mkdirSync(small.archive, { recursive: true })
    expect(await writeArchive(small.archive, 18, 3)).toEqual(ids)
    expect((await write(small.site, small.archive)).code).toBe(0)
    written = filesIn(small.site)
  })

  const copy = (name: string): { archive: string; site: string } => {
    const place = join(home, name)
    cpSync(small.archive, join(place, 'a'), { recursive: true, preserveTimestamps: true })
    cpSync(small.site, join(place, 's'), { recursive: true, preserveTimestamps: true })
    return { archive: join(place, 'a'), site: join(place, 's') }
  }

  test('writes what is other, and no more; removes what it wrote, and no more', async () => {
    const { archive, site } = copy('again')
    const all = filesIn(site)
    expect(counted(await write(site, archive))).toEqual([all.size, 0, 0])
    writeFileSync(join(site, 'CNAME'), 'news.example\n')
    mkdirSync(join(site, '2026-11-27'))
    writeFileSync(join(site, '2026-11-27', 'mine.html'), 'mine')
    const to = await writer(archive)
    const id = await to.story('2026-11-27', 1, { title: '江心洲渡船复航' })
    const [, more = 0, removed] = counted(await write(site, archive))
    // The story and its day, the story before it and its day; lists, months, feeds; the last segment of the index.
    const later = filesIn(site)
    const index = [...later.keys()].filter((name) => name.startsWith('search/')).length
    expect(more - index).toBeLessThan(70)
    expect(removed).toBeGreaterThan(0)
    expect(later.get(`2026-11-27/${id}.html`)?.toString()).toContain('江心洲渡船复航')
    for (const [name, bytes] of all) if (/^2026-10-\d\d\//.test(name)) expect(later.get(name)?.equals(bytes)).toBe(true)
    rmSync(join(archive, '2026-11-27'), { recursive: true })
    expect((await write(site, archive)).code).toBe(0)
    const last = filesIn(site)
    expect([last.get('CNAME')?.toString(), last.get('2026-11-27/mine.html')?.toString()]).toEqual([
      'news.example\n',
      'mine',
    ])
    const ours = [...last].filter(([name]) => !/CNAME|mine/.test(name))
    expect(ours.map(([name]) => name)).toEqual([...all.keys()])
    for (const [name, bytes] of ours) expect([name, bytes.equals(all.get(name)!)]).toEqual([name, true])
  })

  test('writes former texts as they stand, though nothing else is other: one that is gone, one that is mended', async () => {
    const { archive, site } = copy('former')
    const former = join(archive, '.zaobao', 'revisions', LAST_DAY, ids.bridge)
    const second = readFileSync(join(former, '2.md'), 'utf8')
    for (const [n, change] of [
      () => rmSync(join(former, '1.md')),
      () => writeFileSync(join(former, '2.md'), second.replace('市政局', '浮桥')),
    ].entries()) {
      change()
      expect((await write(site, archive)).code).toBe(0)
      const fresh = join(site, '..', `fresh ${n}`)
      await write(fresh, archive)
      const [ours, theirs] = [filesIn(site), filesIn(fresh)]
      expect([...ours.keys()]).toEqual([...theirs.keys()])
      for (const [name, bytes] of theirs) expect([name, ours.get(name)?.equals(bytes)]).toEqual([name, true])
    }
  })

  test('has a picture that was damaged when it is mended', async () => {
    const { archive } = copy('damaged')
    const site = join(archive, '..', 'anew')
    const [name = ''] = [...written.keys()].filter((file) => file.startsWith('media/'))
    const whole = readFileSync(join(archive, name))
    writeFileSync(join(archive, name), whole.subarray(0, 400))
    expect((await write(site, archive)).code).toBe(0)
    expect(existsSync(join(site, name))).toBe(false)
    writeFileSync(join(archive, name), whole)
    expect((await write(site, archive)).code).toBe(0)
    expect(readFileSync(join(site, name))).toEqual(whole)
  })

  test('brings back what is gone of its own, and leaves what is like it as it stands', async () => {
    const { archive, site } = copy('gone')
    const page = join(site, `${LAST_DAY}/${ids.bridge}.html`)
    const before = statSync(join(site, `${LAST_DAY}.html`)).mtimeMs
    rmSync(page)
    expect(counted(await write(site, archive)).slice(1)).toEqual([1, 0])
    expect(readFileSync(page, 'utf8')).toContain('百年铁桥')
    expect(statSync(join(site, `${LAST_DAY}.html`)).mtimeMs).toBe(before)
  })

  const LIST = join('.zaobao-site', 'files.ndjson')
  const line = (files: unknown): string => `${JSON.stringify({ group: 'x', key: 'x', files, data: null })}\n`

  /** The line of a day as it was before it told how many stories it has of what. */
  const uncounted = (text: string): string => {
    const { group, key, files, data } = JSON.parse(text)
    const { of: _, ...other } = data
    return JSON.stringify({ sum: hashOf([group, key, files, other]), group, key, files, data: other })
  }

  test.each<[string, (list: string) => string]>([
    ['names what stands elsewhere', (list) => list + line(['../mine', '/mine', 'a/../../mine'])],
    ['names what no site has', (list) => list + line(['CNAME', '.git/config', LIST, '', 5, null])],
    ['has lines that tell of no files', (list) => `${list}5\n"s"\n[]\n{}\n${line('abc')}${line(null)}`],
    ['tells less of days', (list) => list.replaceAll(/"data":\{"marks.*(?=\}$)/gm, '"data":{"marks":"x"}')],
    ['tells of no stories', (list) => list.replaceAll(/"of":\{.*\}(?=,"pictures)/g, '"of":{"section":[],"paper":[]}')],
    ['was written before stories were counted', (list) => list.replaceAll(/^.*"of".*$/gm, uncounted)],
    ['is of an earlier make', (list) => list.replaceAll(/"sum":"\w+",/g, '')],
    ['has the ends of lines of Windows', (list) => list.replaceAll('\n', '\r\n')],
  ])('of which the list %s writes what it should, and touches nothing else', async (name, damage) => {
    const { archive, site } = copy(`list ${name}`)
    const mine = [join(site, 'CNAME'), join(site, '..', 'mine'), join(site, '.git', 'config')]
    mkdirSync(join(site, '.git'))
    for (const place of mine) writeFileSync(place, 'mine')
    const list = readFileSync(join(site, LIST), 'utf8')
    expect(damage(list)).not.toBe(list)
    writeFileSync(join(site, LIST), damage(list))
    for (const _ of ['the run', 'the next']) {
      expect(await write(site, archive)).toMatchObject({ code: 0 })
      const files = filesIn(site)
      for (const [file, bytes] of written) expect([file, files.get(file)?.equals(bytes)]).toEqual([file, true])
    }
    for (const place of mine) expect(readFileSync(place, 'utf8')).toBe('mine')
  })

  test('waits for no other that writes the same site, which is named', async () => {
    const { archive, site } = copy('held')
    const store = openStore(site, '/')
    const lock = await store.lock('.zaobao-site', {
      now: Date.now,
      sleep: async () => undefined,
      signal: new AbortController().signal,
      waitMs: 0,
    })
    const { code, stderr } = await write(site, archive)
    await lock.release()
    expect([code, stderr]).toEqual([75, `zaobao-archiver: another run writes the site ${site}; try later\n`])
  })

  test('speaks the language of the program', async () => {
    const made = await call(['export', '--site', 'zh', '--archive', small.archive], {
      cwd: home,
      env: { ZAOBAO_LANG: 'zh' },
    })
    expect(made).toMatchObject({ code: 0, stdout: '' })
    const html = readFileSync(join(home, 'zh', 'search.html'), 'utf8')
    expect(html).toContain('<html lang="zh-Hans">')
    expect(html).toContain('<noscript><p>搜索需要 JavaScript')
  })

  test('names a story that cannot be read, and writes the others', async () => {
    const { archive, site } = copy('broken')
    const path = (await (await writer(archive)).archive.find({ id: ids.away, day: LAST_DAY })) ?? ''
    writeFileSync(join(archive, path), 'no front matter')
    const { code, stderr } = await write(site, archive)
    expect([code, stderr.split(path).length]).toEqual([1, 2])
    expect(filesIn(site).has(`${LAST_DAY}/${ids.away}.html`)).toBe(false)
    expect((await write(site, archive)).code).toBe(0)
  })

  test('does without pictures that cannot be read, which the next run has', async () => {
    const { archive, site } = copy('no pictures')
    rmSync(site, { recursive: true })
    const folders = readdirSync(join(archive, 'media'))
    const [folder = ''] = folders
    renameSync(join(archive, 'media', folder), join(archive, '..', folder))
    symlinkSync(join(archive, '..', folder), join(archive, 'media', folder))
    expect((await write(site, archive)).code).toBe(0)
    expect(readdirSync(join(site, 'media'))).toEqual(folders.slice(1))
    rmSync(join(archive, 'media', folder))
    renameSync(join(archive, '..', folder), join(archive, 'media', folder))
    expect((await write(site, archive)).code).toBe(0)
    expect(readdirSync(join(site, 'media'))).toEqual(folders)
  })

  test('says once what of the notes is damaged', async () => {
    const { archive, site } = copy('damaged notes')
    appendFileSync(join(archive, '.zaobao', 'journal', `${LAST_DAY}.ndjson`), '{"id":\n')
    const { code, stderr } = await write(site, archive)
    expect([code, stderr.split('1 damaged line passed over').length - 1]).toEqual([0, 1])
  })

  test('of a story that cannot be read shows no former text as that of another', async () => {
    const { archive, site } = copy('broken former')
    const to = await writer(archive)
    const told = (markdown: string) => ({ former: [{ markdown }], markdown: `${markdown}\n\n明日恢复。` })
    const lost = await to.story('2026-11-27', 0, told('渡口停航。'))
    const next = await to.story('2026-11-27', 1, told('轮渡加班。'))
    const path = (await to.archive.find({ id: lost, day: '2026-11-27' })) ?? ''
    writeFileSync(join(archive, path), 'no front matter')
    expect((await write(site, archive)).code).toBe(1)
    const first = readFileSync(join(site, '2026-11-27', `${next}-changes-1.html`), 'utf8')
    expect(first).toContain('轮渡加班')
    expect(first).toContain('This is the first text that is kept')
    expect(first).not.toContain('渡口停航')
  })

  test('an archive without a story has a site', async () => {
    mkdirSync(join(home, 'empty'))
    expect((await write('empty-site', 'empty')).code).toBe(0)
    expect(readFileSync(join(home, 'empty-site', 'index.html'), 'utf8')).toContain('The archive holds no story')
  })
})

describe('a folder that is not its own', () => {
  test.each([
    [
      'has other files',
      'other',
      () => (mkdirSync(join(home, 'other')), writeFileSync(join(home, 'other', 'a.txt'), 'a')),
      /other holds what is no site of this program \(a\.txt\)/,
    ],
    ['is the archive', 'archive', () => undefined, /archive is the archive itself/],
    ['is a file', 'file', () => writeFileSync(join(home, 'file'), ''), /file is a file, not a folder/],
    [
      'has a file of another where a page is to stand',
      'taken',
      () => {
        cpSync(public_, join(home, 'taken'), { recursive: true })
        const list = join(home, 'taken', '.zaobao-site', 'files.ndjson')
        writeFileSync(
          list,
          readFileSync(list, 'utf8')
            .replace(`"${LAST_DAY}.html",`, '')
            .replace(/"key":"\w+"/g, '"key":null'),
        )
        writeFileSync(join(home, 'taken', `${LAST_DAY}.html`), 'mine')
      },
      /2026-11-26\.html is not of this site/,
    ],
    [
      'leads out by a link',
      'linked',
      () => {
        cpSync(public_, join(home, 'linked'), { recursive: true })
        renameSync(join(home, 'linked', LAST_DAY), join(home, 'outside'))
        rmSync(join(home, 'outside', `${ids.bridge}.html`))
        symlinkSync(join(home, 'outside'), join(home, 'linked', LAST_DAY))
      },
      /link/,
    ],
  ])('%s: it is refused, and stays as it is', async (_, place, make, why) => {
    make()
    // As text: bytes would be compared one by one, each as a value.
    const textsIn = () => [...filesIn(join(home, place))].map(([name, bytes]) => [name, bytes.toString('latin1')])
    const before = place === 'file' ? null : textsIn()
    const { code, stderr } = await write(place)
    expect([code === 2 || code === 4, stderr]).toEqual([true, expect.stringMatching(why)])
    if (before !== null && place !== 'archive') expect(textsIn()).toEqual(before)
  })

  test.each(['--since 7d', '--format atom', '2026-11', '--section china', '--output x'])(
    'goes with no %s',
    async (more) => {
      const { code, stderr } = await call(['export', '--site', 'never', ...more.split(' ')], { cwd: home })
      expect([code, stderr]).toEqual([2, expect.stringContaining('--site takes all of an archive')])
    },
  )
})
