import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { hasTool } from './tools.ts'

export const hasChromium = (): boolean => hasTool('chromium', 'pictures as a browser shows them')

/** No name is resolved, and nothing asked for: what is seen comes from the disk. */
const OFFLINE = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=127.0.0.1:9',
  '--disable-background-networking',
]
const QUIET = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run']

/** The pictures of a page on the disk that a browser has without a network, by the addresses that the page names. */
export async function picturesSeen(page: string): Promise<string[]> {
  const home = mkdtempSync(join(tmpdir(), 'zaobao-chromium-'))
  const beside = page.replace(/[^/]*$/, 'seen-by-a-browser.html')
  const tell = `<script>addEventListener('load', () => document.body.replaceChildren(JSON.stringify([...document.images]
    .filter((image) => image.naturalWidth > 0).map((image) => image.getAttribute('src')))))</script>`
  writeFileSync(beside, `<!doctype html><meta charset="utf-8">${readFileSync(page, 'utf8')}${tell}`)
  try {
    const args = [...QUIET, ...OFFLINE, `--user-data-dir=${home}`, '--dump-dom', pathToFileURL(beside).href]
    const { stdout } = await promisify(execFile)('chromium', args, { env: { ...process.env, HOME: home } })
    return JSON.parse(/<body>([^]*)<\/body>/.exec(stdout)?.[1]?.trim() ?? '[]') as string[]
  } finally {
    rmSync(beside)
    rmSync(home, { recursive: true, force: true })
  }
}
