import { describe, expect, test } from 'vitest'
import { readContent, readPage } from '../../src/sites/index.ts'
import { OTHER_PAGES } from '../support/other-pages.ts'

/*
 * Bodies of all the markup that editors write, in pages of each layout of the other papers and in a feed: every paragraph comes
 * back, in order, at its minute, with nothing beside.
 */
const NAMES = '甲乙丙丁戊'
const said = (n: number): string =>
  `第${NAMES[n]}段说渡口的轮船今早重新开航，镇上的人们等了三个月，船家林伯说水深多了半米。`
const [A, B, C, D] = [0, 1, 2, 3].map(said) as [string, string, string, string]
const p = (...texts: string[]): string => texts.map((text) => `<p>${text}</p>`).join('')
const picture = (n: number): string => `<img src="https://pictures.example/${n}.jpg">`

/** What stands in a body, and what a reader goes through. */
const BODIES: Record<string, [string, string[]]> = {
  headings: [`${p(A)}<h2>停航三月</h2>${p(B)}<h3>对岸夜市</h3>${p(C)}`, [A, '停航三月', B, '对岸夜市', C]],
  'lists in lists': [
    `${p(A)}<ul><li>${B}<ul><li>${C}</li></ul></li><li>短项</li></ul><ol><li>${D}</li></ol>`,
    [A, B, C, '短项', D],
  ],
  'a list of terms': [`${p(A)}<dl><dt>票价</dt><dd>${B}</dd></dl>${p(C)}`, [A, '票价', B, C]],
  'a quotation': [`${p(A)}<blockquote><p>${B}</p><cite>船家林伯</cite></blockquote>${p(C)}`, [A, B, '船家林伯', C]],
  'a quotation with its mark': [
    `${p(A)}<blockquote class="m-em-quote"><svg class="m-em-quote__picto"></svg><p class="m-em-quote__text">${B}</p><footer class="m-em-quote__author">林伯</footer></blockquote>${p(C)}`,
    [A, B, '林伯', C],
  ],
  'a post': [
    `${p(A)}<blockquote class="twitter-tweet"><p>${B}</p><a href="https://twitter.com/lin/status/12">林伯</a></blockquote>${p(C)}`,
    [A, B, '林伯', C],
  ],
  'a table': [
    `${p(A)}<figure><table><caption>票价表</caption><tr><th>班次</th><th>票价</th></tr><tr><td>早班</td><td>三元</td></tr></table></figure>${p(B)}`,
    [A, '票价表', '班次', '票价', '早班', '三元', B],
  ],
  'a table that lays out paragraphs': [
    `<table><tr><td>${p(A, B)}</td></tr><tr><td>${p(C)}</td></tr></table>`,
    [A, B, C],
  ],
  'a gallery of boxes': [
    `${p(A)}<div class="gallery"><div>${picture(1)}<p>${B}</p></div><div>${picture(2)}<p>${C}</p></div></div>${p(D)}`,
    [A, B, C, D],
  ],
  'a gallery that is a list': [
    `${p(A)}<ul class="slideshow"><li><figure>${picture(1)}<figcaption>${B}</figcaption></figure></li><li><figure>${picture(2)}<figcaption>${C}</figcaption></figure></li></ul>${p(D)}`,
    [A, B, C, D],
  ],
  'a picture that comes late': [
    `${p(A)}<div><img src="data:image/gif;base64,R0lG" data-src="https://pictures.example/1.jpg"><noscript>${picture(1)}</noscript></div>${p(B)}`,
    [A, B],
  ],
  players: [
    `${p(A)}<iframe src="https://www.youtube.com/embed/abc"></iframe><audio src="https://sounds.example/a.mp3"></audio>${p(B)}`,
    [A, B],
  ],
  'questions and answers': [
    `<p><strong>问：渡口何时重开？</strong></p>${p(A)}<p><b>法广：那么票价呢？</b></p>${p(B)}<p><strong>德国之声：谢谢。</strong></p>`,
    ['问：渡口何时重开？', A, '法广：那么票价呢？', B, '德国之声：谢谢。'],
  ],
  boxes: [
    `${p(A)}<div class="info-box"><h3>背景</h3>${p(B)}</div><aside><h3>资料</h3>${p(C)}</aside>${p(D)}`,
    [A, '背景', B, '资料', C, D],
  ],
  'boxes of paragraphs': [`<div>${A}</div><section><div>${p(B)}</div></section><article>${p(C)}</article>`, [A, B, C]],
  'a box that unfolds': [`${p(A)}<details><summary>内情</summary>${p(B)}</details>${p(C)}`, [A, '内情', B, C]],
  'a paragraph that is a link': [`${p(A)}<p><a href="https://town.example/a">${B}</a></p>${p(C)}`, [A, B, C]],
  'markup of old': [
    `<center><font size="4"><b>小标题在此</b></font></center><p><font>${A}</font></p><font>${B}<br><br>${C}</font>`,
    ['小标题在此', A, B, C],
  ],
  'text without elements': [`<p>${A}</p>${B}<ul><li>${C}</li></ul>${D}`, [A, B, C, D]],
  'paragraphs that never end': [`<p>${A}<p>${B}<p>${C}`, [A, B, C]],
  'paragraphs by style': [`<span style="display:block">${A}</span><span style="display:block">${B}</span>`, [A, B]],
  'verses and small print': [`${p(A)}<p>渡口开<br>船来了</p><p><small>${B}</small></p>`, [A, '渡口开', '船来了', B]],
  'what is set as it was typed': [`${p(A)}<pre>${B}\n${C}</pre>`, [A, B, C]],
  'days, hours and an end': [
    `${p(A)}<p>2020年7月21日</p><p>09:30</p>${p(B)}<p>完。</p>`,
    [A, '2020年7月21日', '09:30', B, '完'],
  ],
  'paragraphs of nothing': [`<p>&nbsp;</p><p>　　${A}</p><p>\u200b</p><p>&nbsp;&nbsp;${B}</p>`, [A, B]],
}

const URLS: Readonly<Record<string, string>> = {
  rfi: 'https://www.rfi.fr/cn/中国/20200721-渡口重开',
  dw: 'https://www.dw.com/zh/渡口重开/a-54316030',
  bbc: 'https://www.bbc.com/zhongwen/simp/world-53496291',
}
const STANDFIRST = '导语说轮船开航的消息传遍了对岸的集市，人们都很高兴。'
const TIME = '2020-07-21T07:37:00.000Z'
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

// What stands in blocks of data has no markup.
const layouts = Object.entries(OTHER_PAGES).flatMap(([paper, pages]) =>
  Object.entries(pages)
    .filter(([name]) => !/^bbc (?:next|simorgh)$/.test(name))
    .map(([name, make]) => ({ name, url: URLS[paper]!, make })),
)

describe.each(layouts)('a page of $name', ({ url, make }) => {
  test.each(Object.entries(BODIES))('with %s comes back whole', (_, [bodyHtml, texts]) => {
    for (const standfirst of [{}, { standfirst: STANDFIRST }]) {
      const story = { title: '渡口重开', url, published: TIME, bodyHtml, ...standfirst }
      const page = readPage({ html: make(story), url, listed: story.title })
      if (page.kind !== 'story') throw new Error(page.reason)
      expect(page.generation).not.toBe('generic')
      expect(page.extract.published).toBe(TIME)
      expect(letters(page.extract.body.text)).toBe(letters([...Object.values(standfirst), ...texts].join('')))
    }
  })
})

test.each(Object.entries(BODIES))('a feed with %s comes back whole', (_, [bodyHtml, texts]) => {
  expect(letters(readContent(bodyHtml, 'https://town.example/1')?.body.text ?? '')).toBe(letters(texts.join('')))
})
