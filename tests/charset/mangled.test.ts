import { describe, expect, test } from 'vitest'
import { decode } from '../../src/core/text/charset.ts'
import { asWestern, utf8 } from './bytes.ts'
import { gbk } from './double-byte.ts'

describe('text that a server mangled', () => {
  const gb = (text: string): string => asWestern(gbk(text))
  test.each<[string, string, string]>([
    ['four characters are evidence', gb('安静渡口'), '安静渡口'],
    ['of the first row and column', gb('“渡口”　场'), '“渡口”　场'],
    ['of the last rows', gb('魅力──渡口'), '魅力──渡口'],
    ['among tags', gb('<b>渡口</b><i>重开</i>'), '<b>渡口</b><i>重开</i>'],
    ['with a euro sign of one byte', `${gb('渡口票价')}€5`, '渡口票价€5'],
    [
      'cut in the middle of a character',
      `<p>${gb('渡口重开，居民盼延长班次。'.repeat(2)).slice(0, -1)}</p>`,
      `<p>${'渡口重开，居民盼延长班次。'.repeat(2).slice(0, -1)}\ufffd</p>`,
    ],
    ['three characters of UTF-8', asWestern(utf8('一对一')), '一对一'],
    [
      'UTF-8 cut in the middle of a character',
      `${asWestern(utf8('渡口重开，居民盼延长班次。'.repeat(2))).slice(0, -1)}</p>`,
      `${'渡口重开，居民盼延长班次。'.repeat(2).slice(0, -1)}\ufffd</p>`,
    ],
  ])('is put back: %s', (_name, mangled, text) => {
    expect(decode(utf8(mangled), null)).toBe(text)
  })

  test.each<[string, string]>([
    ['too little to tell', `${gb('渡口')} and many letters of ASCII`],
    ['a part of a text', `渡口 ${gb('渡口重开，居民盼延长班次。')}`],
    ['pairs one at a time', 'Informação, educação, estação, relação'],
    ['letters of the last rows', 'Brüüüüüüüü'],
    ['marks that begin no row', '«««««««« ®®®®®®®®'],
    ['marks below the rows', '•°•°•°•°'],
    ['Western text that was mangled', asWestern(utf8('Les élèves déjeunent à côté'))],
  ])('is left alone: %s', (_name, text) => {
    expect(decode(utf8(text), null)).toBe(text)
  })
})
