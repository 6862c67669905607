// Bytes that turning a page into a story allocates: node --expose-gc … allocations.mjs PAGE URL
import { readFileSync } from 'node:fs'
import { extractStory } from '../../dist/index.js'

const [file, url] = process.argv.slice(2)
const page = readFileSync(file, 'utf8')
for (let n = 0; n < 3; n += 1) extractStory(page, url)
globalThis.gc()
const before = process.memoryUsage().heapUsed
const story = extractStory(page, url)
const allocated = process.memoryUsage().heapUsed - before
process.stdout.write(JSON.stringify({ allocated, title: story?.title ?? null }))
