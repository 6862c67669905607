import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BIN, ours } from '../paths.mjs'
import { interleave } from '../measure.mjs'
import { fileText, story } from '../pages.mjs'
import { runSampled } from '../sampled.mjs'
import { startSite } from '../site.mjs'
import { beside } from '../table.mjs'

/** Set `STORIES` for a smaller archive: a million writes 4 GB. */
const COUNT = Number(process.env['STORIES'] ?? 1_000_000)
const STORIES_A_DAY = 300
const FIRST_DAY_MS = Date.UTC(2016, 0, 1)
const ROUNDS = 11
const BATCH = 20

function fileOf(number) {
  const ms = FIRST_DAY_MS + Math.floor(number / STORIES_A_DAY) * 86_400_000
  const day = new Date(ms).toISOString().slice(0, 10)
  const id = 10_000_000 + number
  const published = ms + (number % STORIES_A_DAY) * 60_000
  const title = `第${number}则消息：海湾大桥合龙`
  const url = `https://www.zaobao.com.sg/realtime/china/story${day.replaceAll('-', '')}-${id}`
  const body = `海湾大桥第${number}段昨天合龙，工程队说全线将在明年春天通车，比原定时间早了两个月。\n\n`
    .repeat(8)
    .trimEnd()
  const text = fileText({ title, url, published: new Date(published).toISOString() }, published, body)
  return { day, path: `${day}/${day}-${id}-${title}.md`, text }
}

async function generate(root) {
  const started = performance.now()
  for (let first = 0; first < COUNT; first += STORIES_A_DAY) {
    const stories = Array.from({ length: Math.min(STORIES_A_DAY, COUNT - first) }, (_, n) => fileOf(first + n))
    await mkdir(join(root, stories[0].day), { recursive: true })
    await Promise.all(stories.map(({ path, text }) => writeFile(join(root, path), text)))
  }
  return (performance.now() - started) / 1000
}

/** The same work in an empty archive and in one of a million stories. */
export async function archive(folder) {
  const empty = join(folder, 'empty')
  const large = join(folder, 'large')
  mkdirSync(empty)
  const seconds = await generate(large)
  const site = await startSite(50_000, 30_000)
  let next = 0
  const list = join(folder, 'batch.txt')
  const writing = (root) => ({
    argv: ours('backfill', '--file', list, '--archive', root),
    cwd: folder,
    before() {
      writeFileSync(list, Array.from({ length: BATCH }, () => story((next += 1), site.origin).url).join('\n'))
    },
  })
  const polling = (root) => ({ argv: ours('fetch', '--feed', site.feed, '--archive', root), cwd: folder })
  const polls = await interleave({ 'poll, empty': polling(empty), [`poll, ${COUNT}`]: polling(large) }, ROUNDS)
  const writes = await interleave(
    { [`backfill of ${BATCH}, empty`]: writing(empty), [`backfill of ${BATCH}, ${COUNT}`]: writing(large) },
    ROUNDS,
  )
  site.close()
  const verified = await runSampled([process.execPath, BIN, 'verify', '--archive', large, '--quiet'], { cwd: folder })
  const times = (measured) => {
    const [small, big] = Object.values(measured)
    return big.cpuMs / small.cpuMs
  }
  const budget = (what, measured) => ({
    what,
    budget: 'CPU time of an empty archive, within a tenth',
    measured: times(measured).toFixed(2),
    met: times(measured) <= 1.1,
  })
  return {
    title: `an archive of ${COUNT} stories`,
    rows: [...beside(polls, 'poll, empty', 'empty'), ...beside(writes, `backfill of ${BATCH}, empty`, 'empty')],
    budgets: [budget('polls', polls), budget('writes', writes)],
    notes: [
      `generated in ${seconds.toFixed(0)} s`,
      `verify reads it in ${(verified.wallMs / 1000).toFixed(0)} s (CPU ${(verified.cpuMs / 1000).toFixed(0)} s), at most ${verified.peakMb.toFixed(0)} MB`,
    ],
  }
}
