import { expect, test } from 'vitest'
import { parseDocument } from '../../src/core/document/parse.ts'
import { speak } from '../../src/words/words.ts'

const text = `---
layout: post
title: "港口明年扩建"
date: 2021-11-10T07:37:00.000Z
author: 联合早报
from: https://www.zaobao.com/realtime/china/story20211110-1212150
tags: [ 联合早报 ]
categories: [ 联合早报 ]
---
<!--1636529820000-->
[港口明年扩建](https://www.zaobao.com/realtime/china/story20211110-1212150)
------

第一段。

第二段。
`

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
