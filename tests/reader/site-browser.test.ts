import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { call } from '../support/program.ts'
import { LAST_DAY } from './support/archive.ts'
import { barriers, close, DESKTOP, HOSTILE_DAY, PHONE, type Visitor, visitorOf, writeMixed } from './support/browser.ts'
import { serveFolder } from './support/site.ts'

const home = mkdtempSync(join(tmpdir(), 'zaobao-site-browser-'))
let ids: Awaited<ReturnType<typeof writeMixed>>['ids']
let hostile: string[]
let served: Awaited<ReturnType<typeof serveFolder>>
let visitor: Visitor
const open: Visitor['open'] = (...asked) => visitor.open(...asked)

describe.runIf(hasChromium())('a static site in a browser', () => {
  beforeAll(async () => {
    ;({ ids, hostile } = await writeMixed(join(home, 'archive')))
    const made = await call(['export', '--site', 'public', '--archive', 'archive'], {
      cwd: home,
      env: { ZAOBAO_LANG: 'zh' },
    })
    expect(made.code).toBe(0)
    served = await serveFolder(join(home, 'public'))
    visitor = await visitorOf(served.address)
  })
  afterAll(async () => {
    await visitor.leave()
    served.server.close()
    rmSync(home, { recursive: true, force: true })
  })

  const placeIn = (page: Page): string => page.url().replace(served.address, '')

  test('below a path: browse, read, compare, by keys', async () => {
    const { page, faults } = await open('')
    await page.getByRole('link', { name: '百年铁桥封闭维修　行人改走临时浮桥' }).click()
    expect(placeIn(page)).toBe(`${LAST_DAY}/${ids.bridge}.html`)
    expect(await page.locator('.text img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(360)
    await page.getByRole('link', { name: '改过 2 次' }).click()
    await page.getByRole('link', { name: /^第 2 版/ }).click()
    expect(await page.locator('.text ins').first().textContent()).toBe('14个月')
    // Its script answers to keys, once it is there.
    await page.waitForLoadState()
    await page.keyboard.press('m')
    await page.waitForURL('**/months.html')
    await page.getByRole('link', { name: /^2024年5月，/ }).click()
    expect(await page.locator('.month .gap').count()).toBe(22)
    await page.waitForLoadState()
    await page.keyboard.press('g')
    await page.waitForURL('**/index.html')
    expect(faults).toEqual([])
    await close(page)
  })

  test('what marks a gap begins where its legend does, on a line of its own', async () => {
    const { page } = await open('index.html', { viewport: { width: 300, height: 800 } })
    const boxOf = (selector: string) => page.locator(selector).first().boundingBox()
    const [legend, key] = [await boxOf('.legend'), await boxOf('.legend .key')]
    expect([key?.x, (key?.y ?? 0) > (legend?.y ?? 0) + 5]).toEqual([legend?.x, true])
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
    ['是:修订 栏目:zaobao:china', '百年铁桥封闭维修', 1],
    ['栏目:bbc:simp 桥', '', 0],
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

  test.each([
    ['浮桥 OR', '按普通文字查找：AND、OR、NOT 旁边或括号里缺了内容'],
    ['lang:xyzzy', '按普通文字查找：xyzzy 不是语言'],
    ['栏目:chna', '没有找到。 · 简体、繁体一并查找 · 没有叫“chna”的已知栏目或路径；栏目有 china、singapore、'],
    ['媒体:晚报', '没有叫“晚报”的已知媒体；媒体有 zaobao、rfi、dw、bbc'],
    ['OR', '“OR”中没有可搜索的内容'],
  ])('of %s it says what the command line says', async (query, words) => {
    const { page, faults } = await open(`search.html?q=${encodeURIComponent(query)}`)
    await page.getByRole('status').filter({ hasText: words }).waitFor()
    expect(faults).toEqual([])
    await close(page)
  })

  test('what is found has the marks that it has in the list of its day', async () => {
    const { page } = await open(`${LAST_DAY}.html`)
    const marksIn = () => page.locator('.marks em').allTextContents()
    const marks = await marksIn()
    expect(marks.toSorted()).toEqual(['存疑', '没有按版式读取', '订户专享：只有开头'].toSorted())
    await page.goto(`search.html?q=${LAST_DAY}`)
    for (let shown = 0; shown < 54; shown = await page.locator('.found > li').count())
      await page
        .getByRole('button', { name: '更早的新闻' })
        .click({ timeout: 5000 })
        .catch(() => undefined)
    expect(await marksIn()).toEqual(marks)
    await close(page)
  })

  test('until its index is there, it says that it is loaded', async () => {
    const { page } = await open('search.html')
    let answer: () => void = () => undefined
    const asked = new Promise<void>((resolve) => (answer = resolve))
    await page.route('**/search/index.json', async (route) => {
      await asked
      await route.continue()
    })
    await page.getByLabel('搜索归档').fill('浮桥')
    await page.getByRole('status').filter({ hasText: '载入中' }).waitFor()
    answer()
    await page.getByText('最新的 20 篇').waitFor()
    await close(page)
  })

  test('no hostile story runs anything, asks for anything, or leads away', async () => {
    const { page, faults } = await open(`${HOSTILE_DAY}.html`)
    for (const id of hostile.filter((_, n) => n % 3 === 0)) {
      await page.goto(`${HOSTILE_DAY}/${id}.html`)
      expect(placeIn(page)).toBe(`${HOSTILE_DAY}/${id}.html`)
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
      found.push(...(await barriers(page)))
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
    await page.waitForLoadState()
    await page.keyboard.press('u')
    await page.waitForURL(`**/${LAST_DAY}.html`)
    await page.getByLabel('搜索归档').fill('浮桥')
    await page.keyboard.press('Enter')
    await page.getByText('浏览器只能从网站读取它').waitFor()
    // Before anything is typed, too.
    await page.goto(pathToFileURL(join(home, 'public', 'search.html')).href)
    await page.getByText('浏览器只能从网站读取它').waitFor()
    await close(page)
  })
})
