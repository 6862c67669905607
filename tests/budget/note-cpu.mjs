// Writes the processor's milliseconds that the process took to the file that CPU_NOTES names, as it ends.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  writeFileSync(process.env['CPU_NOTES'], String(Math.round((user + system) / 1000)))
})
