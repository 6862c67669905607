import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { hasTool } from './tools.ts'

export const hasChromium = (): boolean => hasTool('chromium', 'pictures as a browser shows them')

/** Debian's browser, begun. */
export const launch = (...args: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...args] })

/** No name is resolved, and nothing asked for: what is seen comes from the disk. */
const OFFLINE = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=127.0.0.1:9',
  '--disable-background-networking',
]

export const launchOffline = (): Promise<Browser> => launch(...OFFLINE)

/** The pictures of a page on the disk that a browser has, by the addresses that the page names. */
export async function picturesSeen(browser: Browser, page: string): Promise<string[]> {
  const beside = page.replace(/[^/]*$/, 'seen-by-a-browser.html')
  writeFileSync(beside, `<!doctype html><meta charset="utf-8">${readFileSync(page, 'utf8')}`)
  const shown = await browser.newPage()
  try {
    await shown.goto(pathToFileURL(beside).href)
    return await shown.evaluate(() =>
      [...document.images].filter((image) => image.naturalWidth > 0).map((image) => image.getAttribute('src') ?? ''),
    )
  } finally {
    await shown.close()
    rmSync(beside)
  }
}
