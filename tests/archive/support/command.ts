/** `import DIR` or `verify --fix` of the archive `argv[2]`, without the command line: `argv[3]` is the folder, or nothing. `SPEAK=zh` has it speak Chinese. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Io } from '../../../src/io.ts'
import { speak } from '../../../src/words/words.ts'
import { bareIo } from '../../support/io.ts'
import { mend } from './mend.ts'

const io: Io = {
  ...bareIo('/'),
  stdout: async (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  now: Date.now,
  sleep: (ms) => sleep(ms),
  random: Math.random,
}
const [archive = '', source] = process.argv.slice(2)
if (process.env['SPEAK'] === 'zh') await speak('zh')
process.exitCode = await mend(archive, source, io)
