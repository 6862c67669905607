import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BARE, BIN } from '../paths.mjs'
import { interleave } from '../measure.mjs'
import { loadMakers, padded, story } from '../pages.mjs'
import { beside, overBare } from '../table.mjs'

const ROUNDS = 21
const PAGE_BYTES = 160_000

/** `convert` of one page of each generation, a process each. */
export async function convert(folder) {
  const { PAGES } = await loadMakers()
  const commands = { 'bare node': BARE }
  for (const [generation, make] of Object.entries(PAGES)) {
    const one = story(7, 'https://www.zaobao.com.sg')
    const file = join(folder, `${generation}.html`)
    writeFileSync(file, padded(make(one), PAGE_BYTES))
    commands[generation] = { argv: [process.execPath, BIN, 'convert', file, '--url', one.url], cwd: folder }
  }
  const measured = await interleave(commands, ROUNDS)
  return {
    title: 'convert of one page of 160 kB',
    rows: beside(measured, 'bare node'),
    budgets: Object.keys(PAGES).map((name) => overBare(name, measured[name], measured['bare node'], 120)),
  }
}
