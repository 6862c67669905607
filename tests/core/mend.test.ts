import { describe, expect, test } from 'vitest'
import { mendLines, mendTimes, provenIdentity } from '../../src/core/archive/mend.ts'
import { type Document, dateOf } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { makeDocument, renderDocument, withTime } from '../../src/core/document/render.ts'
import { CHINESE_ZONE } from '../../src/core/time.ts'
import { addresses } from '../../src/sites/publishers.ts'
import { OF_PAPER } from '../support/content.ts'

const URL_OF = 'https://www.zaobao.com/realtime/china/story20260312-9000001'

function made(url = URL_OF, link = url): Document {
  const document = makeDocument({
    ...{ title: '渡口重开', url, published: '2026-03-12T02:00:00.000Z', day: '2026-03-12', ...OF_PAPER },
    body: { markdown: '渡口今早重开。' },
  })
  return parseDocument(renderDocument(document).replace(`](${url})`, `](${link})`))
}

test.each([
  ['line ends of Windows', 'a\r\nb\r\n', 'a\nb\n'],
  ['a byte order mark', '\ufeffa\n', 'a\n'],
  ['a mark within', 'a\ufeff\n', 'a\ufeff\n'],
  ['no last line end', 'a', 'a\n'],
  ['too many', 'a\n\n\n', 'a\n'],
  ['a return alone', 'a\rb\n', 'a\rb\n'],
  ['empty lines within', 'a\n\n\nb\n', 'a\n\n\nb\n'],
  ['nothing to mend', 'a\nb\n', 'a\nb\n'],
])('mends lines: %s', (_name, text, expected) => {
  expect(mendLines(text)).toBe(expected)
})

describe('whose story a file is', () => {
  const OTHER = 'https://www.zaobao.com/realtime/china/story20260313-9000002'
  const named = (day: string, id: string, folder = day) => `${folder}/${day}-${id}-渡口.md`

  test.each<[string, string, Document, string | null]>([
    ['name, folder and address agree', named('2026-03-12', '9000001'), made(), '9000001'],
    ['the folder is another day', named('2026-03-12', '9000001', '2026-03-01'), made(), '9000001'],
    ['the name begins with another day', named('2026-03-01', '9000001', '2026-03-12'), made(), '9000001'],
    ['the same, and another link', named('2026-03-01', '9000001', '2026-03-12'), made(URL_OF, OTHER), '9000001'],
    [
      'the folder is another day, and another link',
      named('2026-03-12', '9000001', '2026-03-01'),
      made(URL_OF, OTHER),
      '9000001',
    ],
    ['all agree but the link', named('2026-03-12', '9000001'), made(URL_OF, OTHER), '9000001'],
    [
      'the name tells none, the link another day',
      '2026-03-12/渡口.md',
      made(URL_OF, OTHER.replace('9000002', '9000001')),
      null,
    ],
    [
      'the name tells none, the link another number',
      '2026-03-12/渡口.md',
      made(URL_OF, URL_OF.replace('9000001', '9000002')),
      null,
    ],
    ['another day in both, and the link says so', named('2026-03-01', '9000001'), made(), '9000001'],
    ['another day in both, and another link', named('2026-03-01', '9000001'), made(URL_OF, OTHER), null],
    ['the name tells none, the link bears it out', '2026-03-12/渡口.md', made(), '9000001'],
    ['the name tells none, the link is another', '2026-03-12/渡口.md', made(URL_OF, OTHER), null],
    ['the name tells another', named('2026-03-12', '9000003'), made(), '9000001'],
    ['all of name and folder is another', named('2026-03-01', '9000003'), made(), null],
    ['no name, no day', 'x', made(), null],
  ])('%s', (_name, path, document, id) => {
    expect(provenIdentity(path, document, addresses)?.id ?? null).toBe(id)
  })

  test('an address without a number is borne out by the id in the name', () => {
    const url = 'https://a.example/news/ferry'
    const id = addresses.identify(url).id
    expect(provenIdentity(named('2026-03-12', id), made(url), addresses)).toEqual({ id, day: null })
    expect(provenIdentity('2026-03-12/渡口.md', made(url), addresses)).toBeNull()
    expect(provenIdentity(named('2026-03-12', id), made(url, OTHER), addresses)).toEqual({ id, day: null })
  })
})

describe('two times in one file', () => {
  const [DATE, RIGHT, WRONG] = ['2026-03-12T02:00:00Z', '2026-03-12T03:00:00Z', '2026-03-13T02:00:00Z'].map(
    Date.parse,
  ) as [number, number, number]
  const times = (date: number, stamp: number): Document => {
    const document = withTime(made(), date)
    return { ...document, stamp: { ms: stamp, source: `<!--${stamp}-->\n` } }
  }

  test.each<[string, number, number, string | null, number | null]>([
    ['agree', DATE, DATE, '2026-03-12', null],
    ['are both of the day', DATE, RIGHT, '2026-03-12', null],
    ['are both of another', DATE, RIGHT, '2026-03-20', null],
    ['the comment is convicted', DATE, WRONG, '2026-03-12', DATE],
    ['the date is', WRONG, RIGHT, '2026-03-12', RIGHT],
    ['the address names no day', WRONG, RIGHT, null, null],
    ['the comment names none', DATE, Number.NaN, null, DATE],
    ['the comment is no time of any calendar', DATE, 8.64e15 + 1, '2026-03-12', null],
  ])('%s', (_name, date, stamp, day, expected) => {
    const mended = mendTimes(times(date, stamp), day, CHINESE_ZONE)
    expect(mended && [dateOf(mended), mended.stamp.ms]).toEqual(expected && [expected, expected])
  })

  test('are one, in the form of the format', () => {
    expect(renderDocument(withTime(made(), RIGHT))).toBe(
      renderDocument(made()).replace('02:00:00.000Z', '03:00:00.000Z').replace(`<!--${DATE}-->`, `<!--${RIGHT}-->`),
    )
  })
})
