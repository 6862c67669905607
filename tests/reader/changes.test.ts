import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Compared, comparedLines, comparedTexts, type ChangePiece } from '../../src/core/text/changes.ts'

const MARKS: Readonly<Record<ChangePiece['kind'], [string, string]>> = {
  same: ['', ''],
  removed: ['[-', '-]'],
  added: ['[+', '+]'],
}

const shown = (pieces: readonly ChangePiece[]): string =>
  pieces.map(({ kind, text }) => `${MARKS[kind][0]}${text}${MARKS[kind][1]}`).join('')

const side = (paragraphs: readonly Compared[], other: ChangePiece['kind']): string[] =>
  paragraphs
    .filter(({ kind }) => kind !== other)
    .map(({ pieces }) => pieces.flatMap(({ kind, text }) => (kind === other ? [] : [text])).join(''))

describe('two lines', () => {
  test.each([
    ['工期约一年。', '工期14个月。', '工期[-约一年-][+14个月+]。'],
    ['预算9600万元，由市财政承担。', '预算1.04亿元，由市财政承担。', '预算[-9600万-][+1.04亿+]元，由市财政承担。'],
    ['行人改走新桥。', '行人改走新桥。浮桥夜里关闭。', '行人改走新桥。[+浮桥夜里关闭。+]'],
    ['轮渡停航。原因不明。', '轮渡停航。', '轮渡停航。[-原因不明。-]'],
    ['完全一样', '完全一样', '完全一样'],
    ['', '新的', '[+新的+]'],
    ['甲', '', '[-甲-]'],
    [
      'The bridge is closed for a year.',
      'The bridge is closed for 14 months.',
      'The bridge is closed for [-a year-][+14 months+].',
    ],
  ])('%s / %s', (before, after, expected) => {
    expect(shown(comparedLines(before, after, /[a-z]/.test(before) ? 'en' : 'zh-Hans'))).toBe(expected)
  })
})

describe('two texts', () => {
  test('a paragraph that was changed is one, not one removed and one added', () => {
    const before = ['渡口的坡道改铺木板。', '轮渡照常，每半小时一班。', '周末加班。']
    const after = [
      '渡口的坡道改铺木板。',
      '新来的一段，与别的都不相同：江豚多了两成。',
      '轮渡照常，每二十分钟一班。',
      '周末加班。',
    ]
    const compared = comparedTexts(before, after, 'zh-Hans')
    expect(compared.map(({ kind }) => kind)).toEqual(['same', 'added', 'changed', 'same'])
    expect(shown(compared[2]?.pieces ?? [])).toBe('轮渡照常，每[-半小时-][+二十分钟+]一班。')
  })

  test('both texts come back whole, whatever they are', () => {
    const letters = fc.string({ unit: fc.constantFrom(...Array.from('甲乙丙，。的 ab1“”')), maxLength: 30 })
    const texts = fc.array(
      letters.filter((text) => text !== ''),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const compared = comparedTexts(before, after, 'zh')
        expect(side(compared, 'added')).toEqual(before)
        expect(side(compared, 'removed')).toEqual(after)
        expect(compared.every(({ pieces }) => pieces.every(({ text }) => text !== ''))).toBe(true)
      }),
    )
  })

  test.each([
    ['one letter, ten thousand times', ['的'.repeat(200_000)], [`${'的'.repeat(199_999)}了`]],
    ['paragraphs of one letter', Array(20_000).fill('的'), Array(20_001).fill('的').with(5, '了')],
    ['paragraphs that are all alike', Array(3_000).fill('的了'), Array(3_000).fill('的了吗')],
    [
      'paragraphs that are all different',
      Array.from({ length: 5_000 }, (_, n) => `甲${n}`),
      Array.from({ length: 5_000 }, (_, n) => `乙${n}`),
    ],
    ['long paragraphs', Array(300).fill('的一是不'.repeat(700)), Array(300).fill('的一不是'.repeat(700))],
    ['words that repeat', Array(40).fill('甲，'.repeat(1_400)), Array(40).fill('乙，甲，'.repeat(700))],
  ] as [string, string[], string[]][])('the work is bounded: %s', (_, before, after) => {
    const started = process.cpuUsage()
    const compared = comparedTexts(before, after, 'zh')
    const { user } = process.cpuUsage(started)
    expect(side(compared, 'added')).toEqual(before)
    expect(side(compared, 'removed')).toEqual(after)
    expect(user).toBeLessThan(3_000_000)
  })
})
