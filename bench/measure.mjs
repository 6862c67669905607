/** Measures commands from outside, interleaved, so that what else the machine does falls on all of them alike. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const RUSAGE = fileURLToPath(new URL('rusage.py', import.meta.url))

/** `[ { code, wallMs, cpuMs, rssMb } ]`: one run after another, each in a process of its own. */
export function createRunner() {
  const child = spawn('python3', [RUSAGE], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async run({ argv, cwd, env = {}, input, stdout, stderr }) {
      const all = { PATH: process.env.PATH, HOME: process.env.HOME, ...env }
      child.stdin.write(`${JSON.stringify({ argv, cwd, env: all, input, stdout, stderr })}\n`)
      const { value } = await answers.next()
      return JSON.parse(value)
    },
    close: () => void child.stdin.end(),
  }
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The median of each figure over runs. */
export function summary(runs) {
  const of = (key) => median(runs.map((run) => run[key]))
  const failed = runs.find(({ code }) => code !== 0)
  return { wallMs: of('wallMs'), cpuMs: of('cpuMs'), rssMb: of('rssMb'), rounds: runs.length, code: failed?.code ?? 0 }
}

/**
 * Runs every command `rounds` times, in turn: A B C A B C. `commands`: name to `{ argv, …, before }`; `before` is done ahead of
 * each run and not measured.
 */
export async function interleave(commands, rounds) {
  const runner = createRunner()
  const runs = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, command] of Object.entries(commands)) {
      await command.before?.()
      const measured = await runner.run(command)
      // The first round fills the system's caches.
      if (round >= 0) runs[name].push(measured)
    }
  }
  runner.close()
  return Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, summary(all)]))
}
