/** `import DIR` or `verify --fix` of the archive `argv[2]`, without the command line: `argv[3]` is the folder, or nothing. `SPEAK=zh` has it speak Chinese. */
import { setTimeout as sleep } from 'node:timers/promises'
import { importFolder } from '../../../src/commands/import.ts'
import { verify } from '../../../src/commands/verify.ts'
import type { Io } from '../../../src/io.ts'
import { speak } from '../../../src/words/words.ts'
import { testIo } from '../../support/io.ts'

const io: Io = {
  ...testIo('/'),
  stdout: async (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  now: Date.now,
  sleep: (ms) => sleep(ms),
  random: Math.random,
}
const [archive = '', source] = process.argv.slice(2)
if (process.env['SPEAK'] === 'zh') await speak('zh')
const options = { archive, json: true, quiet: true, wait: 0, exclude: [] }
process.exitCode = await (source === undefined
  ? verify({ ...options, fix: true }, io)
  : importFolder(source, { ...options, dryRun: false, keepRevisions: 50 }, io))
