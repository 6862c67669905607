/** Runs a long command and looks at it while it runs: how its memory grows from first to last. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const EVERY_MS = 100
const TICK_MS = 10
const PAGE_MB = 4096 / 1024 / 1024

/** What a process has used of the processor so far, and its memory now; `null` where it is gone. */
export function look(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ')
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS, rssMb: Number(fields[21]) * PAGE_MB }
  } catch {
    return null
  }
}

/**
 * `{ code, wallMs, cpuMs, peakMb, firstMb, lastMb }`: `firstMb` and `lastMb` are the medians of the second and of the last
 * tenth of the run, so that what a start takes is in neither.
 */
export function runSampled(argv, { cwd = '/', env = {} } = {}) {
  return new Promise((resolve) => {
    const started = performance.now()
    const all = { PATH: process.env.PATH, HOME: process.env.HOME, ...env }
    const child = spawn(argv[0], argv.slice(1), { cwd, env: all, stdio: ['ignore', 'ignore', 'inherit'] })
    const samples = []
    const timer = setInterval(() => {
      const sample = look(child.pid)
      if (sample !== null && sample.rssMb > 0) samples.push(sample)
    }, EVERY_MS)
    child.on('exit', (code) => {
      clearInterval(timer)
      const rss = samples.map(({ rssMb }) => rssMb)
      const middle = (from, to) => {
        const part = rss.slice(Math.floor(rss.length * from), Math.ceil(rss.length * to)).toSorted((a, b) => a - b)
        return part[Math.floor(part.length / 2)] ?? 0
      }
      resolve({
        code,
        wallMs: performance.now() - started,
        cpuMs: samples.at(-1)?.cpuMs ?? 0,
        peakMb: Math.max(...rss),
        firstMb: middle(0.1, 0.2),
        lastMb: middle(0.9, 1),
      })
    })
  })
}
