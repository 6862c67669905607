import { createWriteStream } from 'node:fs'
import { copyFile, appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { bundleInto, loadBundled } from '../../scripts/bundle.mjs'
import { interleave } from '../measure.mjs'
import { loadMakers, padded, story } from '../pages.mjs'
import { BARE } from '../paths.mjs'

const RECORDS = 10_000
const PAGE_BYTES = 30_000
const ROUNDS = 5
const LEAST_MB = 70

const READER = `
import { createReadStream } from 'node:fs'
import { isAnswer } from './src/core/warc/capture.ts'
import { recordsIn } from './src/edge/warc/records.ts'
import { createWindow } from './src/edge/warc/window.ts'
const [file, wanted = ''] = process.argv.slice(2)
let records = 0
const wants = (head) => isAnswer(head) && head.url.includes(wanted)
const window = createWindow(createReadStream(file, { highWaterMark: 1024 * 1024 }))
for await (const found of recordsIn(window, wants)) {
  if (found.kind === 'record') records += 1
}
if (records === 0) process.exitCode = 1
`

/** Writes captures of pages of 30 kB; answers how long it took and how large their pages are. */
async function write(path) {
  const { PAGES } = await loadMakers()
  const { exchangeRecords } = await loadBundled("export { exchangeRecords } from './src/core/warc/exchange.ts'")
  const out = createWriteStream(path)
  const before = process.cpuUsage()
  let bytes = 0
  let ids = 0
  for (let n = 0; n < RECORDS; n += 1) {
    const one = story(n, 'https://www.zaobao.com.sg')
    const exchange = {
      url: new URL(one.url),
      at: Date.UTC(2021, 0, 1) + n,
      asked: [['user-agent', 'bench']],
      status: 200,
      reason: 'OK',
      headers: [['Content-Type', 'text/html; charset=utf-8']],
      body: Buffer.from(padded(PAGES.drupal8(one), PAGE_BYTES)),
      cut: null,
    }
    bytes += exchange.body.length
    for (const record of exchangeRecords(exchange, () => String((ids += 1)))) {
      if (!out.write(gzipSync(record))) await once(out, 'drain')
    }
  }
  out.end()
  await once(out, 'close')
  const { user, system } = process.cpuUsage(before)
  return { mb: bytes / 1e6, writeMs: (user + system) / 1000 }
}

/** WARC files read to the record: a gzip member each, all of them wanted, and one address of many. */
export async function warc(folder) {
  const file = join(folder, 'captures.warc.gz')
  const twice = join(folder, 'twice.warc.gz')
  const { mb, writeMs } = await write(file)
  await copyFile(file, twice)
  await appendFile(twice, await readFile(file))
  const reader = await bundleInto(join(folder, 'reader'), READER)
  const read = (...args) => ({ argv: [process.execPath, reader, ...args], cwd: folder })
  const bare = 'bare node'
  const measured = await interleave(
    {
      [bare]: BARE,
      'all records': read(file),
      'all records, twice the file': read(twice),
      'one address of them': read(file, '-1000005'),
      'gzip -dc': { argv: ['gzip', '-dc', file], cwd: folder, stdout: '/dev/null' },
    },
    ROUNDS,
  )
  const rows = Object.entries(measured).map(([what, { wallMs, cpuMs, rssMb, code }]) => ({
    what,
    'wall ms': wallMs,
    'CPU ms': cpuMs,
    'memory MB': rssMb,
    'MB of pages a CPU second': what === bare ? '' : ((what.includes('twice') ? 2 : 1) * mb * 1000) / cpuMs,
    ...(code === 0 ? {} : { failed: `exit ${code}` }),
  }))
  const speed = (mb * 1000) / measured['all records'].cpuMs
  const growth = measured['all records, twice the file'].rssMb / measured['all records'].rssMb
  return {
    title: `${RECORDS} captures of 30 kB, read to the record`,
    rows,
    budgets: [
      {
        what: 'one core',
        budget: `${LEAST_MB} MB of pages a second`,
        measured: speed.toFixed(0),
        met: speed >= LEAST_MB,
      },
      {
        what: 'its memory',
        budget: 'that of half the file, within a fifth',
        measured: growth.toFixed(2),
        met: growth <= 1.2,
      },
    ],
    notes: [`writing them: ${((mb * 1000) / writeMs).toFixed(0)} MB of pages a CPU second`],
  }
}
