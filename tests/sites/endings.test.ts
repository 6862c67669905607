import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { doubtOfEnding } from '../../src/core/archive/doubt.ts'
import { decode } from '../../src/core/text/charset.ts'
import { readPage } from '../../src/sites/index.ts'
import { message } from '../../src/words/words.ts'

const PAGES = join(import.meta.dirname, '../../fixtures/pages')
const URL = 'https://www.zaobao.com.sg/realtime/china/story20260103-9700001'
const CUTS = 60

describe.each(readdirSync(PAGES))('a page of the layout %s that is cut in transfer', (layout) => {
  const html = decode(readFileSync(join(PAGES, layout, 'page.html')), null)
  const { url } = JSON.parse(readFileSync(join(PAGES, layout, 'about.json'), 'utf8')) as { url: string }

  test('is never taken for whole where it has less', () => {
    const whole = readPage({ html, url })
    expect(whole).toMatchObject({ kind: 'story', ending: 'whole' })
    const source = whole.kind === 'story' ? whole.extract.source : ''
    for (let cut = 1; cut < CUTS; cut += 1) {
      const part = readPage({ html: html.slice(0, (html.length * cut) / CUTS), url })
      const isHalf = part.kind === 'story' && part.extract.source !== source
      if (isHalf) expect(part.ending).not.toBe('whole')
    }
  })
})

const OLD = '<html><head><meta charset=gb2312></head><body><h1>题</h1><table><tr><td class=text>甲。<br><br>乙。'
const ENDINGS: Array<[string, string, string]> = [
  ['its end', `${OLD}</td></tr></table></body></html>`, 'whole'],
  ['the end of its body alone', `${OLD}</td></tr></table></BODY >`, 'whole'],
  ['no end, as old pages may', `${OLD}</td></tr></table>`, 'closed'],
  ['no end of its article', OLD, 'open'],
  ['an end in a comment alone', `${OLD}<!-- </html> -->`, 'open'],
  ['an end in a comment that is never ended', `${OLD}<!-- 丙。</td></tr></table></body></html>`, 'open'],
  ['an end in a script that is never ended', `${OLD}<SCRIPT>丙</td></tr></table></body></html>`, 'open'],
  ['a comment behind its end', `${OLD}</td></tr></table></body></html><!-- 缓存 -->`, 'whole'],
  ['an end that is broken off', `${OLD}</td></tr></table></body`, 'closed'],
]

test.each(ENDINGS)('a page with %s', (_, html, ending) => {
  expect(readPage({ html, url: URL })).toMatchObject({ kind: 'story', ending })
})

const reason = (mark: string) => doubtOfEnding('open', mark, null) ?? message``
const DOUBTS: Array<[string, Parameters<typeof doubtOfEnding>, boolean]> = [
  ['a whole page is taken at once', ['whole', 'a1', null], false],
  ['one without its end is not', ['closed', 'a1', null], true],
  ['but when the same comes again', ['closed', 'a1', { tries: 1, reason: reason('a1') }], false],
  ['and not when another does', ['closed', 'a1', { tries: 1, reason: reason('b2') }], true],
  ['nor after another failure', ['closed', 'a1', { tries: 3, reason: message`502 Bad Gateway` }], true],
  ['one that ends in its article is waited for', ['open', 'a1', { tries: 3, reason: reason('a1') }], true],
  ['for a day', ['open', 'a1', { tries: 4, reason: reason('a1') }], false],
  ['and never when each differs', ['open', 'a1', { tries: 9, reason: reason('b2') }], true],
]

test.each(DOUBTS)('%s', (_, given, isInDoubt) => {
  expect(doubtOfEnding(...given) !== null).toBe(isInDoubt)
})
