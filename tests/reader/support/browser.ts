import { mkdirSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { HOSTILE, HOSTILE_TITLES } from '../../publish/support/hostile.ts'
import { launch } from '../../support/chromium.ts'
import { writeArchive, writer } from './archive.ts'

export const DESKTOP = { viewport: { width: 1280, height: 900 }, locale: 'zh-CN' }
export const PHONE = { viewport: { width: 390, height: 844 }, locale: 'zh-CN', colorScheme: 'dark' } as const

export const HOSTILE_DAY = '2026-02-03'

/** Writes a small archive with a day of hostile stories; answers ids of its newest day, and those of that day. */
export async function writeMixed(root: string) {
  mkdirSync(root)
  const ids = await writeArchive(root, 12)
  const to = await writer(root)
  const hostile: string[] = []
  for (const [n, markdown] of HOSTILE.entries())
    hostile.push(await to.story(HOSTILE_DAY, n, { markdown, title: HOSTILE_TITLES[n % HOSTILE_TITLES.length] ?? '' }))
  return { ids, hostile }
}

/** A browser of the pages at an address. */
export interface Visitor {
  /** A page, and what it complains of or asks for elsewhere. */
  open(path: string, options?: BrowserContextOptions): Promise<{ page: Page; faults: string[] }>
  leave(): Promise<void>
}

export async function visitorOf(address: string): Promise<Visitor> {
  const browser = await launch()
  return {
    async open(path, options = DESKTOP) {
      const context = await browser.newContext({ baseURL: address, ...options })
      const page = await context.newPage()
      const faults: string[] = []
      page.on('console', (said) => void (['error', 'warning'].includes(said.type()) && faults.push(said.text())))
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('dialog', (dialog) => void (faults.push(`dialog ${dialog.message()}`), dialog.dismiss()))
      page.on('request', (request) => void (request.url().startsWith(address) || faults.push(request.url())))
      await page.goto(path)
      return { page, faults }
    },
    leave: () => browser.close(),
  }
}

export const close = (page: Page): Promise<void> => page.context().close()

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What keeps people out of a page as it stands, or makes it wider than its window. */
export async function barriers(page: Page): Promise<unknown[]> {
  // Pages have no frames: their parts need no page of their own to be put together in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze()
  const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  const found = violations.map(({ id, nodes }) => ({ path: page.url(), id, html: nodes[0]?.html }))
  return [...found, ...(isTooWide ? [{ path: page.url(), id: 'too wide' }] : [])]
}
