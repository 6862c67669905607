import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  closeSync,
  constants,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLog } from '../../src/edge/log.ts'
import { writeOutput } from '../../src/edge/output.ts'
import { Interrupted } from '../../src/io.ts'
import { testIo } from '../support/io.ts'
import { call, folder, start, type Started, storiesIn } from '../support/program.ts'

let home: ReturnType<typeof folder>
let pipe: string
let begun: Started | null
beforeEach(() => {
  home = folder()
  pipe = join(home.path, 'pipe')
  begun = null
  execFileSync('mkfifo', [pipe])
})
afterEach(() => {
  begun?.child.kill('SIGKILL')
  home.remove()
})

const run = (...args: string[]): Started => (begun = start(args, { cwd: home.path }))

/** The pipe, for whoever stands at its other end. */
async function other(flag: number): Promise<number> {
  for (;;) {
    try {
      return openSync(pipe, flag | constants.O_NONBLOCK)
    } catch {
      await delay(20)
    }
  }
}

/** How much of a few bytes is there to read; 0 where nothing is yet. */
function readSome(reader: number): number {
  try {
    return readSync(reader, Buffer.alloc(10))
  } catch {
    return 0
  }
}

describe('a pipe that is named', () => {
  test.each([
    [['config', '--config', 'pipe']],
    [['backfill', '--file', 'pipe']],
    [['convert', 'pipe']],
    [['convert', 'pipe', '--from', 'json']],
    [['items', 'pipe']],
    [['init', '--opml', 'pipe']],
  ])('%j: what waits at it is ended by a signal', async (args) => {
    const { child, ended } = run(...args)
    const writer = await other(constants.O_WRONLY)
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 143, stdout: '', stderr: '' })
    closeSync(writer)
  })

  test('is read to its end, however late it comes', async () => {
    const { ended } = run('config', '--config', 'pipe', '--json')
    const writer = await other(constants.O_WRONLY)
    for (const part of ['{ "rate": ', '"7/m" }']) {
      writeSync(writer, part)
      await delay(20)
    }
    closeSync(writer)
    expect(JSON.parse((await ended).stdout)).toMatchObject({ rate: { value: '7/m' } })
  })

  test('as the file of a book: what waits for its reader is ended by a signal, and what comes is whole', async () => {
    await call(['demo', '--archive', 'archive'], { cwd: home.path })
    const stop = new AbortController()
    const sleep = (_ms: number, signal?: AbortSignal): Promise<void> => {
      stop.abort(new Interrupted('interrupted'))
      return Promise.reject(signal?.reason as Error)
    }
    await expect(writeOutput([], 'pipe', { ...testIo(home.path), sleep, signal: stop.signal })).rejects.toThrow(
      'interrupted',
    )

    const { ended } = run('export', '--output', 'pipe')
    const reader = await other(constants.O_RDONLY)
    expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' })
    const { stdout } = await call(['export'], { cwd: home.path })
    expect(readFileSync(reader, 'utf8')).toBe(stdout)
    closeSync(reader)
  })

  test('as an output whose reader goes away ends quietly, as standard output does', async () => {
    await call(['demo', '--archive', 'archive'], { cwd: home.path })
    const [path = ''] = storiesIn(join(home.path, 'archive')).keys()
    appendFileSync(join(home.path, 'archive', path), `\n${'渡口复航。'.repeat(50_000)}\n`)
    const { ended } = run('export', '--output', 'pipe')
    const reader = await other(constants.O_RDONLY)
    while (readSome(reader) === 0) await delay(20)
    closeSync(reader)
    expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('as a log that nobody reads costs the run nothing, and as a file of failures is refused', async () => {
    writeFileSync(join(home.path, 'list.txt'), '')
    const list = ['backfill', '--file', 'list.txt']
    const said = `${pipe}: no program reads from it`
    expect(await run(...list, '--verbose', '--log', 'pipe').ended).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`${said}; the run goes on\n`) as string,
    })
    expect(await run(...list, '--failures', 'pipe').ended).toEqual({
      code: 2,
      stdout: '',
      stderr: `zaobao-archiver: ${said}\n`,
    })
  })

  test('as a log is held for its reader from the first line to the last', async () => {
    writeFileSync(join(home.path, 'list.txt'), '')
    const reader = await other(constants.O_RDONLY)
    const { code, stderr } = await run('backfill', '--file', 'list.txt', '--verbose', '--log', 'pipe').ended
    expect(code).toBe(0)
    expect(readFileSync(reader, 'utf8')).toBe(stderr)
    closeSync(reader)
  })

  test('as a log loses no line where its reader is slow', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `${index} 早报`.repeat(5))
    const text = `${lines.join('\n')}\n`
    const whole = `exec < pipe; sleep 0.3; head -c ${Buffer.byteLength(text)} > read`
    const slow = spawn('sh', ['-c', whole], { cwd: home.path })
    closeSync(await other(constants.O_WRONLY))
    const said: string[] = []
    lines.forEach(openLog('pipe', home.path, { report: (line) => said.push(line), isNeeded: false }))
    expect(said).toEqual([])
    await once(slow, 'close')
    expect(readFileSync(join(home.path, 'read'), 'utf8')).toBe(text)
  })

  test('as a log is given up where its reader stands still', async () => {
    const reader = await other(constants.O_RDONLY)
    const said: string[] = []
    const log = openLog('pipe', home.path, { report: (line) => said.push(line), isNeeded: false })
    for (let line = 0; line < 300; line += 1) log('x'.repeat(999))
    expect(said).toEqual([`${pipe}: its reader stands still; the run goes on`])
    closeSync(reader)
  })

  test('is no file of captures, which are read from several places', async () => {
    for (const name of ['pipe', './pipe'])
      expect(await run('backfill', '--warc', name).ended).toEqual({
        code: 2,
        stdout: '',
        stderr: `zaobao-archiver: ${name}: it is no plain file; standard input is read by --warc -\n`,
      })
  })
})

test.each(['/dev/zero', '/dev/full'])('%s as a configuration is refused, not read for ever', async (device) => {
  const { code, stderr } = await run('config', '--config', device).ended
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `zaobao-archiver: ${device}: larger than 16 MiB, which nothing of use here is\n`,
  })
})
