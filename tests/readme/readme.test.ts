import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'jsonc-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { testIo } from '../support/io.ts'
import { folder, program } from '../support/program.ts'
import { type Block, blocksOf, hasToolsOf, type Step, stepsOf, writeCommand, writeNpx } from '../support/recipes.ts'
import { makeCertificate, serveProxy, type TestCertificate } from '../support/server.ts'
import { serveSite, type Site } from '../support/site.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

const english = blocksOf(read('README.md'))
const chinese = blocksOf(read('README.zh.md'))
const recipes = blocksOf(read('docs/recipes.md'))

/** What a reader types or copies of a block: its commands, without the comments. */
function typedIn({ language, text }: Block): string {
  if (/^(?:Usage|用法):/.test(text)) return 'help'
  if (language === 'console') return text.match(/^\$ .*$/gm)?.join('\n') ?? ''
  return text.replaceAll(/ +# .*$/gm, '')
}

test.each([
  ['README.md', 'README.zh.md'],
  ['docs/recipes.md', 'docs/recipes.zh.md'],
])('%s and %s have the same blocks but for words, headings in step', (one, other) => {
  const shown = (path: string) => blocksOf(read(path)).map((block) => [block.language, typedIn(block)])
  expect(shown(other)).toEqual(shown(one))
  const levels = (path: string) => read(path).match(/^#+ /gm)
  expect(levels(other)).toEqual(levels(one))
})

test('the table of converters has the same figures in both', () => {
  const figures = (path: string) =>
    /compare-markdown:start -->([^]*?)\n\n[^|]*compare/.exec(read(path))?.[1]?.match(/\d[\d.]*/g)
  expect(figures('README.md')?.length).toBeGreaterThan(50)
  expect(figures('README.zh.md')).toEqual(figures('README.md'))
})

test('recipes print the same in both languages, so that they are run once', () => {
  expect(blocksOf(read('docs/recipes.zh.md')).map(({ text }) => text)).toEqual(recipes.map(({ text }) => text))
})

test.each(['README.md', 'README.zh.md'])('%s: what it links to is there', (path) => {
  const links = [...read(path).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = '']) => link)
  expect(links.length).toBeGreaterThan(3)
  for (const link of links) expect({ link, there: existsSync(join(ROOT, link)) }).toEqual({ link, there: true })
})

test('help and configuration in both are those of the program', () => {
  const checked = spawnSync(process.execPath, [join(ROOT, 'scripts/readme.mjs'), '--check'], { encoding: 'utf8' })
  expect({ status: checked.status, said: checked.stderr }).toEqual({ status: 0, said: '' })
})

test.each(english.filter(({ language }) => language === 'jsonc'))(
  'the configuration under $heading loads',
  async ({ text }) => {
    const home = folder()
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), text)
    const written = parse(text) as Record<string, unknown>
    await expect(loadConfig({}, testIo(home.path)).finally(() => home.remove())).resolves.toMatchObject(written)
  },
)

test('every command is told of, and the exit codes are those of the help', async () => {
  const { stdout } = await program(['--help'], { cwd: ROOT })
  for (const path of ['README.md', 'README.zh.md']) {
    for (const [, name = ''] of stdout.matchAll(/^ {2}([a-z]+) .*$/gm)) expect(read(path)).toContain(`  ${name} `)
    const codes = [...read(path).matchAll(/^\| ([\d,、 ]+) \|/gm)].map(([, code = '']) => code.replace('、', ', '))
    expect(codes).toEqual(['0', '1', '2', '3', '4', '75', '130, 143'])
  }
})

test('the npm scripts that it names are there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = english
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.match(/npm run \w+/g) ?? [])
  expect(named).toEqual(['npm run quickstart', 'npm run verify'])
  for (const name of named) expect(scripts[name.slice('npm run '.length)]).toMatch(/\S/)
})

/** A repository with nothing in it. */
let repository: ReturnType<typeof folder>
let site: Site
let proxy: Awaited<ReturnType<typeof serveProxy>>
let certificate: TestCertificate

/** The recorded site, with a list page and a sitemap of two of its stories, for every host through a proxy. */
beforeAll(async () => {
  repository = folder()
  for (const args of [
    ['init', '--quiet'],
    ['config', 'user.name', 'x'],
    ['config', 'user.email', 'x@example.org'],
  ])
    execFileSync('git', args, { cwd: repository.path })
  certificate = makeCertificate([
    ...['www.zaobao.com.sg', 'www.zaobao.com', 'rsshub.example.org'],
    ...['ntfy.sh', 'hooks.example.org', 'hc-ping.com'],
  ])
  site = await serveSite(certificate)
  proxy = await serveProxy(site.server.port)
  const recordings = JSON.parse(read('fixtures/site/site.json')) as { url: string; file: string }[]
  for (const { url, file } of recordings) site.pages.set(new URL(url).pathname, read(`fixtures/site/${file}`))
  const listed = recordings.map(({ url }) => url).filter((url) => url.includes('story20260312'))
  const row = (url: string) => ({
    url,
    title: /<h1[^>]*>([^<]*)/.exec(site.pages.get(new URL(url).pathname) ?? '')?.[1],
  })
  const links = listed.map((url) => `<a href="${url}">${row(url).title ?? ''}</a>`).join('\n')
  site.pages.set('/realtime/china', `<!DOCTYPE html><title>中国</title><div class="list-block">${links}</div>`)
  const articles = listed.map((url) => ({ href: url, title: row(url).title, timestamp: 1773284400 }))
  site.pages.set(
    '/_plat/api/v2/page-content/realtime/china?page=0',
    JSON.stringify({ code: 200, response: { articles } }),
  )
  const entries = [...listed, 'https://www.zaobao.com.sg/news/world/story20260312-9000009']
  const urls = entries.map((url) => `<url><loc>${url}</loc></url>`).join('')
  const sitemap = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`
  site.pages.set('/sitemaps/sitemap-202603.xml', sitemap)
  for (const path of ['/', '/news', '/your-uuid/0']) site.pages.set(path, '{}')
})

afterAll(async () => {
  await proxy.close()
  await site.server.close()
  certificate.remove()
  repository.remove()
})

/**
 * One shell for a whole block, as a reader would type it: the lines that each command printed on both streams, sorted,
 * since stories end in no fixed order.
 */
async function typed(
  steps: readonly Step[],
  home: string,
  locale: string,
): Promise<{ code: number; outputs: string[][] }> {
  const bin = join(home, 'bin')
  writeCommand(bin, 'zaobao-archiver', `exec '${process.execPath}' '${ROOT}bin/zaobao-archiver.js' "$@"`)
  writeNpx(bin)
  cpSync(repository.path, join(home, 'work'), { recursive: true })
  const mark = '=== end of a command ==='
  const port = new URL(proxy.origin).port
  const paced = steps.some(({ command }) => command.includes('--dry-run'))
  const script = steps.map(
    ({ command }) => `${command.replaceAll('127.0.0.1:7890', `127.0.0.1:${port}`)}\necho '${mark}'`,
  )
  const env = {
    ...{ PATH: `${home}/bin:${process.env['PATH'] ?? ''}`, HOME: home, LANG: locale },
    ...{ HTTPS_PROXY: proxy.origin, NODE_EXTRA_CA_CERTS: certificate.caFile },
    CURL_CA_BUNDLE: certificate.caFile,
    // An estimate in the README is at the pace that a reader has.
    ...(paced ? {} : { ZAOBAO_RATE: '100/s' }),
  }
  const child = spawn('bash', ['-eu', '-o', 'pipefail', '-c', `exec 2>&1\n${script.join('\n')}`], {
    cwd: join(home, 'work'),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  const code = await new Promise<number>((resolve) => child.on('close', (ended) => resolve(ended ?? -1)))
  const outputs = out.split(`${mark}\n`).map((part) =>
    part
      .split('\n')
      .filter((line) => line !== '')
      .toSorted(),
  )
  return { code, outputs: code === 0 ? outputs.slice(0, -1) : outputs }
}

const isSocks = (command: string) => command.includes('socks5')

describe('what it shows is what happens', () => {
  const told = [...english, ...recipes].map((block) => ({ ...block, locale: 'C.UTF-8' }))
  // What is the same in both is shown once.
  const toldInChinese = chinese
    .filter(({ text }) => !english.some((block) => block.text === text))
    .map((block) => ({ ...block, locale: 'zh_CN.UTF-8' }))
  const transcripts = [...told, ...toldInChinese].filter(({ language }) => language === 'console')
  test.each(transcripts.filter(hasToolsOf))('$heading', async (block) => {
    const home = folder()
    try {
      // The proxy of these tests speaks HTTP; that SOCKS works is shown where proxies are tested.
      const steps = stepsOf(block).filter(({ command }) => !isSocks(command))
      const { code, outputs } = await typed(steps, home.path, block.locale)
      expect({ outputs, code }).toEqual({ outputs: steps.map(({ output }) => output.toSorted()), code: 0 })
    } finally {
      home.remove()
    }
  })
})
