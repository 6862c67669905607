import { afterAll, describe, expect, test } from 'vitest'
import { call, folder } from '../support/program.ts'

const { path: home, ...made } = folder()
afterAll(() => made.remove())
const help = await call(['--help'], { cwd: home })
const commands = [...help.stdout.matchAll(/^ {2}([a-z]+) .*$/gm)].map(([, name = '']) => name)

test('the help names the commands', () => {
  expect(help.code).toBe(0)
  expect(help.stderr).toBe('')
  expect(commands).toContain('fetch')
  expect(commands).toContain('verify')
})

describe.each(commands.filter((name) => name !== 'help'))('%s --help', (name) => {
  test('says what for, shows three examples and the exit codes', async () => {
    const { code, stdout, stderr } = await call([name, '--help'], { cwd: home })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [, purpose, examples = '', codes = ''] =
      /^Usage: .*\n\n(.+)\n[^]*\nExamples:\n([^]*)\n\nExit codes:\n([^]*)$/.exec(stdout) ?? []
    expect(purpose).toMatch(/\w{3}/)
    const lines = examples.split('\n')
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(line).toMatch(new RegExp(`^  .*zaobao-archiver ${name}`))
    for (const line of codes.trim().split('\n')) expect(line.trim()).toMatch(/^(0|1|2|3|4|75|130) +\S/)
  })

  test('an unknown option is one line that says where to read more', async () => {
    const { code, stdout, stderr } = await call([name, '--nonesuch'], { cwd: home })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(`zaobao-archiver: unknown option '--nonesuch'; see zaobao-archiver ${name} --help\n`)
  })
})

test.each([
  [['fetsch'], "unknown command 'fetsch' (did you mean fetch?); see zaobao-archiver --help"],
  [['exprot'], "unknown command 'exprot' (did you mean export?); see zaobao-archiver --help"],
  [['help', 'fetsch'], "unknown command 'fetsch' (did you mean fetch?); see zaobao-archiver --help"],
  [['fetch', '--fed', 'x'], "unknown option '--fed' (did you mean --feed?); see zaobao-archiver fetch --help"],
  [
    ['fetch', '--sectoin=china'],
    "unknown option '--sectoin' (did you mean --section?); see zaobao-archiver fetch --help",
  ],
  [
    ['fetch', '--proxy=http://me:secret@h:1'],
    "unknown option '--proxy'; ZAOBAO_PROXY sets it, or proxy in zaobao.config.jsonc; see zaobao-archiver fetch --help",
  ],
  [
    ['--max-time', '1h', 'fetch'],
    "unknown option '--max-time'; ZAOBAO_MAX_TIME sets it, or maxTime in zaobao.config.jsonc; see zaobao-archiver --help",
  ],
  [
    ['--rate', '1/s', 'fetch'],
    "option '--rate' stands behind its command (fetch, backfill, probe); see zaobao-archiver --help",
  ],
  [['--fix=yes', 'verify'], "option '--fix' stands behind its command (verify); see zaobao-archiver --help"],
  [['fetch', '--quiet=true'], "option '--quiet' takes no value; see zaobao-archiver fetch --help"],
  [
    ['backfill', '--since', '7d'],
    "unknown option '--since' (did you mean --from?); see zaobao-archiver backfill --help",
  ],
  [['export', '--to=7d'], "unknown option '--to' (did you mean --until?); see zaobao-archiver export --help"],
  [['http://me:secret@h/'], "unknown command 'http://h/'; see zaobao-archiver --help"],
  [['verify', '--fxi'], "unknown option '--fxi' (did you mean --fix?); see zaobao-archiver verify --help"],
  [['import'], "missing required argument 'dir'; see zaobao-archiver import --help"],
  [['export', '--since'], "option '--since <day>' argument missing; see zaobao-archiver export --help"],
  [['items', 'a', 'b'], /^too many arguments for 'items'.*; see zaobao-archiver items --help$/],
  [['convert', '--format', 'pdf'], /^option .* 'pdf' is invalid.*document, body, json, html; see .* convert --help$/],
  [['\u001B[31mred'], /^unknown command '[^\u001B]*red'; see zaobao-archiver --help$/],
])('a mistyped line is one line: %j', async (args, said) => {
  const { code, stdout, stderr } = await call(args, { cwd: home })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^zaobao-archiver: [^\n]*\n$/)
  const line = stderr.replace(/^zaobao-archiver: /, '').trimEnd()
  if (typeof said === 'string') expect(line).toBe(said)
  else expect(line).toMatch(said)
})

test('the help of serve names its port, and how it ends', async () => {
  const { stdout } = await call(['serve', '--help'], { cwd: home })
  expect(stdout).toContain('(default: 9226)')
  expect(stdout).not.toMatch(/^ {2}0 /m)
  expect(stdout).toMatch(/^ {2}130 /m)
})

test('nothing to do shows the help on standard error', async () => {
  const { code, stdout, stderr } = await call([], { cwd: home })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe(help.stdout)
})
