// One splitting bundle for start-up time: `bin` and the library share its chunks.
import { build } from 'esbuild'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** undici asks for HTTP/2, which the program does not use, and does without where Node has none: loading it takes long. */
const withoutHttp2 = {
  name: 'without-http2',
  setup(setup) {
    setup.onResolve({ filter: /^node:http2$/ }, () => ({ path: 'http2', namespace: 'none' }))
    setup.onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: 'exports.constants = {}', loader: 'js' }))
  },
}

/** Chunks of an earlier build have other names; the types beside them stay. */
async function clear() {
  await mkdir(`${root}dist`, { recursive: true })
  for (const name of await readdir(`${root}dist`)) if (/\.js(\.map)?$/.test(name)) await rm(`${root}dist/${name}`)
}

/** How every program of this project is bundled, the tests' own too. */
export const OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  // A UMD file of a package requires its parts by names that no bundler can follow.
  mainFields: ['module', 'main'],
  target: 'node20.19',
  plugins: [withoutHttp2],
  external: ['fs-ext-extra-prebuilt'],
  // Bundled CommonJS dependencies require node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
}

/**
 * Bundles `src` into `dist`; answers esbuild's metafile: which modules each file holds. Without `write` it is only
 * answered.
 */
export async function bundle({ write = true } = {}) {
  if (write) await clear()
  const { metafile } = await build({
    ...OPTIONS,
    write,
    entryPoints: { main: 'src/main.ts', index: 'src/index.ts', worker: 'src/worker.ts' },
    outdir: 'dist',
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
  })
  return metafile
}
