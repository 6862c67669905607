// What is published, and how tests and benchmarks bundle what they run.
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Modules that a package asks for and the program does not use, since loading them takes long: undici does without HTTP/2 where
 * Node has none, commander runs no other program for a command, and no front matter holds functions.
 */
const UNUSED = { 'node:http2': 'undici', 'node:child_process': 'commander', esprima: 'js-yaml' }
const withoutUnused = {
  name: 'without-unused',
  resolveId: (id, importer) => (importer?.includes(`/node_modules/${UNUSED[id]}/`) ? `\0${id}` : null),
  load: (id) => (id.slice(1) in UNUSED ? 'export const constants = {}' : null),
}

/**
 * How packages `require` modules of Node: to make a `require` that finds files as well takes a twentieth of a start. Node 21, and 22
 * before 22.3, know no other.
 */
const requireOfNode = `(process.getBuiltinModule === undefined ? createRequire(import.meta.url) : function (id) {
	const found = process.getBuiltinModule(id);
	if (found === undefined) throw Object.assign(new Error("Cannot find module '" + id + "'"), { code: "MODULE_NOT_FOUND" });
	return found;
})`

/**
 * V8 compiles at once a `function` in parentheses, an arrow function only when it is called, with all of it read again: each
 * CommonJS module is one. Text of ASCII alone is read faster, and takes half the memory.
 */
const quicklyRead = {
  name: 'quickly-read',
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue
      file.code = file.code
        .replaceAll(/(?<=\b__commonJSMin\()\(\((exports[\w$, ]*)\) => \{$/gm, '(function($1) {')
        .replace('(() => createRequire(import.meta.url))();', `${requireOfNode};`)
        .replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    }
  },
}

/** How every program of this project is read: as Node runs it, packages and all. */
const INPUT = {
  cwd: root,
  platform: 'node',
  external: ['@photostructure/sqlite', 'fs-ext-extra-prebuilt'],
  // A UMD file of a package requires its parts by names that no bundler can follow.
  resolve: { mainFields: ['module', 'main'] },
  transform: { target: 'node20.19' },
  plugins: [withoutUnused, quicklyRead],
  // gray-matter would run front matter in JavaScript, which no file of an archive has.
  onLog: (level, log, tell) => log.code === 'EVAL' || tell(level, log),
}

/** What is loaded together, and by what: a start of the program, a configuration, a poll, a page that it finds, `convert`, `items` of a feed. */
const LOADED_TOGETHER = {
  start: ['main.ts'],
  configured: ['config/read.ts'],
  poll: ['commands/fetch.ts', 'edge/http/http.ts', 'config/config.ts'],
  page: ['pipeline/story/archive-story.ts', 'pipeline/reading/read-story.ts', 'sites/index.ts', 'core/text/charset.ts'],
  convert: ['commands/convert.ts', 'sites/index.ts', 'core/text/charset.ts'],
  search: ['commands/search.ts', 'config/config.ts'],
  items: ['commands/items.ts', 'core/feed/feed.ts', 'config/config.ts', 'sites/index.ts', 'core/text/charset.ts'],
}

/** All modules that `entries` of `src` import, in turn. */
function closureOf(entries, graph) {
  const ids = new Set(entries.map((entry) => join(root, 'src', entry)))
  for (const id of ids) graph.getModuleInfo(id)?.importedIds.forEach((imported) => ids.add(imported))
  return ids
}

/**
 * The name of the file that holds a module: one file for all modules that the same of the above need, since each file costs
 * a start half a millisecond. What a module imports is needed wherever it is, so that no two files need each other. What
 * none of them needs is left to the bundler. The library must not load what the program alone starts with.
 */
function fileNames() {
  let closures = null
  return (id, graph) => {
    closures ??= Object.entries({ ...LOADED_TOGETHER, library: ['index.ts'] }).map(([name, entries]) => [
      name,
      closureOf(entries, graph),
    ])
    // A command that waits for `main` is waited for by it.
    if (id === join(root, 'src', 'main.ts')) return null
    const names = closures.flatMap(([name, ids]) => (ids.has(id) ? [name] : []))
    if (names[0] === 'start') return names.includes('library') ? 'words' : 'start'
    const kinds = names.filter((name) => name !== 'library')
    // A search takes the least, so that the others want nearly all that it shares with two of them.
    return kinds.length > 2 && kinds.includes('search') ? 'common' : kinds.join('-') || null
  }
}

/** Chunks of an earlier build have other names; the types beside them stay. */
async function clear() {
  await mkdir(`${root}dist`, { recursive: true })
  for (const name of await readdir(`${root}dist`)) if (/\.js(\.map)?$/.test(name)) await rm(`${root}dist/${name}`)
}

/** A browser is told in the page what to say, and has no catalogue of messages. */
const withoutMessages = {
  name: 'without-messages',
  load: (id) => (id === join(root, 'src', 'words', 'zh.ts') ? 'export const ZH = {}' : null),
}

/** Licences of packages stay. */
const COMMENTS = { legal: true, annotation: false, jsdoc: false }

/** The script that searches a static site, one file for browsers. */
async function bundleForBrowsers() {
  const script = await rolldown({ cwd: root, platform: 'browser', input: 'src/browser.ts', plugins: [withoutMessages] })
  await script.write({
    ...{ file: 'dist/browser.js', format: 'iife', minify: true, codeSplitting: false, comments: COMMENTS },
  })
  await script.close()
}

/** Which modules each file of `dist` holds, by paths from the root, once `src` is bundled into it. */
export async function bundle() {
  await clear()
  const input = { main: 'src/main.ts', index: 'src/index.ts', worker: 'src/worker.ts' }
  const program = await rolldown({ ...INPUT, input, preserveEntrySignatures: 'allow-extension' })
  const { output } = await program.write({
    dir: 'dist',
    sourcemap: true,
    sourcemapExcludeSources: true,
    comments: COMMENTS,
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: fileNames(), debugName: 'loaded together' }],
    },
  })
  await program.close()
  await bundleForBrowsers()
  const chunks = output.filter(({ type }) => type === 'chunk')
  return Object.fromEntries(chunks.map((chunk) => [`dist/${chunk.fileName}`, modulesIn(chunk)]))
}

function modulesIn({ modules }) {
  const held = Object.entries(modules).filter(([id, { renderedLength }]) => !id.startsWith('\0') && renderedLength > 0)
  return held.map(([id]) => relative(root, id))
}

/**
 * Bundles a program of TypeScript, given as text that imports from the root of this project, into `folder`, as the published
 * one is; answers its path.
 */
export async function bundleInto(folder, text, { plugins = [] } = {}) {
  const id = `${root}program.ts`
  const given = {
    name: 'given',
    resolveId: (asked) => (asked === 'given' ? id : null),
    load: (asked) => (asked === id ? text : null),
  }
  const program = await rolldown({
    ...INPUT,
    onLog: () => {},
    input: { program: 'given' },
    plugins: [given, ...plugins, ...INPUT.plugins],
  })
  const names = { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' }
  await program.write({ dir: folder, ...names })
  await program.close()
  return join(folder, 'program.mjs')
}

/** What a text of TypeScript exports that imports from the root of this project. */
export async function loadBundled(text) {
  const folder = await mkdtemp(join(tmpdir(), 'zaobao-bundle-'))
  // Some of it is loaded when it is wanted.
  process.once('exit', () => rmSync(folder, { recursive: true }))
  return import(pathToFileURL(await bundleInto(folder, text)).href)
}
