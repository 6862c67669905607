import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { LAST_DAY } from './support/archive.ts'
import { barriers, close, DESKTOP, HOSTILE_DAY, PHONE, type Visitor, visitorOf, writeMixed } from './support/browser.ts'
import { type Served, serveArchive } from './support/served.ts'

const home = mkdtempSync(join(tmpdir(), 'zaobao-browser-'))
const root = join(home, 'archive')
let ids: Awaited<ReturnType<typeof writeMixed>>['ids']
let hostile: string[]
let served: Served
let visitor: Visitor
const open: Visitor['open'] = (...asked) => visitor.open(...asked)

describe.runIf(hasChromium())('in a browser', () => {
  beforeAll(async () => {
    ;({ ids, hostile } = await writeMixed(root))
    served = await serveArchive(root)
    visitor = await visitorOf(served.address)
  })
  afterAll(async () => {
    await visitor.leave()
    await served.stop()
    rmSync(home, { recursive: true, force: true })
  })

  const placeIn = (page: Page): string => decodeURIComponent(new URL(page.url()).pathname)

  test('browse, read, compare', async () => {
    const { page, faults } = await open('/')
    await page.getByRole('link', { name: '百年铁桥封闭维修　行人改走临时浮桥' }).click()
    expect(placeIn(page)).toBe(`/${LAST_DAY}/${ids.bridge}`)
    expect(await page.locator('.text img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(360)
    await page.getByRole('link', { name: '改过 2 次' }).click()
    await page.getByRole('link', { name: /^第 2 版/ }).click()
    expect(await page.locator('.text ins').first().textContent()).toBe('14个月')
    expect(
      await page
        .locator('del')
        .first()
        .evaluate((removed) => getComputedStyle(removed).textDecorationLine),
    ).toBe('none')
    await page.getByRole('link', { name: '月份' }).click()
    await page.getByRole('link', { name: /^2024年5月，/ }).click()
    expect(await page.locator('.month .gap').count()).toBe(22)
    expect(faults).toEqual([])
    await close(page)
  })

  test('by keys, which leave input methods, fields and shortcuts alone', async () => {
    const { page, faults } = await open('/')
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.getAttribute('href') ?? null)
    const links = await page.locator('main .to').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    await page.keyboard.press('j')
    expect(await focused()).toBe(links[0])
    await page.keyboard.press('j')
    await page.keyboard.press('n')
    expect(await focused()).toBe(links[2])
    await page.keyboard.press('k')
    await page.keyboard.press('Control+k')
    await page.evaluate(() => dispatchEvent(new KeyboardEvent('keydown', { key: 'j', isComposing: true })))
    expect(await focused()).toBe(links[1])
    await page.keyboard.press('o')
    await page.waitForURL(`**${links[1]}`)
    await page.keyboard.press('u')
    await page.waitForURL(`**/${LAST_DAY}`)
    await page.keyboard.press('?')
    expect(await page.locator('#keys').evaluate((dialog: HTMLDialogElement) => dialog.open)).toBe(true)
    await page.getByLabel('启用单键').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    expect(await focused()).not.toBe(links[0])
    expect(faults).toEqual([])
    await close(page)
  })

  test('as one types, an input method in between, and not before it is done', async () => {
    const { page, faults } = await open('/search')
    const asked: string[] = []
    page.on('request', (request) => {
      const path = decodeURIComponent(request.url().slice(served.address.length))
      if (path !== 'icon.svg') asked.push(path)
    })
    const input = page.getByLabel('搜索归档')
    await page.keyboard.press('/')
    expect(await input.evaluate((element) => element === document.activeElement)).toBe(true)
    const session = await page.context().newCDPSession(page)
    for (const text of ['f', 'fu', 'fu q', 'fu qiao', '浮桥'])
      await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await page.waitForTimeout(300)
    expect(asked).toEqual([])
    await session.send('Input.insertText', { text: '浮桥' })
    await page.locator('mark').first().waitFor()
    expect(asked).toEqual(['search?q=浮桥'])
    expect(new URL(page.url()).search).toBe(`?q=${encodeURIComponent('浮桥')}`)
    await page.keyboard.type(' jjj')
    // The first of the letters may have been asked for by itself.
    await page.waitForFunction(() => document.title.startsWith('搜索：浮桥 jjj'))
    expect(await page.getByText('没有找到。').count()).toBe(1)
    expect(faults).toEqual([])
    await close(page)
  })

  test('without JavaScript all of it reads', async () => {
    const { page, faults } = await open('/', { ...DESKTOP, javaScriptEnabled: false })
    await page.getByRole('link', { name: '百年铁桥封闭维修　行人改走临时浮桥' }).click()
    await page.getByRole('link', { name: '改过 2 次' }).click()
    await page.getByLabel('搜索归档').fill('浮桥')
    await page.keyboard.press('Enter')
    expect(await page.locator('mark').first().textContent()).toBe('浮桥')
    await page.goBack()
    await page.locator('summary').click()
    expect(await page.locator('details p').first().isVisible()).toBe(true)
    expect(faults).toEqual([])
    await close(page)
  })

  test('no story of a hostile paper runs anything, asks for anything, or leads away', async () => {
    const { page, faults } = await open(`/${HOSTILE_DAY}`)
    for (const id of hostile) {
      await page.goto(`/${HOSTILE_DAY}/${id}`)
      await page.waitForLoadState('networkidle')
      expect(placeIn(page)).toBe(`/${HOSTILE_DAY}/${id}`)
      expect(await page.evaluate(() => document.scripts.length)).toBe(1)
    }
    expect(faults).toEqual([])
    await close(page)
  })

  const places = (): string[] => [
    ...[
      '/months',
      `/${LAST_DAY}/${ids.bridge}`,
      `/${LAST_DAY}/${ids.bridge}/changes/2`,
      '/2026-11',
      `/${LAST_DAY}?section=finance`,
    ],
    ...['/search?q=浮桥', '/sections', '/section/finance', '/status', '/nothing', `/${LAST_DAY}/${ids.away}`],
  ]

  test.each([
    ['light, wide', DESKTOP, 11],
    ['dark, on a phone', PHONE, 6],
    ['in English', { ...DESKTOP, locale: 'en-GB' }, 1],
  ])('nobody is kept out: %s', async (_, options, most) => {
    const { page } = await open('/', options)
    const found: unknown[] = []
    for (const path of places().slice(0, most)) {
      await page.goto(path)
      found.push(...(await barriers(page)))
    }
    expect(found).toEqual([])
    await close(page)
  })

  test.each([DESKTOP, PHONE])('no line stands on another: %j', async (options) => {
    const { page } = await open('/search?q=(浮桥', options)
    const boxes = page.locator('main [data-live] > :is(p, nav)')
    const rects = await boxes.evaluateAll((all) => all.map((box) => box.getBoundingClientRect().toJSON() as DOMRect))
    expect(rects.length).toBeGreaterThan(2)
    expect(rects.flatMap(({ top }, at) => ((rects[at - 1]?.bottom ?? 0) > top ? [at] : []))).toEqual([])
    await close(page)
  })

  test('Chinese alone is justified', async () => {
    const { page } = await open(`/${LAST_DAY}/${ids.bridge}`)
    const text = page.locator('.text')
    const alignedAs = (lang: string | null): Promise<string> =>
      text.evaluate((box, tag) => {
        if (tag === null) box.removeAttribute('lang')
        else box.setAttribute('lang', tag)
        return getComputedStyle(box).textAlign
      }, lang)
    expect([await alignedAs('zh-Hant'), await alignedAs('en'), await alignedAs('fr'), await alignedAs(null)]).toEqual([
      ...['justify', 'start', 'start', 'start'],
    ])
    await close(page)
  })

  test('the READMEs have pictures of the pages, small ones', async () => {
    const pictures = { day: '/', changes: `/${LAST_DAY}/${ids.bridge}/changes` }
    for (const [name, path] of Object.entries(pictures)) {
      const file = join(DOCS, `reader-${name}.png`)
      if (isDrawing()) {
        const { page } = await open(path, { ...DESKTOP, viewport: { width: 1000, height: 560 } })
        await page.screenshot({ path: file })
        await close(page)
      }
      expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG')
      expect(readFileSync(file).length).toBeLessThan(100_000)
    }
  })

  test('lines are a whole number of characters', async () => {
    for (const [options, characters] of [
      [DESKTOP, 36],
      [PHONE, 20],
    ] as const) {
      const { page } = await open(`/${LAST_DAY}/${ids.bridge}`, options)
      const [width, size] = await page
        .locator('.text')
        .evaluate((text) => [text.getBoundingClientRect().width, Number.parseFloat(getComputedStyle(text).fontSize)])
      expect((width ?? 0) / (size ?? 1)).toBeCloseTo(characters, 2)
      await close(page)
    }
  })
})

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url))

/** True where vitest is told to draw anew what it compares with. */
function isDrawing(): boolean {
  const { snapshotState } = expect.getState()
  return (snapshotState as unknown as { _updateSnapshot: string })._updateSnapshot === 'all'
}
