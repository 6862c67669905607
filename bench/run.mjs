/**
 * Runs the benchmarks and prints their tables: `npm run bench`, or `npm run bench -- SECTION…`. Results are kept in
 * bench/results.json. Everything happens in a temporary folder and on loopback.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../scripts/bundle.mjs'
import { archive } from './sections/archive.mjs'
import { bulk } from './sections/bulk.mjs'
import { convert } from './sections/convert.mjs'
import { fresh } from './sections/fresh.mjs'
import { generic } from './sections/generic.mjs'
import { instructions } from './sections/instructions.mjs'
import { page } from './sections/page.mjs'
import { poll } from './sections/poll.mjs'
import { search } from './sections/search.mjs'
import { start } from './sections/start.mjs'
import { warc } from './sections/warc.mjs'
import { sectionText } from './table.mjs'

const SECTIONS = { start, poll, convert, fresh, page, generic, instructions, bulk, archive, search, warc }
const RESULTS = fileURLToPath(new URL('results.json', import.meta.url))
const README = fileURLToPath(new URL('README.md', import.meta.url))

const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(SECTIONS)
const unknown = wanted.filter((name) => SECTIONS[name] === undefined)
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(', ')}; the sections are ${Object.keys(SECTIONS).join(', ')}`)
  process.exit(2)
}

function earlier() {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')).sections
  } catch {
    return {}
  }
}

/** The tables stand in the README as they were printed. */
function intoReadme(texts) {
  const [before, , after] = readFileSync(README, 'utf8').split(/(?<=<!-- tables -->\n)|(?=<!-- end of tables -->)/)
  writeFileSync(README, `${before}\n${texts.join('\n\n')}\n\n${after}`)
}

await bundle()
const folder = mkdtempSync(join(tmpdir(), 'zaobao-bench-'))
const machine = { node: process.version, v8: process.versions.v8, cpu: cpus()[0]?.model ?? '', cores: cpus().length }
const sections = earlier()
try {
  for (const name of wanted) {
    sections[name] = await SECTIONS[name](folder)
    console.log(`\n${sectionText(name, sections[name])}`)
    writeFileSync(RESULTS, `${JSON.stringify({ machine, sections }, null, 2)}\n`)
    intoReadme(Object.keys(SECTIONS).flatMap((one) => (sections[one] ? [sectionText(one, sections[one])] : [])))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
