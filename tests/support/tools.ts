import { spawnSync } from 'node:child_process'

/** True when a command of the machine is there; says in one line that a test has nothing to run when it is not. */
export function hasTool(name: string, what: string): boolean {
  const there = spawnSync('sh', ['-c', `command -v ${name}`]).status === 0
  if (!there) process.stderr.write(`${what}: ${name} is not installed, nothing to run\n`)
  return there
}
