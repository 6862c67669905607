import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { BARE, BIN, ours } from '../paths.mjs'
import { loadMakers, padded, story } from '../pages.mjs'
import { startSite } from '../site.mjs'

const TOOL = ['--tool=callgrind', '--callgrind-out-file=/dev/null']

function count(argv, cwd) {
  return new Promise((resolve) => {
    const child = spawn('valgrind', [...TOOL, ...argv], { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    let words = ''
    child.stderr.on('data', (data) => (words += data))
    child.on('exit', () => resolve(Number(/Collected : (\d+)/.exec(words)?.[1]) / 1e6))
  })
}

/** Instructions of one run each: what wall time cannot resolve. */
export async function instructions(folder) {
  const title = 'instructions of a run'
  if (spawnSync('valgrind', ['--version']).status !== 0) return { title, rows: [], notes: ['not installed: valgrind'] }
  const site = await startSite(50, 30_000)
  const { PAGES } = await loadMakers()
  const one = story(7, 'https://www.zaobao.com.sg')
  const file = join(folder, 'page.html')
  writeFileSync(file, padded(PAGES.reactB2(one), 160_000))
  const fetching = ours('fetch', '--feed', site.feed, '--archive', join(folder, 'counted'))
  const commands = {
    'bare node': BARE.argv,
    '--version': [process.execPath, BIN, '--version'],
    '--help': [process.execPath, BIN, '--help'],
    'fetch of 50 new stories': fetching,
    'fetch, feed unchanged': fetching,
    'convert of one page': [process.execPath, BIN, 'convert', file, '--url', one.url],
  }
  const rows = []
  for (const [what, argv] of Object.entries(commands)) {
    const millions = await count(argv, folder)
    rows.push({ what, millions, 'over bare node': millions / (rows[0]?.millions ?? millions) })
  }
  site.close()
  return { title, rows }
}
