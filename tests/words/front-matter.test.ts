import { expect, test } from 'vitest'
import { parseDocument } from '../../src/core/document/parse.ts'
import { makeDocument, renderDocument } from '../../src/core/document/render.ts'
import { speak } from '../../src/words/words.ts'
import { STORY } from '../support/content.ts'

const text = renderDocument(makeDocument(STORY))

test('front matter that is no YAML is told of in Chinese without a word of the parser, whatever is broken', async () => {
  await speak('zh')
  try {
    const head = text.slice(0, text.indexOf('\n---\n'))
    const reasons = new Set<string>()
    for (const broken of [...'" \' [ ] { } , & * ! | > % @ ` \\'.split(' '), '\t', ': ', '? ', '- ']) {
      for (let at = 4; at < head.length; at += 1) {
        try {
          parseDocument(text.slice(0, at) + broken + text.slice(at))
        } catch (error) {
          reasons.add((error as Error).message.replace(/^.*?[:：]\s*/, ''))
        }
      }
    }
    expect(reasons.size).toBeGreaterThan(10)
    expect([...reasons].filter((reason) => !/\p{Script=Han}{2}/u.test(reason.replace(/".*"/g, '')))).toEqual([])
    expect([...reasons].filter((reason) => /(?:[a-z]{3,} ){2}/i.test(reason))).toEqual([])
  } finally {
    await speak('en')
  }
})
