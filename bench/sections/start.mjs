import { BARE, BIN } from '../paths.mjs'
import { interleave } from '../measure.mjs'
import { beside, overBare } from '../table.mjs'

const ROUNDS = 31

export async function start(folder) {
  const of = (...args) => ({ argv: [process.execPath, BIN, ...args], cwd: folder })
  const measured = await interleave(
    { 'bare node': BARE, '--version': of('--version'), '--help': of('--help'), 'fetch --help': of('fetch', '--help') },
    ROUNDS,
  )
  const bare = measured['bare node']
  return {
    title: 'starting',
    rows: beside(measured, 'bare node'),
    budgets: ['--version', '--help'].map((name) => overBare(name, measured[name], bare, 20)),
  }
}
