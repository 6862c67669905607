// Draws the README's pictures: what a terminal (tmux) shows after real commands, as SVG. Usage: node scripts/picture.mjs
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import stringWidth from 'string-width'

const root = fileURLToPath(new URL('..', import.meta.url))
const PROMPT = '$ '

const PICTURES = {
  run: [
    'zaobao-archiver demo --archive news',
    'zaobao-archiver status --archive news',
    'zaobao-archiver verify --archive news',
  ],
  file: ['cat news/2021-11-10/2021-11-10-9000001-*.md'],
}

/** The lines of a terminal after the commands, with their escapes. */
async function terminal(commands, folder) {
  const socket = `zaobao-picture-${process.pid}`
  const tmux = (...args) => execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' })
  const screen = () => tmux('capture-pane', '-p', '-t', 'picture').trimEnd().split('\n')
  const shell = `env -i HOME=${folder} PATH=${folder}/bin:${process.env.PATH} LANG=C.UTF-8 TERM=xterm-256color PS1='${PROMPT}' bash --norc`
  tmux('new-session', '-d', '-s', 'picture', '-c', folder, '-x', '92', '-y', '40', shell)
  try {
    const settled = async () => {
      while (screen().at(-1)?.trimEnd() !== PROMPT.trimEnd()) await sleep(100)
    }
    await settled()
    for (const command of commands) {
      tmux('send-keys', '-t', 'picture', '-l', command)
      tmux('send-keys', '-t', 'picture', 'Enter')
      await sleep(300)
      await settled()
    }
    return tmux('capture-pane', '-e', '-p', '-t', 'picture').trimEnd().split('\n').slice(0, -1)
  } finally {
    tmux('kill-server')
  }
}

const CELL = 8.4
const LINE = 20
const MARGIN = 16
const BAR = 28

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A line, each character at its column: fonts differ in how wide a Chinese character is. */
function lineOf(text, index) {
  const characters = [...new Intl.Segmenter().segment(text.replaceAll(/\u001B\[[\d;]*m/g, ''))].map(
    ({ segment }) => segment,
  )
  let column = 0
  const places = characters.map((character) => {
    const x = MARGIN + column * CELL
    column += stringWidth(character)
    return x.toFixed(1)
  })
  const y = BAR + MARGIN + LINE * index + 14
  const command = text.startsWith(PROMPT) ? ' class="command"' : ''
  return characters.length === 0
    ? ''
    : `<text${command} y="${y}" x="${places.join(' ')}">${escape(characters.join(''))}</text>`
}

function svg(lines, title) {
  const width = Math.ceil(MARGIN * 2 + 92 * CELL)
  const height = BAR + MARGIN * 2 + LINE * lines.length
  return `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
<style>text { font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', 'PingFang SC', 'Microsoft YaHei', monospace; fill: #d8dee9; white-space: pre } .command { fill: #a3be8c }</style>
<rect width="100%" height="100%" rx="8" fill="#20242c"/>
<circle cx="18" cy="16" r="5" fill="#bf616a"/><circle cx="36" cy="16" r="5" fill="#ebcb8b"/><circle cx="54" cy="16" r="5" fill="#a3be8c"/>
${lines.map(lineOf).filter(Boolean).join('\n')}
</svg>
`
}

const folder = mkdtempSync(join(tmpdir(), 'zaobao-picture-'))
try {
  mkdirSync(join(folder, 'bin'))
  symlinkSync(join(root, 'bin', 'zaobao-archiver.js'), join(folder, 'bin', 'zaobao-archiver'))
  for (const [name, commands] of Object.entries(PICTURES)) {
    const lines = await terminal(commands, folder)
    writeFileSync(join(root, 'docs', `${name}.svg`), svg(lines, commands.join('; ')))
    console.log(`docs/${name}.svg: ${lines.length} lines`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
