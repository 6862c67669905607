import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Hit } from '../../src/core/search/hit.ts'
import { search } from '../../src/commands/search.ts'
import { MOST_COUNTED } from '../../src/pipeline/search/search.ts'
import { madeStory } from '../archive/support/documents.ts'
import { serveArchive } from '../reader/support/served.ts'
import { testIo } from '../support/io.ts'
import { call, folder, program } from '../support/program.ts'

const home = folder()
const long = '沿岸居民届时可以骑车过桥。'.repeat(20)

beforeAll(() => {
  const stories = [
    madeStory(1, { title: '海湾大桥合龙', markdown: `${long}\n\n總領事館說，５Ｇ基站先行。`, day: '2021-11-10' }),
    madeStory(2, { title: '渡轮停航', markdown: '大桥通车之后，渡轮停航。', day: '2021-11-11' }),
    madeStory(3, { title: '大桥、大桥', markdown: '大桥收费，大桥限速。', day: '2021-11-09' }),
    madeStory(4, { title: '终端', markdown: '带\u001B[31m红色\u001B]0;标题\u0007的\u202E文字。', day: '2021-11-12' }),
  ]
  const abroad = madeStory(5, { title: '河口', markdown: '河口涨潮。', day: '2021-11-12' })
  abroad.text = abroad.text.replaceAll(/https:\S+?(?=\)|$)/gm, 'https://news.example.org/Southeast%20Asia/5.html')
  const french = madeStory(6, { title: '水闸', markdown: '水闸开放。', day: '2021-11-12' })
  french.text = french.text.replaceAll(/https:\S+?(?=\)|$)/gm, 'https://www.rfi.fr/cn/中国/20211112-水闸开放')
  for (const { day, path, text } of [...stories, abroad, french]) {
    mkdirSync(join(home.path, 'archive', day), { recursive: true })
    writeFileSync(join(home.path, 'archive', path), text)
  }
})
afterAll(() => home.remove())

const searched = (...args: string[]) => call(['search', ...args], { cwd: home.path })

describe('search prints', () => {
  test('when, what, where in the text, and the file; how many on stderr', async () => {
    expect(await searched('渡轮')).toEqual({
      code: 0,
      stdout:
        '2021-11-11 10:02  渡轮停航\n  大桥通车之后，渡轮停航。\n  archive/2021-11-11/2021-11-11-1212002-渡轮停航.md\n',
      stderr: '1 story\n',
    })
    const { stdout, stderr } = await searched('大桥', '--limit', '2')
    expect(stdout.match(/^\d{4}-.*$/gm)).toEqual(['2021-11-11 10:02  渡轮停航', '2021-11-10 10:01  海湾大桥合龙'])
    expect(stderr).toBe('3 stories, the newest 2 of them shown\n')
    expect((await searched('--quiet', '大桥')).stderr).toBe('')
  })

  test('the best first where that is asked for', async () => {
    const { stdout, stderr } = await searched('大桥', '--best', '--limit', '1')
    expect([stdout.split('\n')[0], stderr]).toEqual([
      '2021-11-09 10:03  大桥、大桥',
      '3 stories, the best 1 of them shown\n',
    ])
  })

  test('how many there are, and no more', async () => {
    expect(await searched('大桥', '--count')).toEqual({ code: 0, stdout: '3\n', stderr: '' })
    expect(await searched('大桥', '--count', '--json')).toEqual({ code: 0, stdout: '{"count":3}\n', stderr: '' })
    expect(await searched('桥大', '--count')).toEqual({ code: 1, stdout: '0\n', stderr: '' })
  })

  test('nothing where nothing is found: exit 1', async () => {
    expect(await searched('缆车')).toEqual({ code: 1, stdout: '', stderr: '0 stories\n' })
  })

  test('no more are counted than are shown and some; all where that is asked for', async () => {
    const stories = Array.from({ length: MOST_COUNTED + 2 }, (_, n) => ({
      day: '2021-11-10',
      text: '大桥。',
      title: `${n}`,
    }))
    const own = folder()
    onTestFinished(() => own.remove())
    mkdirSync(join(own.path, 'archive'))
    for (const { title, text, day } of stories) {
      const story = madeStory(1_300_000 + Number(title), { title, markdown: text, day })
      mkdirSync(join(own.path, 'archive', day), { recursive: true })
      writeFileSync(join(own.path, 'archive', story.path), story.text)
    }
    const of = async (...args: string[]) => (await call(['search', '大桥', ...args], { cwd: own.path })).stderr
    expect(await of()).toBe(`more than ${MOST_COUNTED} stories, the newest 20 of them shown\n`)
    expect(await of('--limit', '1001')).toBe('more than 1001 stories, the newest 1001 of them shown\n')
    expect(await of('--limit', '2000')).toBe(`${stories.length} stories\n`)
    expect((await call(['search', '大桥', '--count'], { cwd: own.path })).stdout).toBe(`${stories.length}\n`)
  })

  test('hits that its schema describes, with places in the text as it stands', async () => {
    const schema = JSON.parse((await call(['schema', 'hit'], { cwd: home.path })).stdout) as object
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
    addFormats.default(ajv)
    const isValid = ajv.compile(schema)
    const { stdout, stderr } = await searched('总领事馆 5g', '大桥', '--json')
    expect(stderr).toBe('')
    const hit = JSON.parse(stdout) as Hit
    expect([isValid(hit), isValid.errors]).toEqual([true, null])
    const { text, places } = hit.excerpt
    expect(text).toMatch(/^…沿.*总|^….*總領事館說，５Ｇ基站先行。$/)
    expect(places.map(([start, end]) => text.slice(start, end))).toEqual(['總領事館', '５Ｇ'])
    expect(hit.places.map(([start, end]) => hit.title.slice(start, end))).toEqual(['大桥'])
  })

  test('a faulty query as the words in it, which is said', async () => {
    const { code, stdout, stderr } = await searched('"渡轮')
    expect([code, stdout.split('\n')[0]]).toEqual([0, '2021-11-11 10:02  渡轮停航'])
    expect(stderr).toBe('the query is searched as plain text: a quotation mark is not closed\n1 story\n')
  })

  test.each(['section:"Southeast Asia"', '栏目：“southeast　asia” 涨潮', 'section:Southeast%20Asia'])(
    'and `serve`, what stands in a section with a blank in its name: %s',
    async (query) => {
      expect((await searched(query, '--json')).stdout).toContain('"section":"Southeast%20Asia"')
      const served = await serveArchive(join(home.path, 'archive'))
      const { text } = await served.get(`/search?q=${encodeURIComponent(query)}`, { 'accept-language': 'en' })
      await served.stop()
      expect(text).toContain('河口')
    },
  )

  test.each(['体育', '"Southeast Asia"', '"traditional chinese"'])(
    'a section that is known by what pages call it: %s',
    async (name) => {
      expect(await searched(`大桥 section:${name}`)).toEqual({ code: 1, stdout: '', stderr: '0 stories\n' })
    },
  )

  test.each([
    'section:rfi:china',
    'section:RFI:news',
    'section:rfi:all',
    'section:"China (rfi)"',
    '栏目：“中國 (rfi)”',
  ])('and `serve`, what stands in a section of a paper that is not the first: %s', async (query) => {
    expect(JSON.parse((await searched(query, '--json')).stdout)).toMatchObject({ title: '水闸', section: 'cn/中国' })
    expect((await searched(`${query} publisher:dw`)).stderr).toBe('0 stories\n')
    const served = await serveArchive(join(home.path, 'archive'))
    const { text } = await served.get(`/search?q=${encodeURIComponent(query)}`, { 'accept-language': 'en' })
    await served.stop()
    expect(text).toContain('水闸')
  })

  test.each([
    [
      '大桥 section:chna',
      'no section and no path that is known is called "chna"; sections are china, singapore, world, finance, sea, sports, news, trad, simp',
    ],
    ['publisher:联合早报', 'no paper that is known is called "联合早报"; papers are zaobao, rfi, dw, bbc'],
  ])('which names there are, where none is found by that of %s', async (query, words) => {
    expect(await searched(query)).toEqual({ code: 1, stdout: '', stderr: `0 stories\n${words}\n` })
    expect((await searched('--quiet', query)).stderr).toBe('')
  })

  test.each(['section:china 缆车', 'section:realtime/china 缆车', '-publisher:bbc 缆车'])(
    'nothing more of %s',
    async (query) => {
      expect((await searched(query)).stderr).toBe('0 stories\n')
    },
  )

  test.each(['', 'notes.txt'])('that a folder holds no stories, and writes nothing into it: %j', async (name) => {
    const other = folder()
    if (name !== '') writeFileSync(join(other.path, name), '')
    const args = ['search', '大桥', '--archive', '.']
    expect(await call(args, { cwd: other.path })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'search: . holds no stories\n',
    })
    expect(readdirSync(other.path)).toEqual(name === '' ? [] : [name])
    other.remove()
  })

  test('what is not to be there, given as an option would be', async () => {
    expect((await searched('大桥', '-渡轮', '--limit', '1', '-收费')).stdout).toContain('海湾大桥合龙')
    expect((await searched('大桥', '-渡轮', '-收费', '--count')).stdout).toBe('1\n')
  })
})

test('on a terminal what was looked for is bold, and nothing of a story is an order to it', async () => {
  const io = { ...testIo(home.path), outputColumns: () => 80 }
  const options = { archive: 'archive', json: false, quiet: true, best: false, limit: 9, count: false, refresh: false }
  await search('渡轮', options, io)
  expect(io.out.join('')).toContain('\u001B[1m渡轮\u001B[22m停航\n  大桥通车之后，\u001B[1m渡轮\u001B[22m停航。\n')
  io.out.length = 0
  await search('红色', options, io)
  expect(io.out.join('').replaceAll(/\u001B\[(?:1|22)m/g, '')).toMatch(
    /^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]+$/,
  )
  expect(io.out.join('')).toContain('\u001B[1m红色\u001B[22m')
  const plain = { ...testIo(home.path), outputColumns: () => 80, env: { NO_COLOR: '1' } }
  await search('渡轮', options, plain)
  expect(plain.out.join('')).not.toContain('\u001B')
})

describe('it is refused', () => {
  test.each([
    [['　'], 2, 'there is nothing to search for in "　"'],
    [['大桥', '--limit', '0'], 2, '--limit: "0": write a whole number above 0'],
    [['大桥', '--archive', 'none'], 4, 'there is no archive at none; fetch makes one, --archive names another'],
  ])('%j', async (args, code, words) => {
    expect(await searched(...args)).toEqual({ code, stdout: '', stderr: `zaobao-archiver: ${words}\n` })
  })

  test.each([[['大桥', '--limt', '1']], [['--limt=1', '大桥']]])('an option that there is not: %j', async (args) => {
    const { code, stderr } = await searched(...args)
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^zaobao-archiver: unknown option '--limt(=1)?' \(did you mean --limit\?\)/),
    ])
  })
})

test('as it is published, it prints to a pipe what it prints, and no warning of Node', async () => {
  const { code, stdout, stderr } = await program(['search', '渡轮', '--json'], { cwd: home.path })
  expect([code, stderr, (JSON.parse(stdout) as Hit).title]).toEqual([0, '', '渡轮停航'])
})
