import { array, assert, constantFrom, integer, oneof, property, string, stringMatching } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idOfName, isByproduct, ownNameOf, shortName, storyPath } from '../../src/core/archive/path.ts'
import { runs } from '../support/runs.ts'

const identity = { id: '1212150', day: '2021-11-10' }
const stem = '2021-11-10/2021-11-10-1212150'

describe('the name of a story file', () => {
  test.each([
    ['消息：陆港或明年1月有限度通关', '-消息：陆港或明年1月有限度通关'],
    ['', ''],
    ['...', ''],
    ['. . .', ''],
    ['\u202e\u200b\ufeff', ''],
    ['../../etc/passwd', '-／..／etc／passwd'],
    ['中国72/144小时过境免签', '-中国72／144小时过境免签'],
    ['中国男足1:2不敌新西兰?', '-中国男足1：2不敌新西兰？'],
    ['中国"个人吃亏"', '-中国＂个人吃亏＂'],
    ['a\\b|c*d<e>f', '-a＼b｜c＊d＜e＞f'],
    ['元朗示威五人被捕  港警指\n区议员', '-元朗示威五人被捕 港警指 区议员'],
    ['e\u0301te\u0301', '-été'],
    ['半个\ud800字', '-半个字'],
    ['tail. . ', '-tail'],
    ['CON', '-CON'],
    ['a\u0000b\u001b[31mc', '-ab[31mc'],
  ])('of %j', (title, tail) => {
    expect(storyPath(identity, title)).toBe(`${stem}${tail}.md`)
  })

  test('is cut between characters as people see them', () => {
    const family = '👨‍👩‍👧‍👦'
    const name = storyPath(identity, 'é'.repeat(400)).slice(11)
    // Eight bytes are left to tools.
    expect(Buffer.byteLength(storyPath(identity, 'a'.repeat(400)).slice(11))).toBe(247)
    expect(storyPath(identity, '早'.repeat(75))).toBe(`${stem}-${'早'.repeat(75)}.md`)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
    expect(name.replace('.md', '').endsWith('é')).toBe(true)
    // Its code point ẹ alone would fit.
    expect(storyPath(identity, `${'早'.repeat(74)}e\u0323\u0301尾`)).toBe(`${stem}-${'早'.repeat(74)}.md`)
    expect(storyPath(identity, family.repeat(50))).not.toContain('\ufffd')
  })

  test('refuses what is no id and no day', () => {
    expect(() => storyPath({ id: '../x', day: '2021-11-10' }, 'a')).toThrow(RangeError)
    expect(() => storyPath({ id: '1'.repeat(300), day: '2021-11-10' }, 'a')).toThrow(RangeError)
    expect(() => storyPath({ id: '1', day: '../2021' }, 'a')).toThrow(RangeError)
  })
})

const titles = oneof(
  string({ unit: 'binary', maxLength: 400 }),
  // Without a size all are of some ten characters, and no name is cut.
  string({ unit: 'grapheme', maxLength: 400, size: 'max' }),
  array(constantFrom('/', '\\', '..', '\u202e', '\ud83d', '早报', '한', 'ẛ̣', '\u0338', ' ', '.', '👩‍🚀', '-', '.md')).map(
    (parts) => parts.join(''),
  ),
)
const ids = oneof(integer({ min: 0, max: 99_999_999 }).map(String), stringMatching(/^[0-9a-f]{10}$/))

describe('for any headline in any script', () => {
  test('the name is safe on ext4, APFS and NTFS', () => {
    assert(
      property(titles, ids, (title, id) => {
        const path = storyPath({ id, day: '2021-11-10' }, title)
        const [folder, name = '', ...more] = path.split('/')
        expect(more).toEqual([])
        expect(folder).toBe('2021-11-10')
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
        expect(name.length).toBeLessThanOrEqual(255)
        expect(name).not.toMatch(/[<>:"/\\|?*\p{C}]/u)
        expect(name).toBe(name.normalize('NFC'))
        expect(name).not.toMatch(/[. ]\.md$|[. ]$/)
        expect(name).toMatch(/^2021-11-10-[0-9a-f]+(?:-[^. ].*)?\.md$/su)
      }),
      { numRuns: runs(4000) },
    )
  })

  test('two ids never share a name, not where case does not count either, and the name gives the id back', () => {
    assert(
      property(titles, titles, ids, ids, (one, two, a, b) => {
        const first = storyPath({ id: a, day: '2021-11-10' }, one)
        const second = storyPath({ id: b, day: '2021-11-10' }, two)
        expect(idOfName(first.slice(11))).toBe(a)
        if (a !== b) expect(first.toLowerCase()).not.toBe(second.toLowerCase())
      }),
      { numRuns: runs(4000) },
    )
  })
})

test.each<[string, string | null]>([
  ['2021-11-10-1212150-标题.md', '1212150'],
  ['2021-11-10-1212150.MD', '1212150'],
  ['2021-11-10-0123456789-a\nb.md', '0123456789'],
  ['2021-11-10-dw.54316030-x.md', 'dw.54316030'],
  ['2021-11-10-1212150x.md', null],
  ['2021-11-10-012345678g.md', null],
  ['2021-11-10-d.5-x.md', null],
  ['x2021-11-10-1212150.md', null],
  ['2021-11-10-1212150.md.bak', null],
  ['2021-11-10-1212150.md~', null],
  ['2021-11-10-1212150-x', null],
])('the id in %j: %s', (name, id) => {
  expect(idOfName(name)).toBe(id)
})

test.each([
  ['2021-11-10-1-标题.md', 99, '2021-11-10-1-标题.md'],
  ['2021-11-10-1-标题.md', 22, '2021-11-10-1-标题.md'],
  ['2021-11-10-1-标题.md', 21, '2021-11-10-1-标.md'],
  ['2021-11-10-1-标. 题.md', 23, '2021-11-10-1-标.md'],
  ['2021-11-10-1-标题.md', 18, '2021-11-10-1.md'],
  ['2021-11-10-1-标题.md', 3, '2021-11-10-1.md'],
  ['another.md', 3, 'another.md'],
])('the name %s within %d bytes: %s', (name, maxBytes, expected) => {
  expect(shortName(name, maxBytes)).toBe(expected)
})

test.each<[string, string[], string | null, string | null]>([
  ['the one that is noted', ['a.md', 'a (1).md'], 'a (1).md', 'a (1).md'],
  ['else the shortest', ['a (1).md', 'a.md', 'a-DESKTOP-1.md'], 'b.md', 'a.md'],
  ['of equal ones the first', ['c.md', 'a.md', 'b.md'], null, 'a.md'],
  ['of none none', [], 'a.md', null],
])("a story's own name is %s", (_name, names, noted, expected) => {
  expect(ownNameOf(names, noted)).toBe(expected)
})

test.each([
  ['._2021-11-10-1.md', true],
  ['.2021-11-10-1.md.swp', true],
  ['~$2021-11-10-1.md', true],
  ['~syncthing~2021-11-10-1.md.tmp', true],
  ['2021-11-10-1.md', false],
  ['2021-11-10-1-~$.md', false],
  ['~2021-11-10-1.md', false],
])('%s is left by a program for itself: %j', (name, expected) => {
  expect(isByproduct(name)).toBe(expected)
})
