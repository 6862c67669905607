import { describe, expect, test } from 'vitest'
import { digestOf } from '../../src/core/archive/journal.ts'
import { documentIn, lacksNewlineAlone, readStoredText } from '../../src/core/archive/stored.ts'
import { makeDocument, renderDocument } from '../../src/core/document/render.ts'
import { said } from '../../src/words/words.ts'
import { OF_PAPER } from '../support/content.ts'

const FILE = renderDocument(
  makeDocument({
    ...{ title: '渡口重开', url: 'https://www.zaobao.com/a/story20260312-9000001', day: '2026-03-12', ...OF_PAPER },
    ...{ published: '2026-03-12T02:00:00.000Z', body: { markdown: '渡口今早重开。\n\n票价不变。' } },
  }),
)
const HEAD = FILE.slice(0, FILE.indexOf('渡口今早'))
const FOREIGN = '---\ntitle: x\n---\n'

describe('a file of the archive is', () => {
  test.each<[string, string, string | null]>([
    ['as it was written', FILE, digestOf(FILE)],
    ['edited', FILE.replace('不变', '上调'), digestOf(FILE)],
    ['without its last newline alone', FILE.trimEnd(), digestOf(FILE)],
    ['noted without its last newline, as an import does', FILE.slice(0, -4), digestOf(FILE.slice(0, -4))],
    ['without an end, and nothing known of it', FILE.slice(0, -4), null],
    ['with line ends of Windows', FILE.replaceAll('\n', '\r\n'), digestOf(FILE)],
    ['with a byte order mark', `\ufeff${FILE}`, digestOf(FILE)],
    ['with two of them', `\ufeff\ufeff${FILE}`, digestOf(FILE)],
  ])('whole: %s', (_name, text, digest) => {
    const stored = readStoredText(text, digest)
    expect(stored.kind).toBe('whole')
    expect(stored.document?.headline.text).toBe('渡口重开')
  })

  test.each<[string, string | null, string, { hasText: boolean; source?: string }]>([
    ['bytes of another encoding', null, 'it is not UTF-8', { hasText: false }],
    ['nothing', '', 'it is empty', { hasText: false }],
    ['zeros', `${FILE}\0`, 'it holds NUL bytes', { hasText: false }],
    ['no text', HEAD, 'it has no text and no picture', { hasText: false, source: '------\n\n' }],
    [
      'half a rule',
      HEAD.trimEnd().slice(0, -3),
      'it has no text and no picture',
      { hasText: false, source: '------\n\n' },
    ],
    ['no end', FILE.slice(0, -4), 'its end is missing', { hasText: false, source: '------\n\n' }],
    ['half of its keys', FILE.slice(0, 60), 'line 1: front matter has no closing line "---"', { hasText: false }],
    [
      'a short text of another form',
      `${FOREIGN}${'x'.repeat(199)}`,
      'line 2: date: the key is missing',
      { hasText: false },
    ],
    ['a text of another form', `${FOREIGN}${'x'.repeat(200)}`, 'line 2: date: the key is missing', { hasText: true }],
    [
      'the same of Windows',
      `\ufeff${FOREIGN}${'x'.repeat(200)}`.replaceAll('\n', '\r\n'),
      'line 2: date: the key is missing',
      { hasText: true },
    ],
    [
      'both sides of a merge in its keys',
      FILE.replace('layout: post\n', '<<<<<<< HEAD\nlayout: post\n=======\nlayout: page\n>>>>>>> other\n'),
      'line 2: front matter: it holds the marks of a merge that was not finished',
      { hasText: true },
    ],
    ['a text without keys', 'x'.repeat(900), 'line 1: front matter must begin with a line "---"', { hasText: false }],
    [
      'a line before its keys',
      `x\n${FOREIGN}${'x'.repeat(900)}`,
      'line 1: front matter must begin with a line "---"',
      { hasText: false },
    ],
  ])('damaged: %s', (_name, text, why, { hasText, source }) => {
    const stored = readStoredText(text, digestOf(FILE))
    if (stored.kind !== 'damaged') throw new Error('it is whole')
    expect([said(stored.why), stored.hasText]).toEqual([why, hasText])
    expect(stored.document?.headline.source.slice(-8)).toBe(source)
    if (text !== null) expect(documentIn(text) !== null).toBe(stored.document !== null || text.endsWith('\0'))
  })
})

test('what lacks its last newline is told by what was written', () => {
  expect(lacksNewlineAlone(FILE.trimEnd(), digestOf(FILE))).toBe(true)
  expect(lacksNewlineAlone(FILE, digestOf(FILE))).toBe(false)
  expect(lacksNewlineAlone(FILE.trimEnd(), null)).toBe(false)
  // As git and editors write it on Windows.
  const ofWindows = `\ufeff${FILE.trimEnd().replaceAll('\n', '\r\n')}`
  expect(lacksNewlineAlone(ofWindows, digestOf(FILE))).toBe(true)
  expect(readStoredText(ofWindows, digestOf(FILE)).kind).toBe('whole')
  expect(readStoredText(ofWindows.slice(0, -3), digestOf(FILE)).kind).toBe('damaged')
})
