import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { figure } from '../support/figures.ts'
import { call, folder } from '../support/program.ts'
import { serve } from '../support/server.ts'

const BIN = fileURLToPath(new URL('../../bin/zaobao-archiver.js', import.meta.url))
const PAGE_URL = 'https://www.zaobao.com.sg/realtime/china/story20211110-9000001'
const MAX_PEAK_MB = 450
const GIB = 1024 ** 3

let home: ReturnType<typeof folder>
beforeEach(() => void (home = folder()))
afterEach(() => home.remove())

/** Each command that reads a file or standard input, `FILE` standing for either. */
const READERS = [
  ['items', ['items', 'FILE']],
  ['convert', ['convert', 'FILE', '--url', PAGE_URL]],
  ['convert --from json', ['convert', 'FILE', '--from', 'json']],
  ['backfill', ['backfill', '--file', 'FILE']],
] as const

interface Ended {
  code: number | null
  stderr: string
  stdout: string
  peakMb: number
}

/** Runs the program under GNU time's measure of memory, its standard input being written without end. */
async function run(args: readonly string[], endless: Buffer | null): Promise<Ended> {
  const measured = `const fs = require('node:fs')
    process.on('exit', () => fs.writeSync(2, '\\npeak ' + /VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status'))[1]))`
  writeFileSync(join(home.path, 'measure.cjs'), measured)
  const child = spawn(process.execPath, ['--require', join(home.path, 'measure.cjs'), BIN, ...args], { cwd: home.path })
  let stderr = ''
  let stdout = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stdin.on('error', () => undefined)
  if (endless === null) child.stdin.end()
  else {
    const fill = (): void => {
      while (child.stdin.writable && child.stdin.write(endless));
    }
    child.stdin.on('drain', fill)
    fill()
  }
  const [code] = (await once(child, 'close')) as [number | null]
  const [said = '', peak = '0'] = stderr.split('\npeak ')
  return { code, stdout, stderr: said, peakMb: Math.round(Number(peak) / 1024) }
}

const fill = (args: readonly string[], file: string) => args.map((word) => (word === 'FILE' ? file : word))

describe.each(READERS)('%s', (name, args) => {
  // What `items` is given is a source; to the others it is what they are called with.
  const code = name === 'items' ? 3 : 2
  test.each([
    ['a file of 1 GiB', 'large.bin', null],
    ['/dev/zero', '/dev/zero', null],
    ['standard input without end', '-', Buffer.from('y\n'.repeat(32_768))],
  ])('%s is one line, in bounded memory', async (what, file, endless) => {
    const handle = openSync(join(home.path, 'large.bin'), 'w')
    ftruncateSync(handle, GIB)
    closeSync(handle)
    const ended = await run(fill(args, file), endless)
    figure(`${name} of ${what}`, `${ended.peakMb} MB at most`)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toMatch(/^zaobao-archiver: [^\n]*: larger than \d+ MiB[^\n]*\n$/)
    expect(ended.peakMb).toBeLessThan(MAX_PEAK_MB)
  })

  test('a file of captures is called so', async () => {
    const record = 'WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n'
    writeFileSync(join(home.path, 'a.warc.gz'), gzipSync(record))
    const stderr = 'zaobao-archiver: a.warc.gz: a WARC file; backfill --warc reads it\n'
    expect(await call(fill(args, 'a.warc.gz'), { cwd: home.path })).toEqual({ code, stdout: '', stderr })
  })

  test('a folder, and no file', async () => {
    mkdirSync(join(home.path, 'folder'))
    for (const [file, why] of [
      ['folder', 'it is a folder, not a file'],
      ['nothing', 'there is no such file'],
    ] as const) {
      const ended = await call(fill(args, file), { cwd: home.path })
      expect(ended).toEqual({ code, stdout: '', stderr: `zaobao-archiver: ${file}: ${why}\n` })
    }
  })
})

test.each([
  ['short lines', `${'y'.repeat(79)}\n`.repeat(200_000)],
  ['zeros', '\0'.repeat(16_000_000)],
  ['tags without an end', '<a '.repeat(5_000_000)],
  ['paragraphs', '<p>'.repeat(5_000_000)],
  ['brackets', '['.repeat(16_000_000)],
])('16 MB of %s are refused by each command in one line', async (what, text) => {
  writeFileSync(join(home.path, 'input'), text)
  for (const [name, args] of READERS) {
    const ended = await run(fill(args, 'input'), null)
    figure(`${name} of ${what}`, `${ended.peakMb} MB at most`)
    expect([1, 2, 3]).toContain(ended.code)
    expect(ended.stdout).toBe('')
    expect(ended.stderr.split('\n').length).toBeLessThan(105)
    expect(ended.stderr.length).toBeLessThan(20_000)
    expect(ended.peakMb).toBeLessThan(1_200)
  }
})

test('a list of nothing but bad lines: the first are named, the others counted', async () => {
  writeFileSync(join(home.path, 'y.txt'), 'y\n'.repeat(5_000))
  const ended = await call(['backfill', '--file', 'y.txt'], { cwd: home.path })
  expect(ended.code).toBe(2)
  const lines = ended.stderr.trimEnd().split('\n')
  expect(lines).toHaveLength(101)
  expect(lines[99]).toContain('y.txt: line 100: "y"')
  expect(lines[100]).toBe('zaobao-archiver: and 4900 more')
})

test('items of a bomb at an address', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 1 })
  const server = await serve(
    (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
  )
  try {
    const ended = await run(['items', `${server.origin}/feed.xml`, '--allow-private'], null)
    expect(ended.code).toBe(3)
    expect(ended.stderr.trim()).toBe(`zaobao-archiver: ${server.origin}/feed.xml: more than 16777216 bytes`)
    expect(ended.peakMb).toBeLessThan(MAX_PEAK_MB)
  } finally {
    await server.close()
  }
})
