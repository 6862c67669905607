import { join } from 'node:path'
import { BARE, ours } from '../paths.mjs'
import { createRunner, interleave } from '../measure.mjs'
import { peersFor } from '../peers.mjs'
import { startSite } from '../site.mjs'
import { beside, overBare } from '../table.mjs'

const ROUNDS = 21
const PAGE_BYTES = 30_000

/** A poll of a feed that did not change: ours beside peers that were given the same feed before. */
export async function poll(folder) {
  const site = await startSite(50, PAGE_BYTES)
  const archive = join(folder, 'poll')
  const commands = {
    'bare node': BARE,
    ours: { argv: ours('fetch', '--feed', site.feed, '--archive', archive), cwd: folder },
  }
  const peers = peersFor(site.feed, folder)
  const missing = []
  const notes = []
  for (const [name, peer] of Object.entries(peers)) {
    if (!peer.present()) missing.push(name)
    else if (name !== 'Crawlee') {
      peer.prepare()
      commands[name] = peer
      notes.push(`${name}: ${peer.does}`)
    }
  }
  const runner = createRunner()
  for (const command of Object.values(commands)) await runner.run(command)
  await site.requests()
  await runner.run(commands.ours)
  const requests = await site.requests()
  runner.close()
  const measured = await interleave(commands, ROUNDS)
  site.close()
  const one = measured.ours
  return {
    title: 'a poll without news (304)',
    rows: beside(measured, 'bare node'),
    budgets: [
      overBare('fetch, feed unchanged', one, measured['bare node'], 100),
      { what: 'its memory', budget: '75 MB', measured: `${one.rssMb.toFixed(0)} MB`, met: one.rssMb <= 75 },
      { what: 'its requests', budget: '1', measured: requests.join(' '), met: requests.length === 1 },
    ],
    notes: [...notes, ...(missing.length > 0 ? [`not installed: ${missing.join(', ')}`] : [])],
  }
}
