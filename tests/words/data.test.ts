import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../src/program.ts'
import { speak } from '../../src/words/words.ts'
import { testIo } from '../support/io.ts'
import { drupal8Page, PAGES, type PageStory } from '../support/pages.ts'
import { folder } from '../support/program.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

let site: Site
const home = folder()

const pathOf = (number: number): string => `/realtime/china/story20260228-${9_100_000 + number}`
const STORIES: readonly PageStory[] = [1, 2, 3].map((number) => ({
  title: `第${number}号渡口消息`,
  url: pathOf(number),
  published: '2026-02-28T00:00:00.000Z',
  bodyHtml: `<p>第${number}号渡口今天复航，首班船坐满了人。</p><p>船公司说票价不变，学生半价。</p>`,
}))

beforeAll(async () => {
  site = await serveSite()
  const stories = STORIES.map((story) => ({ ...story, url: `${site.server.origin}${story.url}` }))
  for (const story of stories) site.pages.set(new URL(story.url).pathname, drupal8Page(story))
  // One witness against a page: the headline that its source shows.
  const [first] = stories
  const body = '<p>河上起了大雾，渡船停航半天，乘客改走大桥。</p><p>气象台说午后转晴，明天照常开船。</p>'
  if (first !== undefined)
    site.pages.set(STORIES[0]!.url, drupal8Page({ ...first, title: '大雾封江半天', bodyHtml: body }))
  const [unread, missing] = [4, 5].map((number) => ({ ...stories[0]!, url: `${site.server.origin}${pathOf(number)}` }))
  site.pages.set(pathOf(4), '<html><body><div id="x">没有版式</div></body></html>')
  site.pages.set('/feed.xml', rsshubFeed([...stories, unread!, missing!]))
  site.pages.set('/page.xml', '<html><body>你好</body></html>')
})

afterAll(async () => {
  await speak('en')
  await site.server.close()
  home.remove()
})

/** The files of an archive but the program's own, path to text. */
function filesIn(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  return Object.fromEntries(names.toSorted().map((name) => [name, readFileSync(join(root, name), 'utf8')]))
}

/** What each command writes to stdout, and the archive that is left. */
async function dataIn(language: string): Promise<unknown> {
  const cwd = join(home.path, language)
  mkdirSync(cwd)
  writeFileSync(join(cwd, 'page.html'), PAGES.reactB2(STORIES[1]!).replace('</article>', ''))
  const feed = ['--feed', `${site.server.origin}/feed.xml`, '--allow-private', '--rate', '1000/s', '--max-gap', '0']
  const said: string[] = []
  const outputs: Record<string, string> = {}
  const ran = async (...args: string[]): Promise<void> => {
    const io = { ...testIo(cwd, Date.UTC(2026, 2, 1)), env: { LANG: language } }
    await run(args, io)
    outputs[args.join(' ')] = io.out.toSorted().join('')
    said.push(io.err.join(''))
  }
  await ran('fetch', '--json', '--dry-run', ...feed)
  await ran('fetch', '--json', '--failures', 'failures.ndjson', '--feed', `${site.server.origin}/page.xml`, ...feed)
  await ran('fetch', '--quiet', ...feed)
  await ran('status', '--json')
  cpSync(join(cwd, 'archive'), join(cwd, 'old'), { recursive: true })
  const [day = ''] = readdirSync(join(cwd, 'old')).filter((name) => /^\d/.test(name))
  writeFileSync(join(cwd, 'old', day, `${day}-77-x.md`), '---\nlayout: [\n---\n')
  writeFileSync(join(cwd, 'old', day, `${day}-78-y.md`), 'text')
  await ran('export')
  await ran('verify', '--archive', 'old', '--json')
  await ran('verify', '--archive', 'old', '--fix', '--json')
  await ran('import', 'old', '--archive', 'taken', '--json')
  await ran(
    'convert',
    'page.html',
    '--url',
    'https://www.zaobao.com.sg/realtime/china/story20260228-9100002',
    '--format',
    'json',
  )
  await ran('items', `${site.server.origin}/feed.xml`, '--allow-private')
  await ran('schema')
  await ran('schema', 'config')
  const journal = readFileSync(join(cwd, 'archive/.zaobao/journal', `${day}.ndjson`), 'utf8')
  const failures = readFileSync(join(cwd, 'failures.ndjson'), 'utf8').split('\n').toSorted()
  const state = JSON.parse(readFileSync(join(cwd, 'archive/.zaobao/state.json'), 'utf8')) as unknown
  return {
    outputs,
    files: filesIn(join(cwd, 'archive')),
    journal: journal.split('\n').toSorted(),
    failures,
    state,
    said,
  }
}

/** What `status` says of the archive of another language's run. */
async function statusIn(language: string, of: string): Promise<string> {
  const io = { ...testIo(join(home.path, of), Date.UTC(2026, 2, 1)), env: { LANG: language } }
  await run(['status'], io)
  return io.out.join('')
}

test('data are the same in every language, doubts in records included; words are not', async () => {
  const [english, chinese] = [await dataIn('C'), await dataIn('zh_CN.UTF-8')] as [Told, Told]
  const { said: inEnglish, ...own } = english
  const { said: inChinese, ...other } = chinese
  expect(other).toEqual(own)
  expect(JSON.stringify(own.outputs)).toMatch(/"doubt\\":\\"the/)
  expect(inChinese.join('')).toMatch(/存疑/)
  expect(inChinese).not.toEqual(inEnglish)
  // Why something failed is said in the language of who asks, whichever the run spoke that met it.
  for (const language of ['C', 'zh_CN.UTF-8'])
    expect(await statusIn(language, 'zh_CN.UTF-8')).toBe(await statusIn(language, 'C'))
  expect(await statusIn('C', 'zh_CN.UTF-8')).toMatch(/status 404[^]*unclaimed: no page layout/)
  expect(await statusIn('zh_CN.UTF-8', 'C')).toMatch(/状态码 404[^]*版式不认得：/)
})

interface Told {
  outputs: Record<string, string>
  said: string[]
}
