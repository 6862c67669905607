// Builds what `bin` and `exports` point to.
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.mjs'
import { manualPage } from './manual.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await bundle()
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
execFileSync(process.execPath, [join(typescript, 'bin', 'tsc'), '-p', 'tsconfig.types.json'], {
  cwd: root,
  stdio: 'inherit',
})

const bin = join(root, 'bin', 'zaobao-archiver.js')
await writeFile(join(root, 'dist', 'config.schema.json'), execFileSync(process.execPath, [bin, 'schema', 'config']))
await writeFile(join(root, 'dist', 'zaobao-archiver.1'), await manualPage())
