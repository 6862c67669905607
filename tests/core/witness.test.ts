import { describe, expect, test } from 'vitest'
import { type ProseParagraph, paragraphsOf, type Container } from '../../src/core/html/prose.ts'
import {
  fewerWords,
  isAnotherHeadline,
  isOfAnotherMatter,
  lettersOutside,
  missingSentences,
  outsideProse,
  sharedSentences,
} from '../../src/core/witness.ts'
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
  return page.kind === 'story' ? page.extract.body.text : ''
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

  test('whole ones whose signs are written by name raise none', () => {
    for (const story of storiesOf(9)) {
      const bodyHtml = story.paragraphs.map(
        (text) => `<p>&ldquo;${text.replace(/[，。]/g, '&rdquo;&hellip;$&&shy;')}</p>`,
      )
      const html = makePage({ ...story, bodyHtml: bodyHtml.join('') })
      expect(inEnglish(outsideProse(paragraphsOf(html), bodyIn(html, story.url)))).toBeNull()
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
  ['a count of none', 0, '', null],
  ['at the bound', 100, '甲'.repeat(60), null],
  ['below it', 100, '甲'.repeat(59), 'the page says 100 words, its text has 59 letters'],
  ['letters', 100, '甲'.repeat(100), null],
  ['words, of a text in Latin letters', 20, 'word '.repeat(20), null],
  ['nearly nothing', 2, '甲', 'the page says 2 words, its text has 1 letter'],
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

/** So many letters that stand in no other text. */
const letters = (count: number, from: number) =>
  String.fromCodePoint(...Array.from({ length: count }, (_, at) => from + at))
const [OWN, MORE, THIRD] = [letters(40, 0x4e00), letters(60, 0x5e00), letters(30, 0x6e00)]

describe('letters outside of a body', () => {
  const below = (parent: Container | null): Container => ({ name: 'div', depth: (parent?.depth ?? 0) + 1, parent })
  const root = below(null)
  const page = below(root)
  const main = below(page)
  const article = below(main)
  const box = below(article)
  const paragraph = (text: string, place: Container | null = article, linked = 0): ProseParagraph => ({
    text,
    place,
    linked,
  })
  const own = paragraph(`${OWN}。`, box)

  test.each<[string, ProseParagraph[], number]>([
    ['none', [own], 0],
    ['beside it', [own, paragraph(`${MORE}。`)], 60],
    ['three elements above its own', [own, paragraph(`${MORE}。`, page)], 60],
    ['in another branch there', [own, paragraph(`${MORE}。`, below(below(page)))], 60],
    ['further off', [own, paragraph(`${MORE}。`, below(root))], 0],
    ['further off, and deeper', [own, paragraph(`${MORE}。`, below(below(below(root))))], 0],
    [
      'around several of its own',
      [own, paragraph(`${OWN}，`, below(below(page))), paragraph(`${MORE}。`, below(root))],
      60,
    ],
    ['where none is its own', [paragraph(`${MORE}。`, below(root)), paragraph(`${THIRD}！`, null)], 90],
    ['too short for prose', [own, paragraph(`${THIRD.slice(0, 15)}。`)], 0],
    ['just long enough', [own, paragraph(`${THIRD.slice(0, 16)}。`)], 16],
    ['a list of links', [own, paragraph(`${MORE}。`, article, 0.3)], 0],
    ['a link within', [own, paragraph(`${MORE}。`, article, 0.29)], 60],
    ['no sentence', [own, paragraph(MORE)], 0],
    ['the end of what is said', [own, paragraph(`${MORE}。”)`), paragraph(`${THIRD}」`)], 90],
    ['told by their beginning', [own, paragraph(`${OWN.slice(0, 16)}${MORE}。`)], 0],
  ])('%s', (_name, paragraphs, expected) => {
    expect(lettersOutside(paragraphs, `${OWN}。`)).toBe(expected)
  })

  test.each([
    [50, 40, 'the page has 50 more letters'],
    [49, 40, null],
    [60, 400, 'the page has 60 more letters'],
    [59, 400, null],
  ])('%d of them beside a text of %d', (more, size, expected) => {
    const body = `${OWN}${letters(size - 40, 0x7000)}`
    expect(inEnglish(outsideProse([own, paragraph(`${letters(more, 0x5e00)}。`)], body))).toBe(expected)
  })
})

describe('sentences of another text', () => {
  const sentence = (at: number) => `${letters(10, 0x4e00 + 10 * at)}。`
  const text = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => sentence(from + at)).join('')

  test.each<[string, string, string, boolean]>([
    ['two of ten are missing', text(0, 10), text(0, 8), false],
    ['three of ten are', text(0, 10), text(0, 7), true],
    ['one of four is', text(0, 4), text(0, 3), false],
    ['two of four are, too short to tell', `${text(0, 2)}${'甲'.repeat(9)}。${'乙'.repeat(9)}。`, text(0, 2), false],
    [
      'lines are sentences',
      `${text(0, 1)}\n${sentence(1).slice(0, -1)}\n${sentence(2).slice(0, -1)}`,
      text(0, 1),
      true,
    ],
    ['so are ends in Latin letters', `${text(0, 1)}abcdefghij. klmnopqrst! uvwxyzabcd?`, text(0, 1), true],
    ['the body has one of five of its own', text(0, 10), `${text(0, 4)}${sentence(20)}`, true],
    ['the body has two of its own', text(0, 10), `${text(0, 4)}${text(20, 22)}`, false],
  ])('%s', (_name, other, body, isDoubted) => {
    expect(missingSentences(other, body, 'x') !== null).toBe(isDoubted)
  })

  test('a caption is none of its own', () => {
    const body = `${sentence(20)}${text(0, 3)}`
    expect(missingSentences(text(0, 6), body, 'x', () => text(0, 3))).not.toBeNull()
    expect(missingSentences(text(0, 6), body, 'x')).toBeNull()
  })

  test.each([
    ['none', '短。', text(0, 2), 1],
    ['half', text(0, 4), text(2, 8), 0.5],
    ['all', text(0, 4), text(0, 8), 1],
    ['no more than is compared', `${'\n'.repeat(50_000)}${text(0, 2)}`, '', 1],
  ])('%s are shared', (_name, one, other, share) => {
    expect(sharedSentences(one, other)).toBe(share)
  })
})

test.each([
  ['Abcdefghijk', 'x', true, true],
  ['Abcdefghijk', 'x-a b-x', true, false],
  ['Abcdefghijk', 'ABx CDx', false, false],
  ['abcde', 'x', false, false],
  ['abcdef', 'x', true, true],
])('the headline %s over %s: another one %j, another matter %j', (headline, body, another, ofAnother) => {
  expect([isAnotherHeadline(headline, '', body), isOfAnotherMatter(headline, body)]).toEqual([another, ofAnother])
})

describe('one sentence that breaks off', () => {
  const whole = [
    '渡口昨天清晨重新开放，第一班船在六点开出。',
    '岸边的小标题',
    '船上坐满了人，有人站在舱门外面，直到对岸。',
    '下午的船晚了一刻钟。',
  ]
  const said = (page: readonly string[], other: string) =>
    inEnglish(missingSentences(other, page.join(''), 'the feed', () => page.join('\n')))

  test.each([0, 2])('is told by the feed: paragraph %i', (at) => {
    const page = whole.map((text, index) => (index === at ? text.slice(0, 12) : text))
    expect(said(page, whole.join('\n'))).toMatch(
      /^the feed goes on for \d+ letters where a paragraph of the page's text breaks off$/,
    )
  })

  test.each([
    ['the same', whole, whole.join('\n')],
    ['glued', whole, whole.join('')],
    ['a caption between', [whole[0]!, whole[1]!, '图片说明（路透社）', ...whole.slice(2)], whole.join('')],
    ['an agency in front', whole, `（早报讯）${whole.join('')}`],
    ['credits behind', whole, `${whole.join('')}（摄影：某某某某某）`],
    ['an edit within', whole, whole.join('\n').replace('坐满了人', '坐满了赶集的人')],
    ['an edit at the end of a sentence', whole, whole.join('\n').replace('一刻钟', '一刻钟，原因不明')],
    ['signs alone', whole.map((text) => text.replace(/。$/, '')), whole.join('\n')],
  ])('is no alarm: %s', (_, page, other) => {
    expect(said(page, other)).toBeNull()
  })
})
