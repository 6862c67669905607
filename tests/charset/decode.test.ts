import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../src/core/html/html.ts'
import { decode } from '../../src/core/text/charset.ts'
import { asWestern, latin1, utf8, western, wide } from './bytes.ts'
import { doubleByte, gbk } from './double-byte.ts'

const NEWS = '联合早报：港口城市试行夜间轮渡，居民盼延长班次。'
const TRADITIONAL = '聯合早報：港口城市試行夜間輪渡，居民盼延長班次。'
const xml = (label: string, text = NEWS) => `<?xml version="1.0" encoding="${label}"?><rss><title>${text}</title></rss>`
const page = (meta: string) => `<html><head>${meta}</head><body>${NEWS}</body></html>`

describe('what tells the encoding', () => {
  const told: [string, Uint8Array, string | null, string][] = [
    ['nothing, and it is UTF-8', utf8(NEWS), null, NEWS],
    ['nothing, and it is GBK', gbk(NEWS), null, NEWS],
    ['the UTF-8 mark', utf8(`\uFEFF${NEWS}`), null, NEWS],
    ['the UTF-8 mark against the header', utf8(`\uFEFF${NEWS}`), 'text/html; charset=gbk', NEWS],
    ['the UTF-16 mark, little end first', wide(`\uFEFF${NEWS}😀`, 2, true), null, `${NEWS}😀`],
    ['the UTF-16 mark, big end first', wide(`\uFEFF${NEWS}`, 2, false), null, NEWS],
    ['the UTF-32 mark, little end first', wide(`\uFEFF${NEWS}😀`, 4, true), null, `${NEWS}😀`],
    ['the UTF-32 mark, big end first', wide(`\uFEFF${NEWS}`, 4, false), null, NEWS],
    ['UTF-16 without a mark, little end first', wide(xml('utf-16'), 2, true), null, xml('utf-16')],
    ['UTF-16 without a mark, big end first', wide(xml('utf-16'), 2, false), null, xml('utf-16')],
    ['UTF-16 of words alone', wide(NEWS.repeat(3) + 'A', 2, true), 'text/plain; charset=utf-16', `${NEWS.repeat(3)}A`],
    ['UTF-16 of words alone, big end first', wide(`　　一${NEWS}\n`, 2, false), null, `　　一${NEWS}\n`],
    ['UTF-16 of a page that a tab begins', wide(`\t${page('')}`, 2, true), 'text/html', `\t${page('')}`],
    ['UTF-16 of a list', wide(`["${NEWS}"]`, 2, false), 'application/json', `["${NEWS}"]`],
    ['UTF-8 with a zero byte', utf8(`${NEWS}\u0000 ASCII alone`), null, `${NEWS}\u0000 ASCII alone`],
    ['GBK with a zero byte', gbk(`${NEWS}\u0000`), 'text/html; charset=gbk', `${NEWS}\u0000`],
    ['UTF-32 without a mark, little end first', wide(xml('utf-32'), 4, true), null, xml('utf-32')],
    ['UTF-32 without a mark, big end first', wide(xml('utf-32'), 4, false), null, xml('utf-32')],
    ['the header', doubleByte(TRADITIONAL, 'big5'), 'text/html; charset=big5', TRADITIONAL],
    ['the header in quotes', doubleByte(TRADITIONAL, 'big5'), 'text/html;charset="Big5"', TRADITIONAL],
    [
      'the header before the declaration',
      doubleByte(xml('gbk', TRADITIONAL), 'big5'),
      'text/xml; charset=big5',
      xml('gbk', TRADITIONAL),
    ],
    ['the XML declaration', doubleByte(xml('big5', TRADITIONAL), 'big5'), 'text/xml', xml('big5', TRADITIONAL)],
    [
      'the XML declaration in other quotes',
      gbk("<?xml version='1.0' encoding='gb2312' ?>闻"),
      null,
      "<?xml version='1.0' encoding='gb2312' ?>闻",
    ],
    ['meta charset', gbk(page('<meta charset=gb2312>')), null, page('<meta charset=gb2312>')],
    [
      'meta http-equiv',
      gbk(page('<META http-equiv="Content-Type" content="text/html; charset=gb_2312-80">')),
      null,
      page('<META http-equiv="Content-Type" content="text/html; charset=gb_2312-80">'),
    ],
    ['a label with x-', gbk(xml('x-gbk')), null, xml('x-gbk')],
    ['Big5 by the name of Hong Kong', doubleByte(TRADITIONAL, 'big5'), 'text/html; charset=big5-hkscs', TRADITIONAL],
    ...['big5-tw', 'big5-eten', 'big5hkscs', 'cp950', 'ms950', 'windows-950'].map(
      (label): [string, Uint8Array, string, string] => [
        `Big5 as ${label}`,
        doubleByte(TRADITIONAL, 'big5'),
        `text/html; charset=${label}`,
        TRADITIONAL,
      ],
    ),
    ...['cp949', 'uhc', 'ms949'].map((label): [string, Uint8Array, string, string] => [
      `Korean as ${label}`,
      doubleByte('뉴스 중국', 'euc-kr'),
      `text/html; charset=${label}`,
      '뉴스 중국',
    ]),
    ['Japanese as cp932', latin1('\x93\xfa\x96\x7b'), 'text/html; charset=cp932', '日本'],
    ...['big5', 'big5-hkscs'].map((label): [string, Uint8Array, string, string] => [
      `what Hong Kong speaks as ${label}`,
      latin1('\xad\xbb\x9d\xef\x9d\xf7\x9d\xf6\x92\x5d\x9d\xf8\xfb\x48\x87\x40\xad\x5e'),
      `text/html; charset=${label}`,
      '香嘅咗喺哋啲嘅䏰英',
    ]),
    ['what Hong Kong has no character for', latin1('\xad\xbb\x81\x40'), 'text/html; charset=big5', '香\ufffd'],
    [
      'Korean syllables of Windows',
      latin1('\xc7\xd1\x81\x41\x81\xfe\x82\x41\xa0\x7a\xa1\x41\xa1\xa0\xc6\x52\xa2\xe6a\x8c\x63\xb9\xe6'),
      'text/html; charset=ks_c_5601-1987',
      '한갂괓괔쟺좥줎힣€a똠방',
    ],
    ['Romanian', latin1('\xaa\xba\xde\xfe\xe3\x80'), 'text/html; charset=ISO-8859-16', 'ȘșȚță\u0080'],
    ['Thai, but for what it has not', latin1('\xa1\xdb'), 'text/html; charset=windows-874', 'ก\ufffd'],
    ['Greek, but for what it has not', latin1('\xe1\xaa'), 'text/html; charset=windows-1253', 'α\ufffd'],
    ['a page of a user’s own', western('it’s'), 'text/html; charset=x-user-defined', 'it’s'],
    ['Korean', doubleByte('뉴스 중국', 'euc-kr'), 'text/html; charset=euc-kr', '뉴스 중국'],
    ['Japanese', latin1('\x93\xfa\x96\x7b'), 'text/html; charset=shift_jis', '日本'],
    ['Japanese by escapes', latin1('\x1b$BF|K\\\x1b(B'), 'text/html; charset=iso-2022-jp', '日本'],
    ['Russian', latin1('\xee\xcf\xd7\xcf\xd3\xd4\xc9'), 'text/html; charset=koi8-r', 'Новости'],
    ['Windows-1252', western('“Café” – it’s €5…'), 'text/html; charset=windows-1252', '“Café” – it’s €5…'],
    ['Windows-1252 as Latin-1', western('“Café” – it’s €5…'), 'text/xml; charset=iso-8859-1', '“Café” – it’s €5…'],
    ['Windows-1252 as ASCII', western('it’s'), 'text/xml; charset=us-ascii', 'it’s'],
    ['nothing, and it is Windows-1252', western('“Café” – it’s €5…'), null, '“Café” – it’s €5…'],
    [
      'nothing, and it is Latin-1',
      latin1('Un élève français a été reçu à Orléans, ça va.'),
      null,
      'Un élève français a été reçu à Orléans, ça va.',
    ],
    [
      'nothing, and it is Portuguese',
      latin1('informação, ações e corações às três'),
      null,
      'informação, ações e corações às três',
    ],
    ['nothing, and it is GBK of one word', gbk('<title>中国</title>'), null, '<title>中国</title>'],
    ['Ukrainian', latin1('\xae\xbe'), 'text/html; charset=koi8-u', 'ўЎ'],
    ['the euro sign of GBK', latin1('\xa2\xe3\xa6\xd9'), 'text/html; charset=gbk', '€︐'],
    ['Latin', latin1('caf\xe9'), 'text/html; charset=iso-8859-1', 'café'],
    ['a short GBK text that is UTF-8 by accident', gbk('联通'), 'text/html; charset=gbk', '联通'],
    ['characters that only gb18030 has', latin1('\x81\x30\x84\x36'), 'text/html; charset=gb18030', '¥'],
  ]
  it.each(told)('%s', (_rule, bytes, header, text) => {
    expect(decode(bytes, header)).toBe(text)
  })
})

describe('labels that the bytes disprove', () => {
  const wrong: [string, Uint8Array, string | null, string][] = [
    ['GBK in the header, UTF-8 in the bytes', utf8(NEWS), 'text/html; charset=gbk', NEWS],
    ['GBK declared, UTF-8 in the bytes', utf8(xml('gb2312')), null, xml('gb2312')],
    ['UTF-8 in the header, GBK in the bytes', gbk(NEWS), 'text/html; charset=utf-8', NEWS],
    ['UTF-8 declared, GBK in the bytes', gbk(xml('utf-8')), null, xml('utf-8')],
    ['UTF-16 declared in one-byte text', utf8(xml('utf-16')), null, xml('utf-16')],
    [
      'UTF-8 in the header, GBK declared and in the bytes',
      gbk(xml('gb2312')),
      'text/xml; charset=utf-8',
      xml('gb2312'),
    ],
    ['Latin-1 in the header, UTF-8 in the bytes', utf8(NEWS), 'text/html; charset=iso-8859-1', NEWS],
    ['no such label', gbk(NEWS), 'text/html; charset=unknown-8bit', NEWS],
    ['no label at all', utf8(NEWS), 'text/html; charset=', NEWS],
  ]
  it.each(wrong)('%s', (_rule, bytes, header, text) => {
    expect(decode(bytes, header)).toBe(text)
  })

  it('one broken byte leaves the rest of a UTF-8 text alone', () => {
    const bytes = utf8(NEWS)
    expect(decode(bytes.subarray(0, bytes.length - 1), null)).toBe(`${NEWS.slice(0, -1)}\uFFFD`)
    expect(decode(Uint8Array.of(...bytes, 0xff, ...bytes), null)).toBe(`${NEWS}\uFFFD${NEWS}`)
  })

  it('a broken character among few is replaced where the label says UTF-8', () => {
    const bytes = Uint8Array.of(...utf8('A caf'), 0xe9, ...utf8(' in Paris, na'), 0xef, ...utf8('ve'))
    for (const header of ['text/xml; charset=utf-8', null]) {
      const source =
        header === null ? Uint8Array.of(...utf8('<?xml version="1.0" encoding="UTF-8"?>'), ...bytes) : bytes
      expect(decode(source, header)).toContain('A caf\uFFFD in Paris, na\uFFFDve')
    }
  })

  it.each(['utf-8', 'gbk', 'iso-8859-1', 'big5', ''])(
    'broken characters leave UTF-8 what it is, whatever %s says',
    (label) => {
      const parts = Array.from({ length: 10 }, () => [...utf8(NEWS), 0xa3])
      const text = `${NEWS}\uFFFD`.repeat(10)
      expect(decode(Uint8Array.from(parts.flat()), `text/xml; charset=${label}`)).toBe(text)
    },
  )

  it('one broken byte leaves the rest of a GBK text alone', () => {
    const bytes = gbk(NEWS)
    expect(decode(Uint8Array.of(...bytes, 0xff, ...bytes), null)).toBe(`${NEWS}\uFFFD${NEWS}`)
  })
})

describe('text that a server mangled before it was sent', () => {
  it('is put back where GBK was read as Western', () => {
    expect(decode(utf8(asWestern(gbk(xml('gb2312')))), null)).toBe(xml('gb2312'))
  })

  it('is put back where UTF-8 was read as Western', () => {
    expect(decode(utf8(asWestern(utf8(xml('utf-8')))), null)).toBe(xml('utf-8'))
  })

  const accented = [
    'Müller fährt über die Brücke; Größe, Füße, Äpfel und Öl sind schön.',
    'L’été à Genève, déjà vu, naïve, Noël, cœur, œuvre, « citation » – fin…',
    'España: mañana, señor, corazón; ¿qué? ¡olé! niño, año, acción',
    'Größenwahn ÄÖÜ äöü ßß éé ÀÀ ÇÇ',
    'Informação, educação, nação, ação, canção, estação, relação, razão, coração, opção',
    '±×÷°§¶£€¥®©™',
    `${NEWS} naïve café`,
  ]
  it.each(accented)('is left alone where it is Western: %s', (text) => {
    expect(decode(utf8(text), null)).toBe(text)
  })
})

it('never throws, and gives UTF-8 back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.option(fc.string()), (bytes, header) => {
      expect(typeof decode(bytes, header)).toBe('string')
    }),
    { numRuns: 10_000 },
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
      const framed = `<p>联合早报 ${text}</p>`
      expect(decode(utf8(framed), 'text/html; charset=gbk')).toBe(framed)
    }),
    { numRuns: 1000 },
  )
})

describe('references that name no character', () => {
  it.each([
    ['&#55357;&#56832;', '😀'],
    ['&#xD83D;&#xDE00;', '😀'],
    ['&#0055357;&#x0de00;', '😀'],
    ['&#55357;&#56832;&#55357;&#56832;', '😀😀'],
    ['&#55357;', '\uFFFD'],
    ['&#56832;&#55357;', '\uFFFD\uFFFD'],
    ['&#146;&#x80;', '’€'],
    ['&#160;x', '\u00a0x'],
  ])('%s in HTML is %s', (html, text) => {
    expect(parseHtml(`<p>甲${html}</p>`).body.textContent).toBe(`甲${text}`)
  })
})
