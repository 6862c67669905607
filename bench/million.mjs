/**
 * A generated archive of a million stories (or `node bench/million.mjs COUNT`): how fast `verify` reads it and in how
 * much memory, and what looking for a story that is there costs beside an empty archive. Not a test: it writes 4 GB.
 */
import { build } from 'esbuild'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COUNT = Number(process.argv[2] ?? 1_000_000)
const STORIES_A_DAY = 300
const FIRST_DAY_MS = Date.UTC(2016, 0, 1)

function storyOf(number) {
  const ms = FIRST_DAY_MS + Math.floor(number / STORIES_A_DAY) * 86_400_000
  const day = new Date(ms).toISOString().slice(0, 10)
  const id = 500_000 + number
  const published = ms + (number % STORIES_A_DAY) * 60_000
  const title = `第${number}则消息：海湾大桥合龙`
  const url = `https://www.zaobao.com.sg/realtime/china/story${day.replaceAll('-', '')}-${id}`
  const body = `海湾大桥第${number}段昨天合龙，工程队说全线将在明年春天通车，比原定时间早了两个月。\n\n`
    .repeat(8)
    .trimEnd()
  const text = `---\nlayout: post\ntitle: "${title}"\ndate: ${new Date(published).toISOString()}\nauthor: 联合早报\nfrom: ${url}\ntags: [ 联合早报 ]\ncategories: [ 联合早报 ]\n---\n<!--${published}-->\n[${title}](${url})\n------\n\n${body}\n`
  return { day, path: `${day}/${day}-${id}-${title}.md`, text }
}

async function generate(root) {
  const started = performance.now()
  for (let first = 0; first < COUNT; first += STORIES_A_DAY) {
    const stories = Array.from({ length: Math.min(STORIES_A_DAY, COUNT - first) }, (_, n) => storyOf(first + n))
    await mkdir(join(root, stories[0].day), { recursive: true })
    await Promise.all(stories.map(({ path, text }) => writeFile(join(root, path), text)))
  }
  console.log(`generated ${COUNT} stories in ${Math.round((performance.now() - started) / 1000)} s`)
}

async function bundle(folder, name, contents) {
  const outfile = join(folder, `${name}.mjs`)
  await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('../src', import.meta.url)), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  return outfile
}

const tail = `
const { maxRSS } = process.resourceUsage()
console.log(JSON.stringify({ ms: Math.round(performance.now() - started), maxRssMb: Math.round(maxRSS / 1024), ...answer }))
`

const verifySource = `
import { verify } from './commands/verify.ts'
const words: string[] = []
const io = {
  stdout: async () => undefined, stderr: (text: string) => void words.push(text), async *stdin() {}, stderrIsTerminal: false,
  env: {}, cwd: '/', now: Date.now, sleep: async () => undefined, random: Math.random, signal: new AbortController().signal,
}
const started = performance.now()
const code = await verify({ archive: process.argv[2] ?? '', fix: false, json: true, quiet: false, wait: 0 }, io)
const answer = { code, said: words.at(-1) }
${tail}`

const findSource = `
import { openArchive } from './edge/archive.ts'
import { openJournal } from './edge/journal.ts'
const started = performance.now()
const archive = await openArchive(process.argv[2] ?? '', { write: false, keepRevisions: 1, report: () => undefined })
const journal = openJournal(process.argv[2] ?? '', () => undefined)
let found = 0
for (let n = 0; n < 50; n += 1) {
  const path = await archive.find({ id: String(500_000 + n), day: '2016-01-01' })
  await journal.latest('2016-01-01')
  if (path !== null) found += 1
}
const answer = { found }
${tail}`

function measure(script, root) {
  const { stdout, stderr } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' })
  return stdout === '' ? stderr : stdout.trim()
}

const folder = await mkdtemp(join(tmpdir(), 'zaobao-million-'))
try {
  const root = join(folder, 'archive')
  const empty = join(folder, 'empty')
  await mkdir(empty)
  await generate(root)
  const find = await bundle(folder, 'find', findSource)
  console.log(`50 stories looked for, empty archive:  ${measure(find, empty)}`)
  console.log(`50 stories looked for, ${COUNT}: ${measure(find, root)}`)
  const verifying = await bundle(folder, 'verify', verifySource)
  console.log(`verify: ${measure(verifying, root)}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
