import { describe, expect, test } from 'vitest'
import { paragraphsOf } from '../../src/core/html/prose.ts'
import { fewerWords, isAnotherHeadline, missingSentences, outsideProse } from '../../src/core/witness.ts'
import { readPage } from '../../src/sites/index.ts'
import { inventedStory, seeded } from '../support/layouts.ts'
import { PAGES, type PageStory } from '../support/pages.ts'
import { english, type Message } from '../../src/words/words.ts'

const inEnglish = (doubt: Message | null) => doubt && english(doubt)

const STORIES = 40
/** A moved line or two is no half. */
const WORTH_A_WORD = 100

function storiesOf(seed: number): Array<PageStory & { paragraphs: string[] }> {
  const random = seeded(seed)
  return Array.from({ length: STORIES }, () => {
    const { headline, paragraphs, url } = inventedStory(random)
    const bodyHtml = paragraphs.map((text) => `<p>${text}</p>`).join('')
    return { title: headline, url, published: '2026-03-12T02:00:00.000Z', bodyHtml, paragraphs }
  })
}

function bodyIn(html: string, url: string): string {
  const page = readPage({ html, url })
  return page.kind === 'story' ? (page.extract.body.textContent ?? '') : ''
}

describe.each(Object.entries(PAGES))('pages of %s', (_, makePage) => {
  test('whole ones raise no alarm', () => {
    for (const story of storiesOf(7)) {
      const html = makePage(story)
      const body = bodyIn(html, story.url)
      expect(inEnglish(outsideProse(paragraphsOf(html), body))).toBeNull()
      expect(inEnglish(missingSentences(story.paragraphs.join('\n'), body, 'the feed'))).toBeNull()
      expect(isAnotherHeadline(story.title, story.title, body)).toBe(false)
    }
  })

  test('a half that moved out of the body is seen, in the page and by the feed', () => {
    for (const story of storiesOf(8)) {
      const half = Math.ceil(story.paragraphs.length / 2)
      const html = makePage(story)
      const body = story.paragraphs.slice(0, half).join('\n')
      if (story.paragraphs.slice(half).join('').length < WORTH_A_WORD) continue
      const shown = paragraphsOf(html)
      if (shown.some(({ text }) => text === story.paragraphs.at(-1))) {
        expect(inEnglish(outsideProse(shown, body)), story.title).toMatch(/^the page has \d+ more letters$/)
      }
      expect(inEnglish(missingSentences(story.paragraphs.join('\n'), body, 'the feed'))).toMatch(
        /^the feed has \d+ of its \d+/,
      )
    }
  })
})

test('a text that was edited is no part of the other', () => {
  const old = '渡口星期一清晨重新开放。停航三个月的小轮船驶往对岸。票价暂时不变，学生半价。'
  const edited = '渡口星期二中午重新开放。停航四个月的小轮船驶往对岸。票价暂时不变，学生半价。'
  expect(inEnglish(missingSentences(old, edited, 'the feed'))).toBeNull()
  expect(inEnglish(missingSentences(old, '渡口星期一清晨重新开放。', 'the feed'))).toBe(
    "the feed has 2 of its 3 sentences that the page's text has not",
  )
})

const WORDS: Array<[string, number | null, string, string | null]> = [
  ['no count', null, '甲'.repeat(10), null],
  ['letters', 100, '甲'.repeat(100), null],
  ['words, of a text in Latin letters', 20, 'word '.repeat(20), null],
  ['half', 200, '甲'.repeat(100), 'the page says 200 words, its text has 100 letters'],
]

test.each(WORDS)('a count: %s', (_, count, body, expected) => {
  expect(inEnglish(fewerWords(count, body))).toBe(expected)
})

const HEADLINES: Array<[string, string, string, boolean]> = [
  ['青石镇渡口星期一复航', '青石镇渡口星期一复航', '', false],
  ['快讯：渡口复航', '青石镇的渡口星期一重新开放', '停航三个月的渡口星期一复航。', false],
  ['新加坡明年调高水费', '青石镇的渡口星期一重新开放', '停航三个月的小轮船载着第一批乘客驶往对岸。', true],
  ['短讯', '青石镇的渡口', '小轮船。', false],
]

test.each(HEADLINES)('the headline %s is another story’s beside %s: %j', (listed, title, body, expected) => {
  expect(isAnotherHeadline(listed, title, body)).toBe(expected)
})

test('paragraphs are told by blocks and links, whatever is left open; furniture is passed over', () => {
  const html = `<nav><a href="/">首页</a><nav>再来</nav>还有</nav><div class="x"><p>甲&amp;乙<p>丙<br>丁 <a href="/">戊己</a></div>
    <div class="related-stories"><div>庚</div>辛</div><script>"<p>壬"</script>癸`
  expect(paragraphsOf(html).map(({ text, linked }) => [text, linked])).toEqual([
    ['甲&乙', 0],
    ['丙', 0],
    ['丁 戊己', 0.5],
    ['癸', 0],
  ])
})
