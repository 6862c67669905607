import { describe, expect, test } from 'vitest'
import { mergeDocument } from '../../src/core/document/merge.ts'
import { outlineOf } from '../../src/core/document/block-hashes.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { type Content, makeDocument, renderDocument } from '../../src/core/document/render.ts'
import { STORY } from '../support/content.ts'
import { expectInProportion } from '../support/cost.ts'

const first: Content = { ...STORY, body: { markdown: '甲段。\n\n乙段。\n\n丙段。' } }
const written = renderDocument(makeDocument(first))
const outline = outlineOf(makeDocument(first))
const markdown = (...paragraphs: string[]): Partial<Content> => ({ body: { markdown: paragraphs.join('\n\n') } })
const html = (inner: string): Partial<Content> => ({ body: { html: inner } })
const isFirst = (title: string) => title === first.title

interface Outcome {
  text: string
  lost: boolean
}

function merge(file: string, page: Partial<Content>, base: string | null = outline): Outcome {
  const { document, lost } = mergeDocument(parseDocument(file), { ...first, ...page }, base, isFirst)
  return { text: renderDocument(document), lost }
}

/** The text with `to` in the place of `from`, which it must hold. */
function edited(text: string, ...edits: [from: string, to: string][]): string {
  return edits.reduce((now, [from, to]) => {
    expect(now).toContain(from)
    return now.replace(from, to)
  }, text)
}

const LATER = '\n注：已核对。\n'
const withNote = written + LATER
const withKey = edited(written, ['categories:', 'source: 朋友\ncategories:'])
const withTitle = edited(written, ['title: "港口明年扩建"', 'title: "我的标题"'], ['[港口', '[我的港口'])

describe('what someone wrote into a file stays where the page did not change', () => {
  test.each<[string, string, Partial<Content>, string]>([
    [
      'a note at the end, the first paragraph changed',
      withNote,
      markdown('甲段改。', '乙段。', '丙段。'),
      edited(withNote, ['甲段。', '甲段改。']),
    ],
    [
      'a note at the end, the last paragraph changed',
      withNote,
      markdown('甲段。', '乙段。', '丙段改。'),
      edited(withNote, ['丙段。', '丙段改。']),
    ],
    [
      'a note at the end, a paragraph added there',
      withNote,
      markdown('甲段。', '乙段。', '丙段。', '丁段。'),
      edited(withNote, ['丙段。', '丙段。\n\n丁段。']),
    ],
    [
      'a note at the end, everything new',
      withNote,
      markdown('新段。'),
      edited(withNote, ['甲段。\n\n乙段。\n\n丙段。', '新段。']),
    ],
    [
      'a note at the top, a paragraph added there',
      edited(written, ['甲段。', '注。\n\n甲段。']),
      markdown('新段。', '甲段。', '乙段。', '丙段。'),
      edited(written, ['甲段。', '新段。\n\n注。\n\n甲段。']),
    ],
    [
      'a note in between, the paragraph before it gone',
      edited(written, ['乙段。', '乙段。\n\n注。']),
      markdown('甲段。', '丙段。'),
      edited(written, ['乙段。', '注。']),
    ],
    [
      'a word changed, another paragraph changed',
      edited(written, ['甲段。', '甲段！']),
      markdown('甲段。', '乙段。', '丙段改。'),
      edited(written, ['甲段。', '甲段！'], ['丙段。', '丙段改。']),
    ],
    [
      'a word changed, a paragraph added beside it',
      edited(written, ['丙段。', '丙段！']),
      markdown('甲段。', '乙段。', '丙段。', '丁段。'),
      edited(written, ['丙段。', '丙段！\n\n丁段。']),
    ],
    [
      'a paragraph taken out, another changed',
      edited(written, ['甲段。\n\n', '']),
      markdown('甲段。', '乙段。', '丙段改。'),
      edited(written, ['甲段。\n\n', ''], ['丙段。', '丙段改。']),
    ],
    [
      'a note at the top, the first paragraph changed',
      edited(written, ['甲段。', '注。\n\n甲段。']),
      markdown('甲段改。', '乙段。', '丙段。'),
      edited(written, ['甲段。', '注。\n\n甲段改。']),
    ],
    [
      'a paragraph taken out, it and the one before it changed',
      edited(written, ['乙段。\n\n丙段。', '乙段。']),
      markdown('甲段。', '乙段改。', '丙段改。'),
      edited(written, ['乙段。', '乙段改。'], ['丙段。', '丙段改。']),
    ],
    [
      'comments among the keys, the page closed',
      edited(written, ['author:', '# 一\nauthor:'], ['tags:', '# 二\ntags:']),
      { access: 'subscriber' },
      edited(
        written,
        ['author:', '# 一\nauthor:'],
        ['tags:', '# 二\ntags:'],
        ['---\n<!--', 'access: subscriber\n---\n<!--'],
      ),
    ],
    ['the page says the same as the note', withNote, markdown('甲段。', '乙段。', '丙段。', '注：已核对。'), withNote],
    [
      'another headline, a paragraph changed',
      withTitle,
      markdown('甲段改。', '乙段。', '丙段。'),
      edited(withTitle, ['甲段。', '甲段改。']),
    ],
    [
      'another headline in the link alone',
      edited(written, ['[港口', '[我的港口']),
      markdown('甲段改。'),
      edited(written, ['[港口', '[我的港口'], ['甲段。\n\n乙段。\n\n丙段。', '甲段改。']),
    ],
    [
      'another key, another headline on the page',
      withKey,
      { title: '后年扩建' },
      edited(withKey, ['港口明年', '后年'], ['[港口明年', '[后年']),
    ],
    [
      'a note, another headline on the page',
      withNote,
      { title: '后年扩建' },
      edited(withNote, ['港口明年', '后年'], ['[港口明年', '[后年']),
    ],
    [
      'another time in the file',
      edited(written, ['07:37', '07:38']),
      markdown('甲段改。'),
      edited(written, ['07:37', '07:38'], ['甲段。\n\n乙段。\n\n丙段。', '甲段改。']),
    ],
    [
      "blank lines of someone's own",
      edited(written, ['乙段。\n', '乙段。\n\n']),
      markdown('甲段改。', '乙段。', '丙段。'),
      edited(written, ['乙段。\n', '乙段。\n\n'], ['甲段。', '甲段改。']),
    ],
  ])('%s', (_, file, page, expected) => {
    expect(merge(file, page)).toEqual({ text: expected, lost: false })
  })

  test.each<[string, Partial<Content>, [string, string][], Partial<Content>, [string, string][]]>([
    ['what the page opened', { access: 'subscriber' }, [], {}, [['access: subscriber\n', '']]],
    ['a key of the page that was taken out', { extra: [['keywords', ['甲']]] }, [['keywords: [ 甲 ]\n', '']], {}, []],
    [
      'the same, and the page has another',
      { extra: [['keywords', ['甲']]] },
      [['keywords: [ 甲 ]\n', '']],
      { extra: [['keywords', ['乙']]] },
      [['---\n<!--', 'keywords: [ 乙 ]\n---\n<!--']],
    ],
  ])('%s', (_name, before, edits, after, expected) => {
    const old = makeDocument({ ...first, ...before })
    const file = edited(renderDocument(old), ...edits)
    const page = { extra: before.extra ?? [], ...after }
    expect(merge(file, page, outlineOf(old))).toEqual({ text: edited(file, ...expected), lost: false })
  })

  test('in a body of HTML', () => {
    const old = { ...first, ...html('<p>甲段。</p><p>乙段。</p>') }
    const file = edited(renderDocument(makeDocument(old)), ['<p>乙段。</p>', '<p>乙段。</p><p>注。</p>'])
    const after = `${file}\n另注。\n`
    const page = html('<p>甲段改。</p><p>乙段。</p>')
    const base = outlineOf(makeDocument(old))
    expect(merge(file, page, base)).toEqual({ text: edited(file, ['甲段', '甲段改']), lost: false })
    expect(merge(after, page, base)).toEqual({ text: edited(after, ['甲段', '甲段改']), lost: false })
  })
})

describe('where both changed one place the page stands, and that is told', () => {
  test.each<[string, string, Partial<Content>]>([
    ['a paragraph', edited(written, ['乙段。', '乙段！']), markdown('甲段。', '乙段改。', '丙段。')],
    ['a paragraph that the page dropped', edited(written, ['乙段。', '乙段！']), markdown('甲段。', '丙段。')],
    ['the headline', withTitle, { title: '后年扩建' }],
    ['the time', edited(written, ['07:37', '07:38']), { published: '2021-11-10T08:00:00.000Z' }],
  ])('%s', (_, file, page) => {
    expect(merge(file, page)).toEqual({ text: renderDocument(makeDocument({ ...first, ...page })), lost: true })
  })
})

describe('without notes of what was written', () => {
  test.each<[string, string, Partial<Content>, string]>([
    ['an unchanged file', written, {}, written],
    ['a note', withNote, {}, withNote],
    [
      'a note, and a paragraph that the page added',
      withNote,
      markdown('甲段。', '新段。', '乙段。', '丙段。'),
      edited(withNote, ['乙段。', '新段。\n\n乙段。']),
    ],
    ["a headline of someone's own, as the file's name shows", withTitle, {}, withTitle],
    [
      "a headline that the page changed, as the file's name shows",
      withNote,
      { title: '后年扩建' },
      edited(withNote, ['港口明年', '后年'], ['[港口明年', '[后年']),
    ],
    [
      "a key of someone's own",
      withKey,
      { title: '后年扩建' },
      edited(withKey, ['港口明年', '后年'], ['[港口明年', '[后年']),
    ],
  ])('%s', (_, file, page, expected) => {
    expect(merge(file, page, null)).toEqual({ text: expected, lost: false })
  })

  test.each<[string, string, Partial<Content>]>([
    ['a paragraph differs', edited(written, ['乙段。', '乙段！']), {}],
    ['both headlines are new', withTitle, { title: '后年扩建' }],
    ['the time differs', edited(written, ['07:37', '07:38']), {}],
  ])('%s: the page stands, and that is told', (_, file, page) => {
    expect(merge(file, page, null)).toEqual({ text: renderDocument(makeDocument({ ...first, ...page })), lost: true })
  })
})

describe('size', () => {
  test.each<[string, (n: number) => [string[], string[]]]>([
    [
      'paragraphs of their own',
      (n) => [Array.from({ length: n }, (_, i) => `段${i}`), Array.from({ length: n }, (_, i) => `文${i}`)],
    ],
    [
      'one paragraph again and again',
      (n) => [Array.from({ length: n }, () => '段'), Array.from({ length: n }, () => '段')],
    ],
    [
      'two by turns',
      (n) => [Array.from({ length: n }, (_, i) => `段${i % 2}`), Array.from({ length: n }, (_, i) => `段${i % 3}`)],
    ],
  ])('%s: the work does not grow with its square', async (_, make) => {
    const grown = (part: number) => {
      const [file, page] = make(16_000 * part)
      const text = renderDocument(makeDocument({ ...first, ...markdown(...file) })) + LATER
      return { text, content: { ...first, ...markdown(...page) } }
    }
    await expectInProportion(grown, ({ text, content }) => {
      for (const base of [outline, null]) merge(text, content, base)
    })
  })
})

test.each([
  ['no newline', ''],
  ['blank lines', '\n\n\n'],
])('a file that ends with %s stays as it is where the page says nothing new, whatever is noted', (_, end) => {
  const file = `${withNote.trimEnd()}${end}`
  for (const base of [outline, null]) expect(merge(file, {}, base)).toEqual({ text: file, lost: false })
})

test.each([
  ['a paragraph', `${written}\n乙段。`],
  [
    'the end of its HTML',
    renderDocument(makeDocument({ ...first, ...html('<p>甲段。</p>') })) + '\n<div>\n注。\n</div>\n',
  ],
])('a file with %s twice, and other blank lines behind it, stays as it is', (_, file) => {
  const page = file.includes('<div>') ? html('<p>甲段。</p>') : {}
  const base = outlineOf(makeDocument({ ...first, ...page }))
  for (const known of [base, null]) expect(merge(file, page, known)).toEqual({ text: file, lost: false })
})
