import { expect, test } from 'vitest'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'
import { expectInProportion } from '../support/cost.ts'

const BASE = 'https://www.example.org/'
const PICTURE = `![](${BASE}a.jpg)`
const VIDEO = `[视频](${BASE}a.mp4)`

test.each([
  ['<amp-img src=/a.jpg width=300 height=200></amp-img>', PICTURE],
  ['<amp-img src=/a.jpg><noscript><img src=/a.jpg></noscript></amp-img>', PICTURE],
  ['<amp-img src=/a.jpg></amp-img><noscript><img src=/a.jpg></noscript>', PICTURE],
  ['<amp-img src=/a.jpg><amp-img fallback src=/b.jpg></amp-img></amp-img>', PICTURE],
  ['<amp-img srcset="/b.jpg 640w, /a.jpg 1024w"></amp-img>', PICTURE],
  ['<amp-anim src=/a.gif></amp-anim>', `![](${BASE}a.gif)`],
  [
    '<amp-carousel><amp-img src=/a.jpg></amp-img><amp-img src=/b.jpg></amp-img></amp-carousel>',
    `${PICTURE}![](${BASE}b.jpg)`,
  ],
  ['<figure><amp-img src=/a.jpg></amp-img><figcaption>渡轮</figcaption></figure>', `![渡轮](${BASE}a.jpg)\n\n渡轮`],
  ['<picture-element src=/a.jpg></picture-element>', PICTURE],
  ['<nuxt-img src=/a.jpg /><p>渡轮</p><img src=/b.jpg>', `${PICTURE}\n\n渡轮\n\n![](${BASE}b.jpg)`],
  ['<img-lazy data-src=/a.jpg></img-lazy>', PICTURE],
  ['<lazy-image src=/a.jpg><img src=/a.jpg></lazy-image>', PICTURE],
  ['<lazy-image src=/b.jpg><img src=/a.jpg></lazy-image>', PICTURE],
  ['<lazy-image data-src=/a.jpg><img src=data:image/gif;base64,R0lGOD></lazy-image>', PICTURE],
  ['<my-picture><img src=/a.jpg></my-picture>', PICTURE],
  ['<lazy-image src=/a.jpg>渡轮</lazy-image>', `${PICTURE}渡轮`],
  ['<amp-video src=/a.mp4 poster=/p.jpg></amp-video>', VIDEO],
  ['<amp-video><source src=/a.mp4></amp-video>', VIDEO],
  ['<amp-video src=/a.mp4><amp-img placeholder src=/p.jpg></amp-img></amp-video>', VIDEO],
  ['<video-player src=/a.mp4></video-player>', VIDEO],
  ['<amp-audio><source src=/a.mp3></amp-audio>', `[音频](${BASE}a.mp3)`],
  [
    '<amp-iframe src=https://www.youtube.com/embed/a><amp-img placeholder src=/p.jpg></amp-img></amp-iframe>',
    '[YouTube 视频](https://www.youtube.com/embed/a)',
  ],
  // No picture, or not the story's.
  ['<amp-pixel src=https://count.example.org/p.gif></amp-pixel>', ''],
  ['<x-avatar src=/me.jpg></x-avatar>', ''],
  ['<amp-img src=data:image/gif;base64,R0lGOD></amp-img>', ''],
  ['<image-gallery>渡轮</image-gallery>', '渡轮'],
  ['<video-list>渡轮</video-list>', '渡轮'],
])('%s', (html, markdown) => {
  expect(toMarkdown(html, BASE)).toBe(markdown)
  const page = `<html><head><title>题</title></head><body><h1>题</h1><article class="article-body"><p>一段。</p>${html}<p>尾。</p></article></body></html>`
  const reading = readPage({ html: page, url: 'https://www.zaobao.com.sg/realtime/china/story20260103-9700001' })
  const addresses = [...markdown.matchAll(/\/([a-z]\.\w{3})\)/g)].map((match) => match[1]!)
  const body = reading.kind === 'story' ? reading.extract.body.html : ''
  for (const address of addresses) expect(body.split(address), body).toHaveLength(2)
  expect(body.match(/<img/g) ?? []).toHaveLength(markdown.match(/!\[/g)?.length ?? 0)
})

test.each([
  '<amp-img src=/a.jpg>',
  '<amp-img src=/a.jpg></amp-img>',
  '<amp-video src=/a.mp4>文',
  '<x-img src=/a.jpg><img src=/b.jpg></x-img>',
])('many of %s take time in proportion', async (unit) => {
  await expectInProportion(
    (part) => `<p>文</p>${unit.repeat(4800 * part)}`,
    (html) => toMarkdown(html),
  )
})
