import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOSTILE, HOSTILE_TITLES } from '../publish/support/hostile.ts'
import { hasChromium } from '../support/chromium.ts'
import { call } from '../support/program.ts'
import { LAST_DAY, writeArchive, writer } from './support/archive.ts'
import { serveFolder } from './support/site.ts'

const home = mkdtempSync(join(tmpdir(), 'zaobao-site-browser-'))
const DESKTOP = { viewport: { width: 1280, height: 900 }, locale: 'zh-CN' }
const PHONE = { viewport: { width: 390, height: 844 }, locale: 'zh-CN', colorScheme: 'dark' } as const
let ids: Awaited<ReturnType<typeof writeArchive>>
let hostile: string[]
let served: Awaited<ReturnType<typeof serveFolder>>
let browser: Browser

describe.runIf(hasChromium())('a static site in a browser', () => {
  beforeAll(async () => {
    const archive = join(home, 'archive')
    mkdirSync(archive)
    ids = await writeArchive(archive, 12)
    const to = await writer(archive)
    hostile = []
    for (const [n, markdown] of HOSTILE.entries())
      hostile.push(
        await to.story('2026-02-03', n, { markdown, title: HOSTILE_TITLES[n % HOSTILE_TITLES.length] ?? '' }),
      )
    const made = await call(['export', '--site', 'public', '--archive', 'archive'], {
      cwd: home,
      env: { ZAOBAO_LANG: 'zh' },
    })
    expect(made.code).toBe(0)
    served = await serveFolder(join(home, 'public'))
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser.close()
    served.server.close()
    rmSync(home, { recursive: true, force: true })
  })

  /** A page, and what it complains of or asks for elsewhere. */
  async function open(
    path: string,
    options: BrowserContextOptions = DESKTOP,
  ): Promise<{ page: Page; faults: string[] }> {
    const context = await browser.newContext({ baseURL: served.address, ...options })
    const page = await context.newPage()
    const faults: string[] = []
    page.on('console', (said) => void (['error', 'warning'].includes(said.type()) && faults.push(said.text())))
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('dialog', (dialog) => void (faults.push(`dialog ${dialog.message()}`), dialog.dismiss()))
    page.on('request', (request) => void (request.url().startsWith(served.address) || faults.push(request.url())))
    await page.goto(path)
    return { page, faults }
  }

  const close = (page: Page): Promise<void> => page.context().close()
  const placeIn = (page: Page): string => page.url().replace(served.address, '')

  test('below a path: browse, read, compare, by keys', async () => {
    const { page, faults } = await open('')
    await page.getByRole('link', { name: '百年铁桥封闭维修　行人改走临时浮桥' }).click()
    expect(placeIn(page)).toBe(`${LAST_DAY}/${ids.bridge}.html`)
    expect(await page.locator('.text img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(360)
    await page.getByRole('link', { name: '改过 2 次' }).click()
    await page.getByRole('link', { name: /^第 2 版/ }).click()
    expect(await page.locator('.text ins').first().textContent()).toBe('14个月')
    await page.keyboard.press('m')
    await page.waitForURL('**/months.html')
    await page.getByRole('link', { name: /^2024年5月，/ }).click()
    expect(await page.locator('.month .gap').count()).toBe(22)
    await page.keyboard.press('g')
    await page.waitForURL('**/index.html')
    expect(faults).toEqual([])
    await close(page)
  })

  test('is searched as one types, an input method in between, and loads little', async () => {
    const { page, faults } = await open('search.html')
    await page.waitForLoadState('networkidle')
    served.asked.length = 0
    await page.keyboard.press('/')
    const session = await page.context().newCDPSession(page)
    for (const text of ['f', 'fu', 'fu qiao', '浮桥'])
      await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await page.waitForTimeout(300)
    expect(served.asked).toEqual([])
    await session.send('Input.insertText', { text: '浮桥' })
    await page.getByText('最新的 20 篇').waitFor()
    expect(served.asked.filter((name) => name.startsWith('search/'))).toHaveLength(3)
    expect(await page.locator('.found > li').count()).toBe(20)
    expect(await page.locator('.found mark').first().textContent()).toMatch(/^浮[桥橋]$/)
    expect(new URL(page.url()).search).toBe(`?q=${encodeURIComponent('浮桥')}`)
    await page.getByRole('button', { name: '更早的新闻' }).click()
    await expect.poll(() => page.locator('.found > li').count()).toBeGreaterThan(20)
    expect(faults).toEqual([])
    await close(page)
  })

  test.each(['', '"', '-'])('of what asks for nothing (%s) tells nothing of what was asked before', async (nothing) => {
    const { page } = await open(`search.html?q=${encodeURIComponent('浮桥')}`)
    await page.getByText('最新的 20 篇').waitFor()
    await page.getByLabel('搜索归档').fill(nothing)
    await expect.poll(() => page.locator('.found > li').count()).toBe(0)
    expect(await page.locator('h1').textContent()).toBe('搜索')
    expect(await page.title()).not.toContain('浮桥')
    await close(page)
  })

  test.each([
    ['临时浮桥，2路、11路公交绕行新桥', '百年铁桥', 0],
    ['標題：百年鐵橋封閉 -江豚', '百年铁桥封闭维修', 2],
    ['古城浮桥重开', '古城浮橋重開', 1],
    ['是:修订 栏目:china', '百年铁桥封闭维修', 1],
    ['十八艘木船', '古城浮橋', 1],
    ['static.example.com', '', 0],
    ['alert(1)</script>', 'script', 2],
  ])('%s finds what it should', async (query, title, most) => {
    const { page, faults } = await open(`search.html?q=${encodeURIComponent(query)}`)
    await page.getByText(/简体、繁体一并查找|按普通文字查找/).waitFor()
    const rows = page.locator('.found > li')
    if (most > 0) expect(await rows.first().textContent()).toContain(title)
    if (most === 1) expect(await rows.count()).toBe(1)
    if (title === '') expect(await rows.count()).toBe(0)
    expect(faults).toEqual([])
    await close(page)
  })

  test('no hostile story runs anything, asks for anything, or leads away', async () => {
    const { page, faults } = await open('2026-02-03.html')
    for (const id of hostile.filter((_, n) => n % 3 === 0)) {
      await page.goto(`2026-02-03/${id}.html`)
      expect(placeIn(page)).toBe(`2026-02-03/${id}.html`)
      expect(await page.evaluate(() => document.scripts.length)).toBe(1)
    }
    const refused = await page.evaluate(() => {
      const script = document.createElement('script')
      const told = new Promise((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective)),
      )
      try {
        script.textContent = 'alert(1)'
        document.body.append(script)
      } catch {
        return 'trusted-types'
      }
      return told
    })
    expect(refused).toBe('trusted-types')
    expect(faults.filter((words) => !words.includes('TrustedScript'))).toEqual([])
    await close(page)
  })

  test.each([
    ['wide', DESKTOP],
    ['on a phone, dark', PHONE],
  ])('nobody is kept out: %s', async (_, options) => {
    const { page } = await open('', options)
    const found: unknown[] = []
    // The other pages are those of `serve`, element by element.
    for (const path of ['search.html', 'search.html?q=浮桥', `${LAST_DAY}/${ids.bridge}.html`]) {
      await page.goto(path)
      if (path.includes('?')) await page.locator('mark').first().waitFor()
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
      found.push(...violations.map(({ id, nodes }) => ({ path, id, html: nodes[0]?.html })))
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)]).toEqual([
        path,
        false,
      ])
    }
    expect(found).toEqual([])
    await close(page)
  })

  test('without JavaScript all but the search reads, which says so', async () => {
    const { page, faults } = await open('', { ...DESKTOP, javaScriptEnabled: false })
    await page.getByRole('link', { name: '百年铁桥封闭维修　行人改走临时浮桥' }).click()
    await page.getByRole('link', { name: '中国' }).first().click()
    expect(placeIn(page)).toBe('section-china.html')
    await page.getByLabel('搜索归档').fill('浮桥')
    await page.keyboard.press('Enter')
    expect(await page.locator('noscript').textContent()).toContain('搜索需要 JavaScript')
    expect(faults).toEqual([])
    await close(page)
  })

  test('from the folder itself all but the search reads, which says so', async () => {
    const { page } = await open(pathToFileURL(join(home, 'public', 'index.html')).href)
    await page.getByRole('link', { name: '百年铁桥封闭维修　行人改走临时浮桥' }).click()
    expect(await page.locator('.text img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(360)
    expect(await page.evaluate(() => getComputedStyle(document.body).maxWidth)).toBe('1120px')
    await page.keyboard.press('u')
    await page.waitForURL(`**/${LAST_DAY}.html`)
    await page.getByLabel('搜索归档').fill('浮桥')
    await page.keyboard.press('Enter')
    await page.getByText('浏览器只能从网站读取它').waitFor()
    await close(page)
  })
})

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
