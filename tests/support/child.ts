import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { bundleProgram } from '../archive/support/program.ts'
import type { ChildResult, ChildTask } from './http-child.ts'

const run = promisify(execFile)

export interface Child {
  get(task: ChildTask, env?: Record<string, string>): Promise<ChildResult & { stderr: string }>
}

/** The HTTP edge, bundled the way the published program is. */
export async function bundleChild(): Promise<Child> {
  const script = await bundleProgram('../../support/http-child.ts')
  return {
    async get(task, env = {}) {
      const { stdout, stderr } = await run(process.execPath, [script, JSON.stringify(task)], { env })
      return { ...(JSON.parse(stdout) as ChildResult), stderr }
    },
  }
}
