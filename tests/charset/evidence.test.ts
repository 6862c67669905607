import { describe, expect, test } from 'vitest'
import { decode } from '../../src/core/text/charset.ts'
import { latin1, utf8, western, wide } from './bytes.ts'
import { doubleByte, gbk } from './double-byte.ts'

const says = (label: string): string => `text/html; charset=${label}`
const big5 = (text: string): Uint8Array => doubleByte(text, 'big5')

describe('bytes without a label', () => {
  test.each<[string, Uint8Array, string]>([
    ['UTF-8 that lost its letters before', utf8('\ufffd\ufffd \ufffd'), '\ufffd\ufffd \ufffd'],
    ['UTF-8 of which a fifth is broken', Uint8Array.of(...utf8('渡口重开'), 0xff), '渡口重开\ufffd'],
    ['GBK of the first rows', gbk('安'), '安'],
    ['GBK of the last everyday row', gbk('自'), '自'],
    ['GBK of the first column', gbk('场'), '场'],
    ['GBK whose second bytes are beyond its everyday rows', gbk('编辑'), '编辑'],
    ['GBK in quotation marks', gbk('“渡”'), '“渡”'],
    ['GBK of more marks than words', gbk('渡！，'), '渡！，'],
    ['GBK with a euro sign of one byte', Uint8Array.of(0x80, ...gbk('票价')), '€票价'],
    ['Western letters side by side', western('créée'), 'créée'],
    ['a Western letter behind a quotation mark', western('“Émile'), '“Émile'],
    ['a Western mark before a letter', western('20°C'), '20°C'],
    ['Western small letters with a zero byte', latin1('unbrefexposéàlamairieetunautre\0ici'), ''],
  ])('%s', (_rule, bytes, text) => {
    expect(decode(bytes, null)).toBe(text === '' ? String.fromCharCode(...bytes) : text)
  })
})

describe('bytes and what their labels say', () => {
  const learn = '学习'
  const accident = new TextDecoder().decode(gbk(learn))
  test.each<[string, Uint8Array, string, string]>([
    ['GBK that is UTF-8 by accident', gbk(learn), says('gbk'), learn],
    ['the same without a word on it', gbk(learn), 'text/html', accident],
    ['the same, longer', gbk(learn.repeat(4)), says('gb2312'), learn.repeat(4)],
    [
      'a mark in UTF-8, where the page says so',
      utf8('<meta charset=utf-8>© 2026'),
      says('gbk'),
      '<meta charset=utf-8>© 2026',
    ],
    ['a mark before what could be GBK', utf8('\ufefféa'), says('gbk'), 'éa'],
    ['a mark before broken UTF-8', Uint8Array.of(...utf8('\ufeffn'), 0xef, 0x76), 'text/html', 'n\ufffdv'],
    ['Korean that is UTF-8 by accident', doubleByte('튬', 'euc-kr'), says('euc-kr'), '튬'],
    ['UTF-8 too long for an accident', utf8('Паром ходит'), says('gbk'), 'Паром ходит'],
    ['UTF-8 that Big5 does not explain', utf8('À la rame'), says('big5'), 'À la rame'],
    ['UTF-8 that no label of East Asia contradicts', utf8('café'), says('iso-8859-1'), 'café'],
    ['escapes in UTF-8', utf8('\u001bé'), says('iso-8859-1'), '\u001bé'],
    [
      'escapes that the page explains',
      latin1('<meta charset=iso-2022-jp>\x1b$BF|K\\\x1b(B'),
      says('utf-8'),
      '<meta charset=iso-2022-jp>日本',
    ],
    ['escapes around half a character', latin1('\x1b$BF|K\x1b(B'), says('iso-2022-jp'), '日\ufffd'],
    ['ASCII', latin1('ferry'), says('gbk'), 'ferry'],
    ['no escapes', utf8('é'), says('iso-2022-jp'), 'é'],
    ['UTF-16 in the header, GBK in the bytes', gbk('渡口重开'), says('utf-16'), '渡口重开'],
    [
      'a header that the bytes disprove, a page that is right',
      gbk('<meta charset=gbk>朱镕'),
      says('euc-jp'),
      '<meta charset=gbk>朱镕',
    ],
    [
      'a broken byte in the encoding of the label',
      Uint8Array.of(...big5('渡口重開'), 0xff),
      says('big5'),
      '渡口重開\ufffd',
    ],
  ])('%s', (_rule, bytes, header, text) => {
    expect(decode(bytes, header)).toBe(text)
  })
})

describe('where a label stands', () => {
  const text = '聯合港務：輪渡'
  const metas = [
    '<meta charset="big5">',
    "<meta charset = 'big5'>",
    '<meta charset=" big5">',
    '<META name=x\n data-charset\n=\nBig5>',
    '<meta http-equiv="Content-Type" content="text/html; charset=big5">',
    '<?xml version="1.0" encoding = "big5"?>',
    "<?xml version='1.0' encoding=' big5 '?>",
    `<?xml version="1.0"?>${' '.repeat(4000)}<meta charset=big5>`,
  ]
  test.each(metas)('%s', (meta) => {
    expect(decode(big5(meta + text), 'text/html')).toBe(meta + text)
  })

  test.each(['charset = "big5"', 'charset="  Big5"', "Charset='big5", 'charset=x-big5', 'charset=x-x-big5'])(
    'text/html; %s',
    (parameter) => {
      expect(decode(big5(text), `text/html; ${parameter}`)).toBe(text)
    },
  )

  test.each([
    ['iso8859-16', '\xaa', 'Ș'],
    ['x-mac-cyrillic', '\x80', 'А'],
    ['x-user-defined', '\xd6\xd0', 'ÖÐ'],
  ])('%s', (label, bytes, expected) => {
    expect(decode(latin1(bytes), says(label))).toBe(expected)
  })
})

describe('UTF-16 and UTF-32', () => {
  const ends = [true, false]
  const texts = [
    ['a mark before Chinese alone', '\ufeff渡口重开'],
    ['a mark before the first character of Chinese', '\ufeff一渡口'],
    ['a mark before markup', '\ufeff<p>渡口</p>'],
    ['a mark alone', '\ufeff'],
    ['ASCII', '<p>ferry</p>'],
    ['Chinese and a line', '渡口重开，居民盼延长班次。\n'],
  ]
  test.each(texts.flatMap(([name, text]) => ends.map((end) => [name, end, text] as const)))(
    'UTF-16, %s, little end first: %j',
    (_name, end, text) => {
      expect(decode(wide(text!, 2, end), null)).toBe(text!.replace('\ufeff', ''))
    },
  )

  test.each(
    ends.flatMap((end) =>
      ['\ufeff', '\ufeff渡', '<p>渡', '{"渡', '["渡', ' 渡', '\n渡', '\r渡', '\t渡', 'A渡'].map(
        (text) => [end, text] as const,
      ),
    ),
  )('UTF-32, little end first: %j, %j', (end, text) => {
    expect(decode(wide(text, 4, end), null)).toBe(text.replace('\ufeff', ''))
  })

  test('points that are no character are lost alone', () => {
    const bytes = Uint8Array.from(
      [0xfeff, 0xd7ff, 0xd800, 0xdfff, 0xe000, 0x10ffff, 0x110000, 0xffffffff].flatMap((point) => [
        ...[point >>> 24, (point >>> 16) & 0xff, (point >>> 8) & 0xff, point & 0xff],
      ]),
    )
    expect(decode(bytes, null)).toBe('\ud7ff\ufffd\ufffd\ue000\u{10ffff}\ufffd\ufffd')
  })

  const script = '<script>function open(ferry){return timetable}</script>'.repeat(4)
  test.each<[string, Uint8Array, string]>([
    ['UTF-8 in small letters', utf8(`lowercaseferries\0and渡口`), 'lowercaseferries\0and渡口'],
    ['UTF-8 of words in both', utf8('ferryboatss退退\0'), 'ferryboatss退退\0'],
    ['GBK in a page of scripts', gbk(`${script}渡口\0`), `${script}渡口\0`],
    ['a zero that begins GBK', gbk('\0渡口'), '\0渡口'],
    ['zeros that begin UTF-8', utf8('\0\0\0\0渡口'), '\0\0\0\0渡口'],
  ])('neither, for all its zero bytes: %s', (_name, bytes, text) => {
    expect(decode(bytes, says('gbk'))).toBe(text)
  })
})

test.each([
  ['\x81\x41\x81\x5a\x81\x61\x81\x7a\x81\x81\x81\xfe', '갂갴갵걕걖괓'],
  ['\xa0\xfe\xa1\x41\xa1\x5a\xa1\x61\xa1\x7a\xa1\x81\xa1\xa0', '좤좥죁죂죥죦줎'],
  ['\xa2\x41\xc6\x41\xc6\x52', '줐힍힣'],
  ['\xa1\xa1\xa2\xa1\xa2\xe6\xa2\xe7\xb0\xa1\xb0\xe6\xb0\xe7\xc8\xfe', '\u3000⇒€®가경곁힝'],
  ['\xb0\xa1\x81\xff\xb0\xa1', '가\ufffd\ufffd가'],
  ['\xb0\xa1\xc6\x53\xb0\xa1', '가\ufffdS가'],
  ['\xb0\xa1\x81\x40\x81\x5b\x81\x60\x81\x7b\x82\x40', '가\ufffd@\ufffd[\ufffd`\ufffd{\ufffd@'],
  ['\xb0\xa1\x81', '가\ufffd'],
])('Korean %j', (bytes, text) => {
  expect(decode(latin1(bytes), says('euc-kr'))).toBe(text)
})

test('what stands for no character is seen to be lost', () => {
  expect(decode(latin1('\xc6\xfc\x80'), says('euc-jp'))).toBe('日\ufffd')
  expect(decode(latin1('\xad\xbb\x80'), says('big5'))).toBe('香\ufffd')
})
