/** A process of its own that writes the site of the archive `argv[2]` into the folder `argv[3]`. */
import { exportSite } from '../../../src/commands/export-site.ts'
import { watchedIo } from './io.ts'

const [archive = '', site = ''] = process.argv.slice(2)
const io = { ...watchedIo(), stderr: (text: string) => void process.stderr.write(text) }
process.exitCode = await exportSite(site, { archive, quiet: true }, io, async () => Buffer.from('search'))
