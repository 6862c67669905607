import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleDocument } from '../bundles.mjs'
import { median } from '../measure.mjs'
import { loadMakers, padded, story } from '../pages.mjs'

const ROUNDS = 2
const PAGE_BYTES = 160_000
const CHILD = fileURLToPath(new URL('../page-child.mjs', import.meta.url))
const PEERS = { readability: ['linkedom', '@mozilla/readability'], defuddle: ['linkedom', 'defuddle'] }
/** Of each of these the body is cut out before a DOM is built, or stands in the router's data. */
const LEAST = 10

function measure(contender, file, url, bundle) {
  const answer = execFileSync(process.execPath, [CHILD, contender, file, url, bundle], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return JSON.parse(answer)
}

/** Page to document when warm, each generation, ours beside others on the same page. */
export async function page(folder) {
  const title = 'page of 160 kB to document, warm'
  const packages = new URL('../node_modules/', import.meta.url)
  const missing = Object.values(PEERS)
    .flat()
    .filter((name) => !existsSync(new URL(name, packages)))
  if (missing.length > 0) return { title, rows: [], notes: [`not installed: ${[...new Set(missing)].join(', ')}`] }
  const bundle = await bundleDocument(folder)
  const { PAGES } = await loadMakers()
  const rows = []
  const budgets = []
  for (const [generation, make] of Object.entries(PAGES)) {
    const one = story(7, 'https://www.zaobao.com.sg')
    const file = join(folder, `${generation}.html`)
    writeFileSync(file, padded(make(one), PAGE_BYTES))
    const runs = Object.fromEntries(['ours', ...Object.keys(PEERS)].map((name) => [name, []]))
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [contender, all] of Object.entries(runs)) all.push(measure(contender, file, one.url, bundle))
    }
    const ms = Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, median(all.map((run) => run.ms))]))
    const whole = (name) => (runs[name][0].whole ? '' : ' (without the body)')
    const times = ms.readability / ms.ours
    rows.push({
      generation,
      'ours ms': ms.ours,
      'linkedom + Readability + turndown ms': `${ms.readability.toFixed(1)}${whole('readability')}`,
      'defuddle ms': `${ms.defuddle.toFixed(1)}${whole('defuddle')}`,
      'Readability / ours': times,
      'defuddle / ours': ms.defuddle / ms.ours,
    })
    budgets.push({ what: generation, budget: `${LEAST} times faster`, measured: times.toFixed(1), met: times >= LEAST })
  }
  return { title, rows, budgets }
}
