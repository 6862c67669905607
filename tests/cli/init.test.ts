import { execFileSync, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CONFIG_KEYS } from '../../src/config/keys.ts'
import { loadConfig } from '../../src/config/config.ts'
import { crontabLine, systemdService, systemdTimer } from '../../src/core/setup/schedule.ts'
import { testIo } from '../support/io.ts'
import { BIN, call, folder } from '../support/program.ts'
import { hasTool } from '../support/tools.ts'
import { english } from '../../src/words/words.ts'

const require = createRequire(import.meta.url)
let home: ReturnType<typeof folder>
beforeEach(() => void (home = folder()))
afterEach(() => home.remove())

const init = (...args: string[]) => call(['init', ...args], { cwd: home.path })
const read = (path: string) => readFileSync(join(home.path, path), 'utf8')

describe('the configuration', () => {
  test('loads, and says what holds without it', async () => {
    expect(await init()).toMatchObject({ code: 0, stdout: '' })
    expect(await loadConfig({}, testIo(home.path))).toMatchObject(await loadConfig({}, testIo('/')))
  })

  test('shows every key with what it is for; each loads when it is uncommented', async () => {
    await init()
    const text = read('zaobao.config.jsonc')
    for (const [key, { about }] of Object.entries(CONFIG_KEYS)) {
      expect(text).toMatch(
        new RegExp(`^  // ${english(about).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\n  (// )?"${key}": `, 'm'),
      )
    }
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), text.replaceAll(/^ {2}\/\/ (?="\w+": )/gm, '  '))
    const config = await loadConfig({}, testIo(home.path))
    expect(config).toMatchObject({ limit: 100, contact: 'you@example.org', keys: ['bylines', 'updated'] })
  })

  test('names the schema for editors: that of the package, the one beside it where it is installed there', async () => {
    await init()
    const named = /^ {2}"\$schema": "(\.[^"]+)",$/m.exec(read('zaobao.config.jsonc'))?.[1] ?? ''
    expect(JSON.parse(read(named))).toMatchObject({ $schema: expect.stringContaining('2020-12') as string })
    mkdirSync(join(home.path, 'node_modules/zaobao-archiver/dist'), { recursive: true })
    writeFileSync(join(home.path, 'node_modules/zaobao-archiver/dist/config.schema.json'), '{}')
    await init('--force')
    expect(read('zaobao.config.jsonc')).toContain('"./node_modules/zaobao-archiver/dist/config.schema.json"')
  })

  test('says how the site reaches the user, or asks for it', async () => {
    expect((await init()).stderr).toContain('"contact"')
    const ended = await init('--force', '--contact', 'me@example.org')
    expect(ended.stderr).not.toContain('contact')
    expect((await loadConfig({}, testIo(home.path))).contact).toBe('me@example.org')
    expect(await call(['init', '--contact', '早'], { cwd: home.path })).toMatchObject({ code: 2 })
  })

  test('is whole or not there where no file can be written, and the former one stays', () => {
    const full = (...args: string[]) =>
      spawnSync('sh', ['-c', 'ulimit -f 0; exec "$@"', '', process.execPath, BIN, 'init', ...args], {
        cwd: home.path,
        encoding: 'utf8',
      })
    expect(full()).toMatchObject({ status: 2, stderr: expect.stringContaining('cannot be written (EFBIG)') as string })
    expect(readdirSync(home.path)).toEqual([])
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), '{}')
    expect(full('--force')).toMatchObject({ status: 2 })
    expect(readdirSync(home.path)).toEqual(['zaobao.config.jsonc'])
    expect(read('zaobao.config.jsonc')).toBe('{}')
  })

  test('takes the archive that was named', async () => {
    await init('--archive', '新闻 "x"')
    expect((await loadConfig({}, testIo(home.path))).archive).toBe('新闻 "x"')
  })

  test('is not overwritten unasked, a broken one neither', async () => {
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), '{ "archive": "mine" }')
    const again = await init()
    expect(again).toMatchObject({ code: 2, stdout: '' })
    expect(again.stderr).toMatch(/^[^\n]*zaobao\.config\.jsonc[^\n]*--force[^\n]*\n$/)
    expect(read('zaobao.config.jsonc')).toBe('{ "archive": "mine" }')
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), '{ broken')
    expect((await init('--force')).code).toBe(0)
    expect(read('zaobao.config.jsonc')).toContain('"$schema"')
  })
})

describe('--schedule crontab', () => {
  test('prints the line and nothing else on stdout, and keeps a configuration that is there', async () => {
    writeFileSync(join(home.path, 'zaobao.config.jsonc'), '{ "archive": "mine" }')
    const { code, stdout } = await init('--schedule', 'crontab')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d-59\/10 \* \* \* \* cd \S+ && \S+node \S+zaobao-archiver\.js fetch --quiet --wait 5m\n$/)
    expect(read('zaobao.config.jsonc')).toBe('{ "archive": "mine" }')
  })

  test.each([
    [['--archive', 'news'], 'archive'],
    [['--contact', 'me@example.org'], 'contact'],
  ])('with %j, which the configuration that is there contradicts: nothing is written', async (args, key) => {
    await init()
    const before = read('zaobao.config.jsonc')
    const ended = await init('--schedule', 'github', ...args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(
      new RegExp(`^zaobao-archiver: zaobao\\.config\\.jsonc [^\n]*"${key}"[^\n]*--force[^\n]*\n$`),
    )
    expect(existsSync(join(home.path, '.github'))).toBe(false)
    expect(await init('--schedule', 'crontab', '--force', ...args)).toMatchObject({ code: 0 })
    expect(read('zaobao.config.jsonc')).not.toBe(before)
    expect(await init('--schedule', 'crontab', ...args)).toMatchObject({ code: 0 })
  })

  test('keeps the proxy and the certificates of the shell, and the minute', async () => {
    const env = {
      ...{ https_proxy: "http://me:it's 100%@127.0.0.1:7890", NO_PROXY: 'localhost', NODE_EXTRA_CA_CERTS: 'ca.pem' },
      ...{ HTTP_PROXY: '', ZAOBAO_RATE: '1/s' },
    }
    const cron = () => call(['init', '--schedule', 'crontab'], { cwd: home.path, env })
    const { stdout, stderr } = await cron()
    expect((await cron()).stdout).toBe(stdout)
    expect(stderr).toContain('"recheck": "24h"')
    const words = ["https_proxy='http://me:it'\\''s 100\\%@127.0.0.1:7890'", 'NO_PROXY=localhost']
    for (const word of [...words, `NODE_EXTRA_CA_CERTS=${home.path}/ca.pem`]) expect(stdout).toContain(` ${word} `)
    expect(stdout).not.toMatch(/HTTP_PROXY=|ZAOBAO_RATE/)
    const command = stdout
      .split(' ')
      .slice(5)
      .join(' ')
      .replaceAll('\\%', '%')
      .replace(/ \S+node \S+ fetch .*/, ' env')
    const seen = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\n')
    expect(seen).toContain(`https_proxy=${env.https_proxy}`)
    const systemd = await call(['init', '--schedule', 'systemd'], { cwd: home.path, env })
    expect(systemd.stderr).toContain('loginctl enable-linger')
    const service = read('zaobao-archiver.service')
    expect(service).toContain(`Environment="https_proxy=http://me:it's 100%%@127.0.0.1:7890"\n`)
    expect(service).toContain(`Environment="NODE_EXTRA_CA_CERTS=${home.path}/ca.pem"\n`)
    expect(service).toMatch(/^ExecStart=.* fetch --quiet --wait 5m$/m)
    expect(read('zaobao-archiver.timer')).toContain('FixedRandomDelay=true\n')
  })

  test.each(['/srv/100% news', "/srv/it's 新闻", '/srv/$HOME/`x`'])('its command works in sh: %s', (path) => {
    const line = crontabLine({ command: ['/bin/echo', path], folder: '/', random: 0.99 })
    expect(line.startsWith('9-59/10 * * * * ')).toBe(true)
    // cron takes the backslash before a % away, and hands the rest to sh.
    const command = line.split(' ').slice(5).join(' ').replaceAll('\\%', '%')
    expect(line.replaceAll('\\%', '')).not.toContain('%')
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(`${path} fetch --quiet --wait 5m\n`)
  })
})

describe('--schedule systemd', () => {
  test('writes a service and a timer', async () => {
    const { code, stderr } = await init('--schedule', 'systemd')
    expect(code).toBe(0)
    expect(stderr).toContain('wrote zaobao-archiver.timer\n')
    expect(read('zaobao-archiver.service')).toContain(`WorkingDirectory=${home.path}\n`)
    const again = await init('--schedule', 'systemd')
    expect(again.code).toBe(2)
  })

  test.runIf(hasTool('systemd-analyze', 'systemd units'))('systemd takes them', () => {
    const odd = join(home.path, '100% "新闻" $HOME')
    mkdirSync(odd)
    const env = { HTTPS_PROXY: 'http://me:100%"\\\\$x@127.0.0.1:7890', NO_PROXY: 'a b' }
    const job = { command: [process.execPath, join(odd, 'x.js')] as const, folder: odd, random: 0, env }
    writeFileSync(join(home.path, 'zaobao-archiver.service'), systemdService(job, 'https://a.example/x'))
    writeFileSync(join(home.path, 'zaobao-archiver.timer'), systemdTimer())
    const units = ['zaobao-archiver.service', 'zaobao-archiver.timer'].map((name) => join(home.path, name))
    const checked = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], { encoding: 'utf8' })
    expect({ status: checked.status, said: checked.stderr }).toEqual({ status: 0, said: '' })
  })
})

interface Validation {
  errors: unknown[]
}

describe('--schedule github', () => {
  const workflow = () => read('.github/workflows/archive.yml')

  test('is a workflow by the published schema', async () => {
    await init('--schedule', 'github', '--archive', './news')
    const { validateWorkflow } = require('@action-validator/core') as {
      validateWorkflow: (text: string) => Validation
    }
    expect(validateWorkflow(workflow()).errors).toEqual([])
    expect(validateWorkflow(workflow().replace('runs-on', 'run-on')).errors).not.toEqual([])
  })

  test('has its archive in the repository', async () => {
    expect(await init('--schedule', 'github', '--archive', '/srv/news')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--archive /srv/news: a workflow has its archive in the repository'),
    })
  })

  test.each([
    ['./', '.'],
    ['.', '.'],
    ['./a//./新 闻/', 'a/新 闻'],
    ['a/../b', 'b'],
    ['..news', '..news'],
  ])('--archive %s is the folder %s', async (given, named) => {
    expect((await init('--schedule', 'github', '--archive', given)).code).toBe(0)
    const { jobs } = parse(workflow()) as { jobs: { fetch: { env: unknown } } }
    expect(jobs.fetch.env).toEqual({ ARCHIVE: named })
  })

  test.each(['..', '../news', 'a/../../news'])('--archive %s is outside of it', async (given) => {
    expect((await init('--schedule', 'github', '--archive', given)).code).toBe(2)
    expect(existsSync(join(home.path, '.github'))).toBe(false)
  })

  test('it stands in the root of a repository, where alone it is looked for', async () => {
    mkdirSync(join(home.path, '.git'))
    expect((await init('--schedule', 'github')).code).toBe(0)
    const below = join(home.path, 'news')
    mkdirSync(below)
    const ended = await call(['init', '--schedule', 'github'], { cwd: below })
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(`run init in ${home.path}, and`) as string })
    expect(readdirSync(below)).toEqual([])
  })

  test('what the program remembers is kept after a red run too, and not of stories that were not pushed', async () => {
    await init('--schedule', 'github', '--archive', './news')
    interface Step {
      uses?: string
      id?: string
      if?: string
      with?: Record<string, string>
    }
    const { jobs } = parse(workflow()) as { jobs: { fetch: { steps: Step[] } } }
    const steps = jobs.fetch.steps
    // actions/cache itself saves where the whole job succeeded, and no other time.
    const cached = steps.filter(({ uses }) => uses?.startsWith('actions/cache'))
    expect(cached.map(({ uses }) => uses)).toEqual(['actions/cache/restore@v5', 'actions/cache/save@v5'])
    const [restored, saved] = cached
    expect(restored?.with).toEqual({ ...saved?.with, 'restore-keys': 'zaobao-' })
    expect(saved?.with?.['path']).toBe('news/.zaobao\n!news/.zaobao/revisions\n')
    const commit = steps.findIndex(({ id }) => id === 'commit')
    expect(steps.slice(commit + 1)).toEqual([saved])
    expect(steps[commit]?.if).toBe('${{ !cancelled() }}')
    expect(saved?.if).toBe("${{ !cancelled() && steps.commit.outcome == 'success' }}")
    // An event names the commit that was there when it came, before it waited for its turn.
    expect(steps[0]?.with).toEqual({ ref: '${{ github.ref_name }}' })
  })

  test('its actions are of majors that run on Node 24, and the program does', async () => {
    await init('--schedule', 'github')
    const { jobs } = parse(workflow()) as { jobs: { fetch: { steps: { uses?: string; with?: object }[] } } }
    const uses = jobs.fetch.steps.flatMap((step) => step.uses ?? [])
    expect(uses.map((action) => /@v(\d+)$/.exec(action)?.[1])).toEqual(['5', '5', '5', '5'])
    expect(jobs.fetch.steps[1]?.with).toEqual({ 'node-version': 24 })
  })

  test('runs the file that npm pack made where it is committed, else the published version', async () => {
    const { stderr } = await init('--schedule', 'github')
    const { jobs } = parse(workflow()) as { jobs: { fetch: { steps: { name?: string; run?: string }[] } } }
    const fetch = jobs.fetch.steps.find(({ name }) => name === 'Fetch')?.run ?? ''
    writeFileSync(join(home.path, 'npx'), '#!/bin/sh\necho "$*"\n', { mode: 0o755 })
    const step = () =>
      execFileSync('bash', ['-e', '-c', fetch], {
        cwd: home.path,
        encoding: 'utf8',
        env: { PATH: `${home.path}:${process.env['PATH']}` },
      })
    // Of runs that fail only those are red, and a mail, that have something to say.
    const ends = (words: string, code: number) => {
      const npx = `#!/bin/sh\necho '${words}' >&2\nexit ${code}\n`
      writeFileSync(join(home.path, 'npx'), words === '' ? `#!/bin/sh\nexit ${code}\n` : npx, { mode: 0o755 })
      return spawnSync('bash', ['-e', '-c', fetch], {
        cwd: home.path,
        env: { PATH: `${home.path}:${process.env['PATH']}` },
      }).status
    }
    expect([ends('', 3), ends('npm notice new version', 3), ends('status 500', 3), ends('pause', 75)]).toEqual([
      0, 0, 3, 0,
    ])
    expect([ends('', 0), ends('a source', 0), ends('a story', 1), ends('', 1)]).toEqual([0, 0, 1, 0])
    writeFileSync(join(home.path, 'npx'), '#!/bin/sh\necho "$*"\n', { mode: 0o755 })
    expect(step()).toMatch(/^--yes --package=zaobao-archiver@(\S+) -- zaobao-archiver fetch\n$/)
    const [, pack = ''] = /^ +(npm pack .*)$/m.exec(stderr) ?? []
    execFileSync('bash', ['-e', '-c', pack], { cwd: home.path, stdio: 'pipe' })
    expect(step()).toMatch(/^--yes --package=\.\/zaobao-archiver-\S+\.tgz -- zaobao-archiver fetch\n$/)
  })

  test.runIf(hasTool('git', 'the workflow'))('its steps fetch, commit what is new, and push', async () => {
    await init('--schedule', 'github', '--archive', './news')
    const { jobs } = parse(workflow()) as {
      jobs: { fetch: { env: Record<string, string>; steps: { name?: string; run?: string }[] } }
    }
    const commit = jobs.fetch.steps.find(({ name }) => name === 'Commit what is new')?.run ?? ''
    const here = join(home.path, 'clone')
    const git = (...args: string[]) => execFileSync('git', args, { cwd: here, encoding: 'utf8', stdio: 'pipe' })
    execFileSync('git', ['init', '--quiet', '--bare', join(home.path, 'origin.git')])
    execFileSync('git', ['clone', '--quiet', join(home.path, 'origin.git'), here], { stdio: 'pipe' })
    git('-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '--allow-empty', '-m', 'start')
    git('push', '--quiet', '--set-upstream', 'origin', 'HEAD')
    const step = () =>
      execFileSync('bash', ['-e', '-c', commit], {
        cwd: here,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: home.path, ...jobs.fetch.env },
      })
    step()
    expect(git('rev-list', '--count', 'HEAD').trim()).toBe('1')
    await call(['demo', '--archive', 'news'], { cwd: here })
    step()
    expect(git('log', '-1', '--format=%s origin=%D')).toMatch(/^archive: 6 files origin=.*origin\//)
    expect(git('status', '--porcelain')).toBe('')
    await call(['demo', '--archive', 'news'], { cwd: here })
    step()
    expect(git('rev-list', '--count', 'HEAD').trim()).toBe('2')
    // A log that someone committed beside the archive, and that the run appended to.
    writeFileSync(join(here, 'failures.ndjson'), '')
    git('add', 'failures.ndjson')
    git('-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '-m', 'a log')
    writeFileSync(join(here, 'failures.ndjson'), '{}\n')
    writeFileSync(join(here, 'news/note.txt'), 'x\n')
    step()
    expect(git('log', '-1', '--format=%s origin=%D')).toMatch(/^archive: 1 files origin=.*origin\//)
    expect(git('status', '--porcelain').trim()).toBe('M failures.ndjson')
  })
})
