/** A process of its own that makes the run of the phase `argv[3]` in the archive `argv[2]`. */
import { archiveRun } from './archive-run.ts'

const [root = '', phase = 'run'] = process.argv.slice(2)
process.exitCode = await archiveRun(root, phase, (line) => void process.stderr.write(`${line}\n`))
