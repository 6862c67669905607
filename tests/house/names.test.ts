import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))

/** Names of exported types, each with the files that export it. */
function exportedTypes(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(join(SRC, file), 'utf8')
    for (const [, name = ''] of text.matchAll(/^export (?:type|interface|class) (\w+)/gm))
      found.set(name, [...(found.get(name) ?? []), file])
  }
  return found
}

test('no two exported types have one name', () => {
  const types = [...exportedTypes()]
  expect(types.length).toBeGreaterThan(300)
  expect(types.filter(([, files]) => files.length > 1)).toEqual([])
})
