import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { callOf } from '../../src/core/setup/called.ts'
import { folder, program } from '../support/program.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const home = folder()
afterAll(() => home.remove())

const PACKAGE = 'node_modules/zaobao-archiver/bin/zaobao-archiver.js'

test.each([
  ['/home/you/clone/bin/zaobao-archiver.js', '/home/you/clone', 'node bin/zaobao-archiver.js'],
  ['/home/you/clone/bin/zaobao-archiver.js', '/home/you/clone/docs', 'node /home/you/clone/bin/zaobao-archiver.js'],
  ['/home/you/my clone/bin/zaobao-archiver.js', '/home/you', "node 'my clone/bin/zaobao-archiver.js'"],
  [`/usr/lib/${PACKAGE}`, '/home/you', 'zaobao-archiver'],
  [`/home/you/.nvm/versions/node/v22.13.0/lib/${PACKAGE}`, '/home/you', 'zaobao-archiver'],
  [`/home/you/news/${PACKAGE}`, '/home/you/news', 'npx zaobao-archiver'],
  [`/home/you/news/${PACKAGE}`, '/home/you/news/archive', 'npx zaobao-archiver'],
  [`/home/you/news/node_modules/.pnpm/zaobao-archiver@1.0.0/${PACKAGE}`, '/home/you/news', 'npx zaobao-archiver'],
  [`/home/you/.npm/_npx/1b4e28ba/${PACKAGE}`, '/home/you', 'npx zaobao-archiver'],
  [String.raw`C:\clone\bin\zaobao-archiver.js`, String.raw`C:\clone`, 'node bin/zaobao-archiver.js'],
  ['/home/you/-clone/bin/zaobao-archiver.js', '/home/you', 'node ./-clone/bin/zaobao-archiver.js'],
  ['/app/bin/zaobao-archiver.js', '/', 'node app/bin/zaobao-archiver.js'],
  [`/home/you/news/${PACKAGE}`, '/home/you', `node news/${PACKAGE}`],
  [`/home/you/.cache/pnpm/dlx/1b4e/${PACKAGE}`, '/news', `node /home/you/.cache/pnpm/dlx/1b4e/${PACKAGE}`],
  [
    String.raw`C:\Users\you\AppData\Roaming\npm\node_modules\zaobao-archiver\bin\zaobao-archiver.js`,
    'C:\\',
    'zaobao-archiver',
  ],
])('%s is called from %s by: %s', (script, cwd, call) => {
  expect(callOf(script, cwd)).toBe(call)
})

test.each([
  ['its own folder', ROOT],
  ['another', home.path],
])('in a clone, what demo says to type next can be typed, in %s', async (_, cwd) => {
  const archive = join(home.path, 'archive')
  const { stderr } = await program(['demo', '--archive', archive], { cwd })
  const line = /^ {2}(.* search .*)$/m.exec(stderr)?.[1] ?? ''
  const found = execFileSync('sh', ['-c', line], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  expect(found).toContain('浮桥')
})

test('in a clone, what init says to type next can be typed', async () => {
  const { stderr } = await program(['init'], { cwd: home.path })
  const line = /^next: (.*)$/m.exec(stderr)?.[1] ?? ''
  expect(execFileSync('sh', ['-c', `${line} --help`], { cwd: home.path, encoding: 'utf8' })).toContain('fetch')
})
