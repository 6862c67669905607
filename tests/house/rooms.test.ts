import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))
const IMPORTED = /(?:\bfrom |\bimport\()'(\.[^']+\.ts)'/g

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const folders = ['', ...new Set(files.map((name) => dirname(name)).filter((name) => name !== '.'))]
/** Each import, types too: the file that has it and the one that it names, by paths from `src`. */
const imports = files.flatMap((file) =>
  Array.from(readFileSync(join(SRC, file), 'utf8').matchAll(IMPORTED), ([, named = '']) => ({
    file,
    named: relative(SRC, join(SRC, dirname(file), named)),
  })),
)

/** The room of a folder in which a file is: the file, or the folder beside it; `null` outside of the folder. */
function roomIn(folder: string, file: string): string | null {
  const inside = relative(folder, file)
  return inside.startsWith('..') ? null : (inside.split(sep)[0] ?? null)
}

/** The rooms of a folder that need each other, and the imports that tie them; none where imports run one way. */
function circleIn(folder: string): string[] {
  let ties = imports.flatMap(({ file, named }) => {
    const [from, to] = [roomIn(folder, file), roomIn(folder, named)]
    return from === null || to === null || from === to ? [] : [{ from, to, tie: `${file} -> ${named}` }]
  })
  for (let before = -1; before !== ties.length;) {
    before = ties.length
    const needed = new Set(ties.map(({ to }) => to))
    const needing = new Set(ties.map(({ from }) => from))
    // What nobody needs, or needs nobody, is in no circle.
    ties = ties.filter(({ from, to }) => needed.has(from) && needing.has(to))
  }
  return ties.map(({ tie }) => tie)
}

test.for(folders)('no two rooms of src/%s need each other', (folder) => {
  expect(circleIn(folder)).toEqual([])
})
