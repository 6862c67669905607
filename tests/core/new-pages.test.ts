import { expect, test } from 'vitest'
import { judgePages, NO_PAGES, type PagesRead } from '../../src/core/archive/new-pages.ts'

const KINDS: Readonly<Record<string, keyof PagesRead>> = { k: 'known', g: 'generic', d: 'doubtful', u: 'unread' }

/** What each run is judged to say: its pages are letters, a run without any is `-`. */
function judged(runs: string): string {
  let pages = NO_PAGES
  let wereNew = false
  const said = runs.split(' ').map((run) => {
    const read = { ...NO_PAGES }
    for (const letter of run.replace('-', '')) read[KINDS[letter] ?? 'known'] += 1
    const result = judgePages(pages, read, wereNew)
    pages = result.pages
    if (result.judged !== null) wereNew = result.judged === 'new'
    return result.judged ?? '-'
  })
  return said.join(' ')
}

test.each([
  ['a run of new pages', 'ggggg', 'new'],
  ['few say nothing', 'gggg', '-'],
  ['one a run: the fifth says it', 'g g g g g g', '- - - - new new'],
  ['runs without a page lie between', 'g - gg - - gg -', '- - - - - new -'],
  ['read, in doubt, or not at all', 'g d u u d', '- - - - new'],
  ['a special among known pages', 'kkkkg kkk g k g kk g k', 'well well - well - well - well'],
  ['a special on most days is none', 'g k g k g k g k g k', '- well - well - well - well - well'],
  ['an old layout among new ones', 'gggg kgggg ggg', '- new new'],
  ['half of them', 'ggkk gk ggggkkkk', '- - -'],
  ['it goes on with a known one', 'ggggg g k g', 'new new new new'],
  ['it goes on with known ones between', 'ggggg k g k k g', 'new new new new new new'],
  ['it goes on where half are known', 'ggggg kg kg kg kg', 'new new new new new'],
  ['it is over when most are known', 'ggggg k k k k k g', 'new new new new new well -'],
  ['of long ago few count', `${'g'.repeat(500)} k k k k k k`, 'new new new new new new well'],
  ['a run that reads all again ends it', `${'g'.repeat(60)} ${'k'.repeat(60)}`, 'new well'],
  ['it is over, and begins anew', 'ggggg kkkkk ggggg', 'new well new'],
  ['all is known', 'k kkk -', 'well well -'],
])('%s', (_name, runs, said) => expect(judged(runs)).toBe(said))
