import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ours } from '../paths.mjs'
import { interleave } from '../measure.mjs'
import { peersFor } from '../peers.mjs'
import { startSite } from '../site.mjs'
import { beside } from '../table.mjs'

const ROUNDS = 5
const SCRIPT = 'twenty-line script'
/** What loading alone takes. */
const FLOOR = 'ours, one story alone'

async function ofSize(pageBytes, folder) {
  const site = await startSite(50, pageBytes)
  const single = await startSite(1, pageBytes)
  const archive = join(folder, 'fresh')
  const before = () => rmSync(archive, { recursive: true, force: true })
  const fetching = ({ feed }) => ({ argv: ours('fetch', '--feed', feed, '--archive', archive), cwd: folder, before })
  const commands = { ours: fetching(site), [FLOOR]: fetching(single) }
  const notes = []
  for (const [name, peer] of Object.entries(peersFor(site.feed, folder))) {
    if (!peer.present()) notes.push(`not installed: ${name}`)
    else commands[name] = { ...peer, before: peer.prepare }
  }
  const measured = await interleave(commands, ROUNDS)
  site.close()
  single.close()
  const size = `pages of ${pageBytes / 1000} kB`
  const rows = beside(measured, SCRIPT).map((row) => ({ size, ...row }))
  const part = (key) => measured.ours[key] / measured[SCRIPT][key]
  const budget = (what, key, most) => ({
    what: `${what}, ${size}`,
    budget: `${most} of the script`,
    measured: part(key).toFixed(2),
    met: part(key) <= most,
  })
  return {
    rows,
    notes,
    budgets: [budget('wall time', 'wallMs', 0.75), budget('CPU time', 'cpuMs', 0.75), budget('memory', 'rssMb', 0.5)],
  }
}

/** A first run with 50 stories: the same site, the same pages for everyone. */
export async function fresh(folder) {
  const all = [await ofSize(160_000, folder), await ofSize(30_000, folder)]
  return {
    title: 'fetch of 50 new stories',
    rows: all.flatMap(({ rows }) => rows),
    budgets: all.flatMap(({ budgets }) => budgets),
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
  }
}
