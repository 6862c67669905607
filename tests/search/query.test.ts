import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StoryRecord } from '../../src/core/model.ts'
import { sectionTitle } from '../../src/core/reader/sections.ts'
import { indexed } from '../../src/core/search/entry.ts'
import { matchOf } from '../../src/core/search/plan.ts'
import { parseQuery } from '../../src/core/search/query.ts'
import { sectionsMeant, sectionsOfPaper } from '../../src/core/search/sections.ts'
import { UTC } from '../../src/core/time.ts'
import { sectionNames, sectionPlaces } from '../../src/sites/publishers.ts'
import type { Catalogue } from '../../src/edge/catalogue/catalogue.ts'
import { english, saidIn, tongueOf } from '../../src/words/words.ts'
import { pick, seeded } from '../support/invented.ts'
import { folder } from '../support/program.ts'
import { catalogueOf, recordWith } from './records.ts'

const CONTEXT = { nowMs: Date.UTC(2021, 11, 31, 12), zone: UTC, sections: sectionPlaces() }
const PICTURE = { url: 'https://pictures.example/1.jpg', caption: null, path: null }

const STORIES: Record<string, Partial<StoryRecord> & { day: string }> = {
  ferry: { day: '2021-11-10', title: '渡轮复航', text: '香港与澳门之间的渡轮复航，票价不变。', revision: 2 },
  bridge: { day: '2021-11-30', title: '香港大桥通车', text: '大桥长五十五公里。', images: [PICTURE] },
  phone: {
    day: '2021-12-01',
    title: '5G手机上市',
    text: '新手机支持５Ｇ，内存１２ GB，由 COVID-19 而延期。',
    section: 'finance/china',
  },
  consul: {
    day: '2021-12-31',
    title: '總領事館遷址',
    text: '駐廣州總領事館搬到新樓，習近平沒有出席。',
    lang: 'zh-Hant',
    publisher: 'rfi',
    section: 'chine/Southeast%20Asia/%E6%B2%B3%E9%8E%AE%20100%25',
  },
  english: {
    day: '2022-02-28',
    title: 'A bridge opens',
    text: 'The new bridge in Hong Kong opens.\n\nTraffic flows: 香 港.\n\n甲乙\n\n乙丙',
    lang: 'en',
    section: null,
    publisher: null,
  },
  teaser: {
    day: '2020-02-29',
    title: '闰日',
    text: '“一带一路”论坛（完）。',
    access: 'subscriber',
    bylines: ['王小河', '李青'],
  },
}

const home = folder()
let catalogue: Catalogue
const NAMES = Object.keys(STORIES)

beforeAll(() => {
  catalogue = catalogueOf(join(home.path, 'catalogue.db'), Object.values(STORIES))
})

afterAll(() => {
  catalogue.close()
  home.remove()
})

function found(text: string): { names: string; fault: string | null } {
  const asked = parseQuery(text, CONTEXT)
  if (asked === null) return { names: 'nothing to look for', fault: null }
  const hits = catalogue.find(matchOf(asked.query), { order: 'newest', limit: 20, before: null })
  expect(catalogue.count(matchOf(asked.query), null)).toBe(hits.length)
  return {
    names: hits.map(({ entry }) => NAMES[Number(entry.id)]).join(' '),
    fault: asked.fault && english(asked.fault),
  }
}

describe('a query finds, the newest first', () => {
  test.each([
    ['香港', 'bridge ferry'],
    ['港', 'english bridge ferry'],
    ['香　港', 'english bridge ferry'],
    ['总领事馆', 'consul'],
    ['總領事館', 'consul'],
    ['习近平', 'consul'],
    ['票价不变', 'ferry'],
    ['门渡', ''],
    ['甲乙', 'english'],
    ['甲乙丙', ''],
    ['复航，票价', 'ferry'],
    ['复航票价', ''],
    // Words and numbers, of either width, with a blank beside them and without.
    ['5G', 'phone'],
    ['５ｇ手机', 'phone'],
    ['5 G', 'phone'],
    ['12GB', 'phone'],
    ['2GB', ''],
    ['covid-19', 'phone'],
    ['bridge', 'english'],
    ['bridg', ''],
    ['bridg*', 'english'],
    ['"new bri"*', 'english'],
    ['"new bridge"', 'english'],
    ['"bridge new"', ''],
    ['HONG KONG', 'english'],
    // Together, either, not.
    ['香港 澳门', 'ferry'],
    ['香港 AND 澳门', 'ferry'],
    ['香港 OR 手机', 'phone bridge ferry'],
    ['香港 | 手机', 'phone bridge ferry'],
    ['香港 -澳门', 'bridge'],
    ['香港 NOT 澳门', 'bridge'],
    ['香港 －澳门', 'bridge'],
    ['-香港', 'english consul phone teaser'],
    ['NOT (香港 OR 手机)', 'english consul teaser'],
    ['(香港 OR 手机) -(澳门 OR 5G)', 'bridge'],
    ['（香港　OR　手机）　－澳门', 'phone bridge'],
    ['澳门 OR 手机 5G', 'phone ferry'],
    ['“一带一路”', 'teaser'],
    ['「一带一路」', 'teaser'],
    ['论坛（完）', 'teaser'],
    // Fields.
    ['title:香港', 'bridge'],
    ['标题：香港', 'bridge'],
    ['標題:香', 'bridge'],
    ['title:(香港 OR 手机)', 'phone bridge'],
    ['title:"香港大桥"', 'bridge'],
    ['-title:香港 香港', 'ferry'],
    ['section:china', 'phone bridge ferry teaser'],
    ['栏目：realtime/china', 'bridge ferry teaser'],
    ['section:/finance/', 'phone'],
    ['section:中国', 'phone bridge ferry teaser'],
    ['栏目：財經', 'phone'],
    ['-section:中国', 'english consul'],
    ['section:体育', ''],
    // A blank in the name of a section; as its address has it too.
    ['section:"Southeast Asia"', 'consul'],
    ['section：“southeast　asia”', 'consul'],
    ['栏目：「Southeast Asia」 總領事', 'consul'],
    ['总领事馆 -section:"Southeast Asia"', ''],
    ['section:Southeast%20Asia', 'consul'],
    ['section:"chine/southeast asia"', 'consul'],
    ['栏目：“河镇 100%”', 'consul'],
    ['section:Southeast', ''],
    ['section:chin', ''],
    ['lang:zh', 'consul phone bridge ferry teaser'],
    ['lang:zh-TW', 'consul'],
    ['语言:EN', 'english'],
    ['publisher:rfi', 'consul'],
    ['author:王小河', 'teaser'],
    ['作者：李', 'teaser'],
    ['author:河李', ''],
    ['is:revised', 'ferry'],
    ['is:subscriber', 'teaser'],
    ['has:picture', 'bridge'],
    ['有：图片', 'bridge'],
    ['有：圖片', 'bridge'],
    ['是:修訂', 'ferry'],
    ['constructor:香港', ''],
    // NEL is white space like any other.
    ['香\u0085港', 'english bridge ferry'],
    ['复航\u0085票价', 'ferry'],
    // Days.
    ['2021-11', 'bridge ferry'],
    ['2021-11-30', 'bridge'],
    ['date:2021', 'consul phone bridge ferry'],
    ['2021-11-11..2021-12-01', 'phone bridge'],
    ['2021-11-11..2021-12', 'consul phone bridge'],
    ['２０２１－１１..2021-11-29', 'ferry'],
    ['2021-12-31..', 'english consul'],
    ['..2020-02-28', ''],
    ['..2020-02', 'teaser'],
    ['2020..2021', 'consul phone bridge ferry teaser'],
    ['2020-02-29～2021-11-10', 'ferry teaser'],
    ['after:2021-12', 'english consul phone'],
    ['before:2021-11-30', 'ferry teaser'],
    ['-2021-11 香港', ''],
    ['日期:today', 'consul'],
    ['after:40d before:2022', 'consul phone bridge'],
    // Spans back from now, to today: the last days.
    ['date:30d', 'consul phone'],
    ['日期：24h', 'consul'],
    ['日期:0d', 'consul'],
    ['date:30d..2021-12-01', 'phone'],
    // Words with a colon that are near no field; spans that name no field.
    ['http://a.example', ''],
    ['日本:香港', ''],
    ['7d', ''],
    ['today', ''],
  ])('%s: %s', (text, names) => {
    expect(found(text)).toEqual({ names, fault: null })
  })
})

describe('a faulty query is searched as the words in it', () => {
  test.each([
    ['"香港', 'bridge ferry', 'a quotation mark is not closed'],
    ['(香港 OR', 'bridge ferry', 'something is missing beside AND, OR or NOT, or between parentheses'],
    ['(香港', 'bridge ferry', 'a parenthesis is not closed'],
    ['香港 OR', 'bridge ferry', 'something is missing beside AND, OR or NOT, or between parentheses'],
    ['香港 AND', 'bridge ferry', 'something is missing beside AND, OR or NOT, or between parentheses'],
    ['AND 香港', 'bridge ferry', 'something is missing beside AND, OR or NOT, or between parentheses'],
    ['香港 NOT', 'bridge ferry', 'something is missing beside AND, OR or NOT, or between parentheses'],
    ['is:constructor', '', 'there is no is:constructor; there is is:revised, is:修订, is:subscriber, is:订阅'],
    ['香港 AND OR 大桥', 'bridge', 'something is missing beside AND, OR or NOT, or between parentheses'],
    ['香港 OR | 大桥', 'bridge', 'something is missing beside AND, OR or NOT, or between parentheses'],
    ['香港 -', 'bridge ferry', 'a - stands before nothing'],
    ['－ 香港', 'bridge ferry', 'a - stands before nothing'],
    ['(香港 -) 大桥', 'bridge', 'a - stands before nothing'],
    [')香港', 'bridge ferry', 'a parenthesis closes nothing'],
    ['..', '', '.. names no day; write 2021-11-10, 2021-11, 2021, yesterday or 7d'],
    ['2021-12..2021-11', '', '2021-12 lies after 2021-11'],
    ['date:2w', '', '2w names no day; write 2021-11-10, 2021-11, 2021, yesterday or 7d'],
    ['after:1m', '', '1m names no day; write 2021-11-10, 2021-11, 2021, yesterday or 7d'],
    ['titel:香港', '', 'titel: is no field; did you mean title:?'],
    ['data:2021', '', 'data: is no field; did you mean date:?'],
    ['lang:xx', '', 'xx is no language'],
    ['() 香港', 'bridge ferry', 'something is missing beside AND, OR or NOT, or between parentheses'],
    ['"" 香港', 'bridge ferry', 'nothing stands between quotation marks'],
    ['title:', '', 'nothing stands behind title:'],
    ['is:new', '', 'there is no is:new; there is is:revised, is:修订, is:subscriber, is:订阅'],
    ['lang:!', '', '! is no language'],
    ['date:2021-13', '', '2021-13 names no day; write 2021-11-10, 2021-11, 2021, yesterday or 7d'],
    ['('.repeat(99), 'nothing to look for', null],
    [`${'('.repeat(99)}香港${')'.repeat(99)}`, 'bridge ferry', 'too many parentheses or fields in one another'],
    ['香港 '.repeat(201), 'bridge ferry', 'more than 200 things are asked for'],
  ])('%s', (text, names, fault) => {
    expect(found(text)).toEqual({ names, fault })
  })

  test.each(['', '  ', '　', '\u0000\u200b'])('%j asks nothing', (text) => {
    expect(parseQuery(text, CONTEXT)).toBeNull()
  })
})

test('an address of any depth costs the index no more than its section does', () => {
  const { words } = indexed(recordWith({ section: 'a/'.repeat(300) }), '2021-11-10/x.md', 0)
  expect(words.marks.length).toBeLessThan(1000)
})

test('signs that open nothing are signs like others', () => {
  expect(['a)', 'x(y)', '3:0', 'C++', '-', '50%', 'f(x) )'].map((text) => found(text).fault)).toEqual(
    Array(7).fill(null),
  )
})

test('what cannot be seen is nothing', () => {
  expect(found('title\u200b:香港 \u200b AND\u2060 大桥')).toEqual({ names: 'bridge', fault: null })
})

test('a query of any depth is one that SQLite takes', () => {
  expect(found(`${'title:'.repeat(9000)}香港`).fault).toBe('too many parentheses or fields in one another')
  for (const [begin, end] of [
    ['(a OR NOT (b -c ', '))'],
    ['(a b -', ' -c)'],
    ['(a -(b OR ', '))'],
    ['(NOT a NOT (b ', '))'],
  ] as const) {
    for (let depth = 1; depth < 25; depth += 1) {
      const text = `${begin.repeat(depth)}香港${end.repeat(depth)}`
      expect(() => found(text), text).not.toThrow()
    }
  }
})

test('a query of any signs is one that SQLite takes', () => {
  const signs = [
    '"',
    '(',
    ')',
    '-',
    ':',
    '*',
    '^',
    '{',
    '}',
    '+',
    "'",
    ',',
    ' ',
    'NOT',
    'OR',
    'AND',
    'NEAR',
    'title:',
    '香',
    'a',
    '..',
    '\\',
    '\u0000',
    '“',
  ]
  const random = seeded(7)
  for (let n = 0; n < 3000; n += 1) {
    const text = Array.from({ length: 1 + (n % 9) }, () => pick(random, signs)).join('')
    expect(() => found(text), text).not.toThrow()
  }
})

test.each(['en', 'zh'] as const)('sections are found by what the pages call them in %s', async (language) => {
  const tongue = await tongueOf(language)
  for (const name of ['china', 'finance', 'sea', 'singapore', 'sports', 'world', 'news', 'simp', 'trad']) {
    const title = saidIn(tongue, () => sectionTitle(name))
    expect([title, sectionsMeant(title.toLowerCase())]).toEqual([title, expect.arrayContaining([name])])
  }
  for (const name of sectionNames().filter((each) => each.includes(':'))) {
    const title = saidIn(tongue, () => sectionTitle(name))
    expect([title, sectionsOfPaper(title.toLowerCase())]).toEqual([title, expect.arrayContaining([name])])
  }
})
