import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundleInto } from '../../scripts/bundle.mjs'
import type { ChildResult, ChildTask } from './http-child.ts'

const run = promisify(execFile)

export interface Child {
  get(task: ChildTask, env?: Record<string, string>): Promise<ChildResult & { stderr: string }>
  remove(): Promise<void>
}

/** Bundles the HTTP edge the way the published program is, into a folder of its own. */
export async function bundleChild(): Promise<Child> {
  const folder = await mkdtemp(join(tmpdir(), 'zaobao-http-'))
  const script = await bundleInto(folder, "import './tests/support/http-child.ts'")
  return {
    async get(task, env = {}) {
      const { stdout, stderr } = await run(process.execPath, [script, JSON.stringify(task)], { env })
      return { ...(JSON.parse(stdout) as ChildResult), stderr }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
