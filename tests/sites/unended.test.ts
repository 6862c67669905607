import { expect, test } from 'vitest'
import { lettersIn } from '../../src/core/witness.ts'
import { readContent, readPage } from '../../src/sites/index.ts'
import { said } from '../../src/words/words.ts'
import { expectInProportion } from '../support/cost.ts'
import { inventedStory, seeded } from '../support/layouts.ts'
import { PAGES } from '../support/pages.ts'

const URL_ASKED = 'https://www.zaobao.com.sg/realtime/china/story20260312-9000001'

/** What stands in a body and is never ended: the story goes on behind it, and what its box holds is no part of it. */
const BOXES: Readonly<Record<string, string>> = {
  list: '<div class="related-articles"><h3>列表里的</h3><ul><li><a href="/news/world/story20200101-1">列表里的别的新闻</a></li></ul>',
  blurb: '<div class="further-reading"><p>列表里的</p>',
  ad: '<div id="imu"><script>ads()</script>',
  'ad that ends itself': '<div class="bff-google-ad"/>',
  aside: '<aside class="related-articles"><h3>列表里的</h3>',
  section: '<section class="keywords"><a href="/k">列表里的词</a>',
  items: '<ul class="related-articles"><li><a href="/x">列表里的</a></li>',
  hidden: '<div hidden>列表里的字',
  'not shown': '<div style="display:none">列表里的字',
  span: '<span class="adv-tag">列表里的',
  label: '<span class="sr-only">列表里的',
}
const SWALLOWING: Readonly<Record<string, string>> = {
  script: '<script>var a = 1;',
  'script of a file': '<script src="/a.js">',
  style: '<style>.a{}',
  iframe: '<iframe src="https://x.example/e">',
  noscript: '<noscript><img src="/a.png">',
  textarea: '<textarea>',
  title: '<title>题',
  comment: '<!-- 评论',
  CDATA: '<![CDATA[ 甲',
  drawing: '<svg><title>图</title><path d="M0 0"/>',
}

interface Laid {
  paragraphs: string[]
  page: ReturnType<typeof readPage>
}

/** Whole stories with something in the middle of their bodies; `later` stands behind what the layout has in its body. */
function laid(makePage: (typeof PAGES)[keyof typeof PAGES], between: string, later = ''): Laid[] {
  const random = seeded(3)
  return Array.from({ length: 2 }, () => {
    const { headline, paragraphs, url } = inventedStory(random)
    const whole = [...paragraphs, ...inventedStory(random).paragraphs.map((each) => `${each}完${headline}。`)]
    const at = 1 + Math.floor(random() * (whole.length - 2))
    const html = (texts: readonly string[]) => texts.map((text) => `<p>${text}</p>`).join('')
    const bodyHtml = `${html(whole.slice(0, at))}${between}${html(whole.slice(at))}${later}`
    const story = { title: headline, url, published: '2026-03-12T02:00:00.000Z', bodyHtml }
    return { paragraphs: whole, page: readPage({ html: makePage(story), url }) }
  })
}

function readingOf({ page }: Laid): { text: string; doubts: string[]; ending: string } {
  if (page.kind !== 'story') throw new Error(said(page.detail))
  return { text: page.extract.body.text, doubts: page.doubts.map(said), ending: page.ending }
}

// The makers of one layout shuffle the elements of a body, which ends them.
const layouts = Object.entries(PAGES).filter(([name]) => name !== 'bootstrap')

test.each(layouts)('a box that a page of %s never ends takes nothing of the story', (_, makePage) => {
  for (const [name, box] of Object.entries(BOXES)) {
    for (const each of laid(makePage, box)) {
      const { text, doubts } = readingOf(each)
      expect([name, each.paragraphs.filter((paragraph) => !text.includes(paragraph))]).toEqual([name, []])
      if (/hidden|not shown/.test(name)) continue
      expect([name, text.includes('列表里的')]).toEqual([name, false])
      expect(doubts.join('|')).toMatch(/^the page never ends \S+(?: \(label\))?: \d+ letters/)
    }
  }
})

test.each(layouts)('what hides the rest of a %s body is never passed over in silence', (_, makePage) => {
  for (const [name, begin] of Object.entries(SWALLOWING)) {
    for (const later of [
      '',
      `<p>末段。</p><script>x()</script><style>.b{}</style><iframe src="/e"></iframe><noscript>无</noscript><textarea></textarea><title>乙</title><!-- 丙 -->`,
    ]) {
      for (const each of laid(makePage, begin, later)) {
        const { text, doubts, ending } = readingOf(each)
        const isWhole = each.paragraphs.every((paragraph) => text.includes(paragraph))
        expect([name, later === '', isWhole || doubts.length > 0 || ending !== 'whole']).toEqual([
          name,
          later === '',
          true,
        ])
      }
    }
  }
})

test.each(layouts)('a box of %s that has its end keeps its words, whatever else lacks its own', (_, makePage) => {
  const ended = '<div class="related-articles"><p>列表里的别的新闻说，这是一句不短的话，与渡口无关。</p></div>'
  for (const [between, later] of [
    [ended, ''],
    [ended, '<div class="x">'],
    ['', ended],
    ['<!-- 甲 <!-- 乙 -->', ''],
    ['<script>document.write("<script src=/a.js><\\/script>")</script>', ''],
  ] as const) {
    for (const each of laid(makePage, between, later)) {
      const { text, doubts } = readingOf(each)
      expect([text.includes('列表里的'), doubts]).toEqual([false, []])
      expect(each.paragraphs.filter((paragraph) => !text.includes(paragraph))).toEqual([])
    }
  }
})

test.each(layouts)('a box of %s that was put around paragraphs of the story is a doubt', (_, makePage) => {
  const [one, other] = [
    '渡口合作社的人说，票价到年底都不变，学生凭证件仍然只收半价票。',
    '镇上的木匠花了三天修好码头的栏杆，工钱由渡口合作社出，镇长这样说。',
  ]
  const both = `<p>${one}</p><p>${other}</p>`
  for (const [box, isDoubted] of [
    [`<div class="related-articles"><h3>相关</h3><ul><li><a href="/x">别的</a></li></ul>${both}</div>`, true],
    [`<section class="keywords"><a href="/k">词</a>${both}</section>`, true],
    [`<div class="related-articles"><p>${one}</p></div>`, false],
    [
      `<div class="related-articles">${both.replaceAll('<p>', '<p><a href="/x">').replaceAll('</p>', '</a></p>')}</div>`,
      false,
    ],
    [`<div class="paywall-message">${both}</div>`, false],
    [`<div hidden>${both}</div>`, false],
  ] as const) {
    const html = ['渡口今天早上重新开放，乘客络绎不绝。', '船期与票价都没有改变。'].map((text) => `<p>${text}</p>`)
    const page = makePage({
      title: '渡口复航',
      url: URL_ASKED,
      published: '2026-03-12T02:00:00.000Z',
      bodyHtml: html.join(box),
    })
    const reading = readPage({ html: page, url: URL_ASKED })
    const doubts = reading.kind === 'story' ? reading.doubts.map(said) : [said(reading.detail)]
    expect([box, doubts.some((doubt) => /holds \d+ letters of paragraphs/.test(doubt))]).toEqual([box, isDoubted])
  }
})

test('a feed that never ends a box says so too', () => {
  const html =
    '<p>渡口今天重新开放，人们排队等船。</p><div class="keywords"><a href="/k">词</a><p>第一班船在六点开出，坐满了人。</p>'
  const content = readContent(html, 'https://www.zaobao.com.sg/realtime/china/story20211110-1212150')
  expect(content?.body.text).toBe('渡口今天重新开放，人们排队等船。第一班船在六点开出，坐满了人。')
  expect(content?.doubts.map(said)).toEqual([
    "the page never ends .keywords: 13 letters in it are taken for the story's",
  ])
})

test('of any number of boxes before it that have their end, none hides one that has not', () => {
  const ended = '<div class="related-articles"><p>列表里的别的新闻说，这是一句不短的话。</p></div>'.repeat(30)
  const story = '<p>第一班船在六点开出，坐满了人。</p>'
  const html = `<p>渡口今天重新开放，人们排队等船。</p>${ended}<section class="keywords"><a href="/k">词</a>${story}`
  const content = readContent(html, 'https://www.zaobao.com.sg/realtime/china/story20211110-1212150')
  expect(content?.body.text).toBe('渡口今天重新开放，人们排队等船。第一班船在六点开出，坐满了人。')
})

const HIDDEN = '渡口今天重新开放，人们排队等船，第一班船在六点开出，坐满了人，第二班也是，镇长说以后每天有三班。'

test.each(layouts)('what a %s body hides is counted once', (_, makePage) => {
  for (const each of laid(makePage, `<p>首段。</p><div><!-- 甲 <p>${HIDDEN.repeat(2)}</p><!-- 乙 --></div>`)) {
    expect(readingOf(each).doubts).toEqual([
      `a script, comment or the like that is never ended hides ${lettersIn(HIDDEN) * 2} letters`,
    ])
  }
})

test('a comment that ends where a body does has its end', () => {
  const html = `<p>正文在这里。</p><script>var a = "<!--"</script><!-- <p>${HIDDEN.repeat(2)}</p> -->`
  const content = readContent(html, 'https://www.zaobao.com.sg/realtime/china/story20211110-1212150')
  expect(content?.doubts.map(said)).toEqual([])
})

test('boxes without end take time in proportion', async () => {
  const unit = '<div class="keywords"><p>第一班船在六点开出，坐满了人，第二班也是。</p></div>'
  await expectInProportion(
    (part) => `<p>甲。</p><div>${unit.repeat(4000 * part)}`,
    (html) => readContent(html, 'https://www.zaobao.com.sg/realtime/china/story20211110-1212150'),
  )
})
