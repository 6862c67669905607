import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleDocument } from '../bundles.mjs'
import { BIN, ours } from '../paths.mjs'
import { fileText, story } from '../pages.mjs'
import { runSampled } from '../sampled.mjs'
import { startSite } from '../site.mjs'

/** Set `STORIES` for fewer; files are twice as many. */
const BACKFILL = Number(process.env['STORIES'] ?? 10_000)
const FILES = 2 * BACKFILL
const PAGE_BYTES = 30_000
const CONVERT_CHILD = fileURLToPath(new URL('../convert-child.mjs', import.meta.url))

function row(what, count, run) {
  return {
    what,
    count,
    'wall s': run.wallMs / 1000,
    'CPU s': run.cpuMs / 1000,
    'stories / s': (count * 1000) / run.wallMs,
    'CPU ms / story': run.cpuMs / count,
    'memory, first tenths MB': run.firstMb,
    'last tenth MB': run.lastMb,
    'peak MB': run.peakMb,
    ...(run.code === 0 ? {} : { failed: `exit ${run.code}` }),
  }
}

async function backfill(folder) {
  const site = await startSite(BACKFILL, PAGE_BYTES)
  const list = join(folder, 'list.txt')
  writeFileSync(list, Array.from({ length: BACKFILL }, (_, n) => story(n, site.origin).url).join('\n'))
  const argv = ours('backfill', '--file', list, '--archive', join(folder, 'backfill'), '--quiet')
  const run = await runSampled(argv, { cwd: folder })
  site.close()
  return row('backfill', BACKFILL, run)
}

/** A post in the seed's format, its body kept as HTML. */
function post(n) {
  const one = story(n, 'https://www.zaobao.com')
  return fileText(one, Date.parse(one.published) + 8 * 3_600_000, `<div>\n${one.bodyHtml}\n</div>`)
}

async function importing(folder) {
  const source = join(folder, 'posts')
  mkdirSync(source)
  for (let n = 0; n < FILES; n += 1) writeFileSync(join(source, `${String(n).padStart(6, '0')}.md`), post(n))
  const run = await runSampled([
    process.execPath,
    BIN,
    'import',
    source,
    '--archive',
    join(folder, 'imported'),
    '--quiet',
  ])
  return row('import', FILES, run)
}

async function reading(command, folder) {
  const argv = [process.execPath, BIN, command, '--archive', join(folder, 'imported'), '--quiet']
  return row(command, FILES, await runSampled(argv))
}

/** `convert` knows one page; many of them are the library's work, a process a core. */
async function converting(folder) {
  const bundle = await bundleDocument(folder)
  const cores = cpus().length
  const share = FILES / cores
  const runs = await Promise.all(
    Array.from({ length: cores }, (_, core) => {
      const own = join(folder, `convert-${core}`)
      mkdirSync(own)
      return runSampled([process.execPath, CONVERT_CHILD, String(share), String(core * share), bundle, own])
    }),
  )
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0)
  const all = { code: Math.max(...runs.map(({ code }) => code)), wallMs: Math.max(...runs.map(({ wallMs }) => wallMs)) }
  const most = (key) => Math.max(...runs.map((run) => run[key]))
  return row(`convert, ${cores} processes (pages made on the way)`, FILES, {
    ...all,
    cpuMs: sum('cpuMs'),
    firstMb: most('firstMb'),
    lastMb: most('lastMb'),
    peakMb: most('peakMb'),
  })
}

/** Many stories in one go: at what rate, and whether memory stays flat. */
export async function bulk(folder) {
  const rows = [
    await backfill(folder),
    await importing(folder),
    await reading('verify', folder),
    await reading('export', folder),
    await converting(folder),
  ]
  const flat = (one) => one['last tenth MB'] <= one['memory, first tenths MB'] * 1.25 + 10
  return {
    title: 'many stories',
    rows,
    budgets: rows.map((one) => ({
      what: `${one.what}: memory flat`,
      budget: 'last tenth within a quarter and 10 MB of the second',
      measured: `${one['memory, first tenths MB'].toFixed(0)} to ${one['last tenth MB'].toFixed(0)} MB`,
      met: flat(one),
    })),
  }
}
