import { spawnSync } from 'node:child_process'
import { open, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { flockByCommand, loadFlock } from '../../src/edge/store/files/flock.ts'
import { acquireLock } from '../../src/edge/archive/version.ts'
import { storeAt } from '../support/store.ts'
import type { Lock } from '../../src/edge/store/store.ts'
import { ArchiveError, TryLaterError } from '../../src/errors.ts'
import { freshFolder } from './support/folder.ts'
import { bundleProgram, run, start } from './support/program.ts'

let locker = ''
beforeAll(async () => {
  locker = await bundleProgram('locker.ts')
})

function acquire(root: string, waitMs = 0, signal = new AbortController().signal): Promise<Lock> {
  return acquireLock(storeAt(root), {
    waitMs,
    signal,
    report: () => undefined,
    now: Date.now,
    sleep: (ms, until) => sleep(ms, undefined, { ...(until && { signal: until }) }),
  })
}

describe('one run at a time', () => {
  test('of 16 starts at once one works and 15 leave with 75', async () => {
    const root = await freshFolder()
    const starts = Array.from({ length: 16 }, () => start(process.execPath, [locker, root, '0', 'hold']))
    const holder = await Promise.any(starts.map(async (started) => (await started.says('held'), started)))
    const others = await Promise.all(starts.filter((started) => started !== holder).map(({ ended }) => ended))
    expect(others.map(({ code }) => code)).toEqual(Array<number>(15).fill(75))
    expect(new Set(others.map(({ stderr }) => stderr))).toEqual(
      new Set([`another run holds the archive ${root}; try later, or wait with --wait\n`]),
    )
    holder.child.kill('SIGKILL')
    expect((await holder.ended).signal).toBe('SIGKILL')
    expect((await readFile(join(root, 'work'), 'utf8')).match(/in/g)).toHaveLength(1)
  })

  test('a holder that is killed frees the lock at once', async () => {
    const root = await freshFolder()
    const holder = start(process.execPath, [locker, root, '0', 'hold'])
    await holder.says('held')
    await expect(acquire(root)).rejects.toThrow(TryLaterError)
    holder.child.kill('SIGKILL')
    await holder.ended
    await (await acquire(root)).release()
  })

  test('a run that waits gets in when the holder ends', async () => {
    const root = await freshFolder()
    const holder = start(process.execPath, [locker, root, '0', 'short'])
    await holder.says('held')
    expect((await run(locker, [root, '30000', 'now'])).code).toBe(0)
    expect((await holder.ended).code).toBe(0)
    expect((await readFile(join(root, 'work'), 'utf8')).match(/in|out/g)).toEqual(['in', 'out', 'in', 'out'])
  })

  test('waiting ends after its time, and when it is aborted', async () => {
    const root = await freshFolder()
    const held = await acquire(root)
    await expect(acquire(root, 200)).rejects.toThrow(TryLaterError)
    const stop = new AbortController()
    const waiting = acquire(root, 60_000, stop.signal)
    setTimeout(() => stop.abort(), 100)
    await expect(waiting).rejects.toThrow('aborted')
    await held.release()
    await (await acquire(root)).release()
  })

  test('a long run lets those in that wait, and goes on after them', async () => {
    const root = await freshFolder()
    const long = start(process.execPath, [locker, root, '0', 'let'])
    await long.says('held')
    const short = await Promise.all([run(locker, [root, '30000', 'now']), run(locker, [root, '30000', 'short'])])
    expect(short.map(({ code }) => code)).toEqual([0, 0])
    expect((await long.ended).code).toBe(0)
    const work = (await readFile(join(root, 'work'), 'utf8')).trimEnd().split('\n')
    const others = work.filter((line) => !line.startsWith(`${long.child.pid} `)).map((line) => line.split(' ')[1])
    expect(others).toEqual(['in', 'out', 'in', 'out'])
    expect(work.indexOf(`${long.child.pid} again`)).toBeGreaterThan(2)
  })

  test('two long runs take turns', async () => {
    const root = await freshFolder()
    const one = start(process.execPath, [locker, root, '0', 'let'])
    await one.says('held')
    const two = start(process.execPath, [locker, root, '30000', 'let'])
    expect((await Promise.all([one.ended, two.ended])).map(({ code }) => code)).toEqual([0, 0])
  })

  test('nobody waits: nothing is let go', async () => {
    const lock = await acquire(await freshFolder())
    expect(await lock.letOthersIn()).toBe(false)
    await lock.release()
  })

  test('the lock file may be deleted between runs', async () => {
    const root = await freshFolder()
    await (await acquire(root)).release()
    await rm(join(root, '.zaobao'), { recursive: true })
    await (await acquire(root)).release()
  })

  test('the archive that is locked has its ignore file', async () => {
    const root = await freshFolder()
    await (await acquire(root)).release()
    expect(await readFile(join(root, '.zaobao', '.gitignore'), 'utf8')).toContain('revisions')
  })

  test('a link in place of the lock file is not followed', async () => {
    const root = await freshFolder()
    const outside = join(await freshFolder(), 'file')
    await writeFile(outside, 'theirs')
    await (await acquire(root)).release()
    await rm(join(root, '.zaobao', 'lock'))
    await symlink(outside, join(root, '.zaobao', 'lock'))
    await expect(acquire(root)).rejects.toThrow(ArchiveError)
  })
})

test('where nothing on the system takes locks, it is said with what does', async () => {
  const path = join(await freshFolder(), 'lock')
  const handle = await open(path, 'w+')
  vi.stubEnv('PATH', '')
  await expect(flockByCommand(handle, 'exclusive', path)).rejects.toThrow(
    /^cannot lock .*: neither the add-on .* for Node 20 to 25, nor the command flock works .*; use one of these, or install /,
  )
  vi.unstubAllEnvs()
  await handle.close()
})

const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0
if (!has('flock')) process.stderr.write('tests/archive/lock: the command flock is not installed\n')
else {
  test('the command flock and the add-on take the same lock, which stays with the open file', async () => {
    const path = join(await freshFolder(), 'lock')
    const [one, two] = [await open(path, 'w+'), await open(path, 'w+')]
    const flockByAddon = loadFlock()
    expect(await flockByCommand(one, 'exclusive', path)).toBe(true)
    expect(await flockByCommand(two, 'exclusive', path)).toBe(false)
    expect(await flockByAddon(two, 'exclusive', path)).toBe(false)
    await one.close()
    expect(await flockByAddon(two, 'shared', path)).toBe(true)
    const three = await open(path, 'w+')
    expect(await flockByCommand(three, 'shared', path)).toBe(true)
    expect(await flockByCommand(three, 'exclusive', path)).toBe(false)
    await Promise.all([two.close(), three.close()])
  })
}

if (!has('strace')) process.stderr.write('tests/archive/lock: strace is not installed\n')
else {
  test('a file system without locks is one clear line and exit 4', async () => {
    const root = await freshFolder()
    const inject = ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=flock', '-e', 'inject=flock:error=ENOLCK']
    const ended = await start('strace', [...inject, process.execPath, locker, root, '0', 'now']).ended
    expect(ended.code).toBe(4)
    expect(ended.stderr).toMatch(/^cannot lock [^\n]+: this file system has no file locks \(ENOLCK\); [^\n]+\n$/)
  })
}
