// Parts of a site's export that hold what many stories have, by their names: node … site-child.js PART FOLDER
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSegment } from '../../src/core/search/segment.ts'
import { openStore } from '../../src/edge/store/open.ts'
import { openSiteFolder } from '../../src/pipeline/site/folder.ts'
import { seeded } from './invented.ts'

const [part, folder = ''] = process.argv.slice(2)

/** Makes a segment of as many stories as one of long ago has, each of some hundred tokens. */
function segment(): unknown {
  const random = seeded(3)
  const letter = (): string => String.fromCharCode(0x4e00 + Math.floor(random() ** 2 * 500))
  const making = newSegment({ from: '2012-01-01', to: '2012-03-09' })
  for (let n = 0; n < 4_096; n += 1) {
    const body = Array.from({ length: 500 }, () => letter() + letter()).join(' ')
    making.add({ place: `2012-01-01/${n}`, words: { title: '', body, author: '', marks: '' } })
  }
  const { segment: made, files } = making.end()
  return { stories: made.stories, files: files.size }
}

/** Opens the folder of a site of many files; how many bytes each of them takes. */
async function list(): Promise<unknown> {
  const [days, filesOfDay] = [2_000, 120]
  const lines = Array.from({ length: days }, (_, day) => {
    const name = `${2000 + Math.floor(day / 336)}-${String(1 + (Math.floor(day / 28) % 12)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')}`
    const files = Array.from({ length: filesOfDay }, (__, n) => `${name}/${10_000_000 + day * filesOfDay + n}.html`)
    return JSON.stringify({ sum: '', group: name, key: null, files, data: null })
  })
  mkdirSync(join(folder, '.zaobao-site'))
  writeFileSync(join(folder, '.zaobao-site/files.ndjson'), `{"site":1}\n${lines.join('\n')}\n`)
  lines.length = 0
  globalThis.gc?.()
  const before = process.memoryUsage()
  const site = await openSiteFolder(openStore(folder, '/'), {
    ...{ now: Date.now, sleep: async () => undefined, signal: new AbortController().signal },
  })
  globalThis.gc?.()
  const after = process.memoryUsage()
  const bytes = after.heapUsed + after.external - before.heapUsed - before.external
  const isKnown = await site.keep('2000-01-01', 'other')
  await site.release()
  return { bytesOfFile: Math.round(bytes / (days * filesOfDay)), isKnown }
}

process.stdout.write(JSON.stringify(await (part === 'segment' ? segment() : list())))
