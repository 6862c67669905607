/** A process that takes the lock of the archive `argv[2]`; `argv[3]`: milliseconds to wait; `argv[4]`: what it does then. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isCommandError } from '../../../src/errors.ts'
import { acquireLock } from '../../../src/edge/archive/version.ts'
import { storeAt } from '../../support/store.ts'

const [root = '', waitMs = '0', what = 'hold'] = process.argv.slice(2)
try {
  const lock = await acquireLock(storeAt(root), {
    waitMs: Number(waitMs),
    signal: new AbortController().signal,
    report: (line) => process.stderr.write(`${line}\n`),
    now: Date.now,
    sleep: (ms) => sleep(ms),
  })
  appendFileSync(join(root, 'work'), `${process.pid} in\n`)
  process.stdout.write('held\n')
  if (what === 'hold') await sleep(60_000)
  if (what === 'short') await sleep(300)
  if (what === 'let') {
    // Lets others in until one came, at most for a while.
    for (let turn = 0; turn < 100 && !(await lock.letOthersIn()); turn += 1) await sleep(50)
    appendFileSync(join(root, 'work'), `${process.pid} again\n`)
  }
  appendFileSync(join(root, 'work'), `${process.pid} out\n`)
  await lock.release()
} catch (error) {
  if (!isCommandError(error)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.exitCode
}
