import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { bundleInto } from '../../scripts/bundle.mjs'
import { interleave } from '../measure.mjs'
import { BARE, BIN } from '../paths.mjs'
import { runSampled } from '../sampled.mjs'
import { typeQueries } from '../typed.mjs'

/** Set `STORIES` for fewer, `QUERIES` for fewer that are compared. */
const COUNT = Number(process.env['STORIES'] ?? 200_000)
const QUERIES = Number(process.env['QUERIES'] ?? 10_000)
const COMPARED = Math.min(COUNT, 3000)
const A_DAY = 60
const ROUNDS = 7
const BUNDLES = fileURLToPath(new URL('../../node_modules/.cache/bench-search', import.meta.url))
const PARTS = `export * from './src/core/search/query.ts'; export * from './src/core/search/plan.ts'; export * from './src/edge/catalogue/catalogue.ts'; export { UTC } from './src/core/time.ts'; export * from './tests/search/plain.ts'; export { seeded } from './tests/support/invented.ts'; export { wordsOf } from './src/core/markdown/contents.ts'; export * from './bench/corpus.ts'`

const catalogueOf = (root) => join(root, '.zaobao', 'catalogue.db')
const searching = (root, ...args) => [process.execPath, BIN, 'search', ...args, '--archive', root]

function recordsOf(root) {
  const ndjson = execFileSync(process.execPath, [BIN, 'export', '--archive', root], {
    maxBuffer: 2 ** 30,
    encoding: 'utf8',
  })
  return ndjson
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** How many of random queries, cut out of texts anywhere and typed otherwise, find other stories than a plain count does. */
function compare(root, parts) {
  const { parseQuery, matchOf, openCatalogue, UTC, plain, holds, retyped, seeded, wordsOf } = parts
  const stories = recordsOf(root)
  const plains = stories.map((story) => `${plain(story.title)}\n${plain(wordsOf(story))}`)
  const catalogue = openCatalogue(catalogueOf(root))
  const random = seeded(7)
  let wrong = 0
  let hits = 0
  for (let n = 0; n < QUERIES;) {
    const { title, text } = stories[Math.floor(random() * stories.length)]
    const letters = Array.from(random() < 0.1 ? title : text)
    const start = Math.floor(random() * letters.length)
    const typed = retyped(letters.slice(start, start + 1 + Math.floor(random() * 12)).join(''), random)
    const asked = parseQuery(`"${typed.replace(/["“”＂]/g, '')}"`, { nowMs: 0, zone: UTC })
    const wanted = plain(typed.replace(/["“”＂]/g, ''))
    if (asked === null || wanted.includes('\n')) continue
    n += 1
    const count = plains.filter(holds(wanted)).length
    hits += count
    if (catalogue.count(matchOf(asked.query), null) !== count) wrong += 1
  }
  catalogue.close()
  return { wrong, hits }
}

/** A catalogue of made-up stories, searches in processes of their own, and a plain count beside them. */
export async function search(folder) {
  // SQLite is a package on some versions of Node: it is looked for from here.
  const parts = await import(pathToFileURL(await bundleInto(BUNDLES, PARTS)).href)
  const root = join(folder, 'searched')
  const few = join(folder, 'compared')
  await parts.writeCorpus(root, COUNT, { aDay: A_DAY })
  await parts.writeCorpus(few, COMPARED, { aDay: A_DAY })
  const built = await runSampled(searching(root, '总领事馆', '--count'))
  const bytes = statSync(catalogueOf(root)).size
  await runSampled(searching(few, '总领事馆', '--count'))
  const { wrong, hits } = compare(few, parts)
  const commands = {
    'bare node': BARE,
    'a word, newest 20': { argv: searching(root, '总领事馆'), cwd: folder },
    'the same, best 20': { argv: searching(root, '总领事馆', '--best'), cwd: folder },
    'two words, a month': { argv: searching(root, '香港 5G 2012-02'), cwd: folder },
    'one letter, count': { argv: searching(root, '疫', '--count'), cwd: folder },
    'a word that is nowhere': { argv: searching(root, '子虚乌有'), cwd: folder },
    ...(spawnSync('rg', ['--version']).error === undefined
      ? { 'ripgrep, a word': { argv: ['rg', '--count', '--no-messages', '总领事馆', root], cwd: folder } }
      : {}),
  }
  const measured = await interleave(commands, ROUNDS)
  const bare = measured['bare node'].cpuMs
  const keys = await typeQueries(root)
  await parts.writeCorpus(root, A_DAY, { aDay: A_DAY, from: COUNT })
  const added = await runSampled(searching(root, '总领事馆', '--count'))
  const rate = (COUNT * 1000) / built.wallMs
  const slowest = Math.max(
    ...['a word, newest 20', 'the same, best 20', 'two words, a month'].map((name) => measured[name].cpuMs - bare),
  )
  return {
    title: `search among ${COUNT} stories`,
    rows: Object.entries(measured).map(([what, { wallMs, cpuMs, rssMb }]) => {
      return { what, 'wall ms': wallMs, 'CPU ms': cpuMs, 'memory MB': rssMb, 'CPU over bare node ms': cpuMs - bare }
    }),
    budgets: [
      { what: 'making the catalogue', budget: '1,500 stories / s', measured: rate.toFixed(0), met: rate >= 1500 },
      { what: 'its memory', budget: '250 MB', measured: `${built.peakMb.toFixed(0)} MB`, met: built.peakMb <= 250 },
      { what: 'a search', budget: 'bare node + 80 ms', measured: `+${slowest.toFixed(0)} ms CPU`, met: slowest <= 80 },
      {
        what: 'a key typed in serve, 95th percentile',
        budget: '15 ms',
        measured: `${keys.p95.toFixed(0)} ms`,
        met: keys.p95 <= 15,
      },
      {
        what: `${QUERIES} random queries against a plain count`,
        budget: '0 wrong',
        measured: String(wrong),
        met: wrong === 0,
      },
    ],
    notes: [
      `made in ${(built.wallMs / 1000).toFixed(0)} s (CPU ${(built.cpuMs / 1000).toFixed(0)} s), ${(bytes / 1e6).toFixed(0)} MB`,
      `a day of ${A_DAY} stories more: ${added.wallMs.toFixed(0)} ms (CPU ${added.cpuMs.toFixed(0)} ms)`,
      `${keys.keys} keys typed: median ${keys.p50.toFixed(1)} ms, 99th percentile ${keys.p99.toFixed(0)} ms, CPU ${keys.cpuMs.toFixed(1)} ms a key`,
      `the random queries were of ${COMPARED} stories and had ${hits} hits`,
    ],
  }
}
