import { describe, expect, test } from 'vitest'
import { digestOf } from '../../src/core/archive/journal.ts'
import { type Beside, contentBeside, decideStoring } from '../../src/core/archive/storing.ts'
import { readStoredText, type Stored } from '../../src/core/archive/stored.ts'
import { blocksOf, hashOf, outlineOf, withoutExtra } from '../../src/core/document/block-hashes.ts'
import { type Content, makeDocument, renderDocument } from '../../src/core/document/render.ts'
import { OF_PAPER } from '../support/content.ts'

const said: Content = {
  title: '渡口重开',
  url: 'https://www.zaobao.com/realtime/china/story20260312-9000001',
  published: '2026-03-12T02:00:00.000Z',
  day: '2026-03-12',
  ...OF_PAPER,
  body: { markdown: '渡口今早重开，船家说水位已退。\n\n票价不变。' },
}
const later: Content = { ...said, body: { markdown: '渡口今早重开，船家说水位已退。\n\n票价上调一元。' } }
const teaser: Content = { ...said, access: 'subscriber', body: { markdown: '渡口今早重开。' } }
const generic: Content = { ...said, extraction: 'generic' }

const textOf = (content: Content): string => renderDocument(makeDocument(content))
const notesOf = (content: Content): NonNullable<Beside['known']> => ({
  digest: digestOf(textOf(content)),
  outline: outlineOf(makeDocument(content)),
  origin: 'page',
  updated: null,
  extraction: 'drupal8',
})
const whole = (text: string): Stored => readStoredText(text, null)
const cut = (text: string, content = said): Stored => readStoredText(text, notesOf(content).digest)

const file = textOf(said)
const older: Stored = { kind: 'whole', document: makeDocument(said), isOlder: true }
const formerCopy: Partial<Beside> = {
  stored: whole(textOf(later)),
  known: { ...notesOf(later), updated: '2026-03-12T05:00:00.000Z' },
  former: [notesOf(said)],
}
const at = (clock: string) => ({ updated: `2026-03-12T${clock}:00.000Z`, extraction: 'drupal8' })
const half = file.slice(0, file.indexOf('水位'))
const empty = file.slice(0, file.indexOf('渡口今早'))
const edited = file.replace('票价不变。', '票价不变。\n\n（我记：去年也如此。）')

describe('how a story is stored', () => {
  test.each<[string, Partial<Beside>, action: string, reason: string]>([
    ['no file', { stored: null }, 'create', 'new'],
    ['the page says what it said', {}, 'note', 'said before'],
    ['the same, and someone wrote into the file', { stored: whole(edited) }, 'note', 'said before'],
    ['the same, and no outline was noted', { known: { ...notesOf(said), outline: null } }, 'note', 'said before'],
    ['the page changed', { content: later }, 'merge', 'edited'],
    [
      'the page says what it said last, and the file is older',
      { stored: older, content: later, known: notesOf(later) },
      'revise',
      'changed',
    ],
    [
      'the page changed, and the file is older than the text before',
      { stored: older, content: later },
      'revise',
      'changed',
    ],
    [
      'the file is older, and the page closed',
      { stored: older, content: teaser, known: notesOf(later) },
      'leave',
      'closed',
    ],
    [
      'the page changed, and nobody wrote into the file of an earlier version',
      { content: later, known: { ...notesOf(said), outline: null } },
      'revise',
      'changed',
    ],
    [
      'the page changed, and someone wrote into the file of an earlier version',
      { stored: whole(edited), content: later, known: { ...notesOf(said), outline: null } },
      'merge',
      'edited',
    ],
    [
      'the same paragraphs, and another digest was noted',
      { known: { ...notesOf(said), digest: '' } },
      'note',
      'said before',
    ],
    [
      'a layout reads the same text as the reading without one',
      { stored: whole(textOf(generic)), known: notesOf(generic) },
      'merge',
      'edited',
    ],
    [
      'another teaser',
      {
        stored: whole(textOf(teaser)),
        content: { ...teaser, body: { markdown: '渡口昨日重开。' } },
        known: notesOf(teaser),
      },
      'merge',
      'edited',
    ],
    ['the page changed, and nothing is known of the file', { content: later, known: null }, 'merge', 'edited'],
    ['a reading without a layout takes the place of one with', { content: generic }, 'merge', 'edited'],
    ['the same text as HTML', { content: later, isSameText: true }, 'keep', 'same text'],
    ['the page was closed', { content: teaser }, 'keep', 'closed'],
    [
      'the page was closed, the file is the feed’s text',
      { content: teaser, known: { ...notesOf(said), origin: 'feed' } },
      'merge',
      'edited',
    ],
    [
      'a teaser as before',
      { stored: whole(textOf(teaser)), content: teaser, known: notesOf(teaser) },
      'note',
      'said before',
    ],
    ['a teaser that is open now', { stored: whole(textOf(teaser)), known: notesOf(teaser) }, 'merge', 'edited'],
    ['a file that was cut', { stored: cut(half) }, 'rewrite', 'damaged'],
    [
      'a file that was cut before its text, and another headline',
      { stored: cut(empty), content: { ...said, title: '渡口又关' } },
      'rewrite',
      'damaged',
    ],
    ['a former text, of before the last', { ...formerCopy, stated: at('03:00') }, 'leave', 'former copy'],
    ['a former text, whose layout states no time any more', formerCopy, 'leave', 'former copy'],
    [
      'a former text, and so is the file',
      { ...formerCopy, stored: older, stated: at('03:00') },
      'refuse',
      'former copy',
    ],
    ['a former text that comes again as a later one', { ...formerCopy, stated: at('06:00') }, 'merge', 'edited'],
    [
      'a former text, read by another layout that states no time',
      { ...formerCopy, stated: { updated: null, extraction: 'astro' } },
      'merge',
      'edited',
    ],
    [
      'a text of before the last that was never had',
      { ...formerCopy, former: [], stated: at('03:00') },
      'merge',
      'edited',
    ],
    ['the same, the page closed', { stored: cut(empty), content: teaser }, 'rewrite', 'damaged'],
    ['an empty file', { stored: cut('') }, 'rewrite', 'damaged'],
    ['a file of zeros', { stored: cut('\0\0\0') }, 'rewrite', 'damaged'],
    ['a file that is no text', { stored: readStoredText(null, null) }, 'rewrite', 'damaged'],
    ['a file that was cut, the page closed', { stored: cut(half), content: teaser }, 'refuse', 'closed'],
    ['a file of zeros, the page closed', { stored: cut('\0\0\0'), content: teaser }, 'rewrite', 'damaged'],
    ['a file that lost its last newline alone', { stored: cut(file.trimEnd()) }, 'note', 'said before'],
    ['a file that someone ended without a newline', { stored: cut(`${file}我的话`) }, 'note', 'said before'],
  ])('%s', (_name, more, action, reason) => {
    const decided = decideStoring({
      stored: whole(file),
      content: said,
      known: notesOf(said),
      former: [],
      stated: { updated: null, extraction: 'drupal8' },
      isSameText: false,
      ...more,
    })
    expect(decided).toMatchObject({ action, reason })
  })
})

const signed = (sign: string): string => `https://img.example/a.jpg?Expires=1&Signature=${sign}&Key-Pair-Id=K`

test.each<[string, (sign: string) => Content]>([
  ['Markdown', (sign) => ({ ...said, body: { markdown: `![图](${signed(sign)})` } })],
  ['HTML', (sign) => ({ ...said, body: { html: `<p><img src="${signed(sign)}"></p>` } })],
])('pictures that differ in their signature alone stand as in the file: %s', (_name, picture) => {
  expect(contentBeside(makeDocument(picture('aaaa')), picture('bbbb'))).toEqual(picture('aaaa'))
  expect(contentBeside(null, picture('bbbb'))).toEqual(picture('bbbb'))
})

describe('notes of earlier versions, in which added keys stand with the head', () => {
  const keyed: Content = { ...said, extra: [['keywords', ['渡口']]] }
  const { frontMatter, stamp, headline, body } = makeDocument(keyed)
  const head = [...frontMatter.map(({ source }) => source), stamp.source, headline.text]
  const earlier = {
    ...notesOf(keyed),
    outline: [head, blocksOf(body)].map((part) => part.map(hashOf).join('')).join('.'),
  }
  test.each<[string, Partial<Beside>, string]>([
    ['the same text is no edit', { known: earlier }, 'said before'],
    ['a former text is told as one', { ...formerCopy, former: [earlier], stated: at('04:00') }, 'former copy'],
  ])('%s', (_, beside, reason) => {
    const stored = whole(textOf(keyed))
    const decided = decideStoring({
      ...{
        stored,
        content: said,
        known: null,
        former: [],
        stated: { updated: null, extraction: 'drupal8' },
        isSameText: false,
      },
      ...beside,
    })
    expect(decided.reason).toBe(reason)
  })

  test('a mark is no added key', () => {
    const marked = outlineOf(makeDocument({ ...keyed, access: 'subscriber' }))
    expect(withoutExtra(marked)).toBe(outlineOf(makeDocument({ ...said, access: 'subscriber' })))
  })
})
