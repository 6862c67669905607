import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, folder } from '../support/program.ts'
import { hasTool } from '../support/tools.ts'

const { path: home, ...made } = folder()
afterAll(() => made.remove())

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, stdout, stderr } = await call(['completion', shell], { cwd: home })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    writeFileSync(join(home, `completion.${shell}`), stdout)
  }
  mkdirSync(join(home, 'old posts'))
  writeFileSync(join(home, 'only list.txt'), '')
})

const run = (command: string, args: string[], env: Record<string, string> = {}) =>
  execFileSync(command, args, {
    cwd: home,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: home, TERM: 'xterm', LC_ALL: 'C.UTF-8', ...env },
  })

/** What is offered for a line whose last word is being written. */
const CASES: [line: string, offered: string[]][] = [
  ['veri', ['verify']],
  ['ex', ['export']],
  ['verify --f', ['--fix']],
  ['fetch --conc', ['--concurrency']],
  ['backfill --order ', ['newest', 'oldest']],
  ['backfill --file on', ['only list.txt']],
  ['import o', ['old posts/']],
  ['--archive o', ['old posts/']],
  ['completion f', ['fish']],
  ['export --arch', ['--archive']],
  ['init --schedule s', ['systemd']],
  ['convert --format bo', ['body']],
  ['fetch --body h', ['html']],
  ['backfill --on-change rev', ['revise']],
  ['fetch --section sing', ['singapore']],
  ['probe --section al', ['all']],
  ['fetch china spo', ['sports']],
]

const tidy = (lines: string) =>
  lines
    .split('\n')
    .map((line) => line.replace(/\t.*$/, '').replaceAll('\\ ', ' ').trim())
    .filter((line) => line !== '')
    .map((line) => (line === 'old posts' ? 'old posts/' : line))
    .toSorted()

describe.runIf(hasTool('bash', 'completion of bash'))('bash', () => {
  test.each(CASES)('%s', (line, offered) => {
    const words = ['zaobao-archiver', ...line.split(' ')]
    const script = `source completion.bash
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _zaobao_archiver; printf '%s\\n' "\${COMPREPLY[@]}"`
    expect(tidy(run('bash', ['-c', script, 'bash', ...words]))).toEqual(offered)
  })
})

describe.runIf(hasTool('fish', 'completion of fish'))('fish', () => {
  test.each(CASES)('%s', (line, offered) => {
    const script = `source completion.fish; complete -C ${JSON.stringify(`zaobao-archiver ${line}`)}`
    expect(tidy(run('fish', ['--no-config', '-c', script]))).toEqual(offered)
  })
})

/** A zsh at work in a terminal of its own: writes the line, presses tab, and says what the line is then. */
const ZSH = `
zmodload zsh/zpty zsh/zselect
zpty -b line 'zsh -f -i'
zpty -w line 'PS1=; autoload -Uz compinit; compinit -u -D; source completion.zsh; setopt no_beep'
zpty -w line 'show() { print -r -- "$BUFFER" > shown }; zle -N show; bindkey "^X" show; unsetopt list_ambiguous; : > ready'
for i in {1..600}; do [[ -e ready ]] && break; zselect -t 5; done
zpty -w -n line "$1"$'\\t\\x18'
for i in {1..600}; do zpty -rt line > /dev/null 2>&1; [[ -s shown ]] && break; zselect -t 5; done
zpty -d line
cat shown
rm -f ready shown
`

describe.runIf(hasTool('zsh', 'completion of zsh'))('zsh', () => {
  test.each(CASES.filter(([, offered]) => offered.length === 1))('%s', (line, [offered = '']) => {
    const completed = run('zsh', ['-f', '-c', ZSH, 'zsh', `zaobao-archiver ${line}`])
    const before = line.split(' ').slice(0, -1)
    expect(tidy(completed)).toEqual([['zaobao-archiver', ...before, offered].join(' ')])
  })
})

test('an unknown shell is one line that names the known ones', async () => {
  const { code, stderr } = await call(['completion', 'tcsh'], { cwd: home })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^[^\n]*bash, zsh, fish[^\n]*\n$/)
})
