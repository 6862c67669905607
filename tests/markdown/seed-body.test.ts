import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseHtml } from '../../src/core/html/html.ts'
import { seedBody } from '../../src/core/markdown/seed-body.ts'
import { html } from './arbitrary-html.ts'

describe('the form of the seed', () => {
  test.each([
    ['lines are trimmed and joined', '<p>一</p>\n   <p>二\n三</p>', '<p>一</p><p>二三</p>'],
    [
      'bytes that need no change stay',
      '<img alt src="a.jpg" style="width:100%;">',
      '<img alt src="a.jpg" style="width:100%;">',
    ],
    ['scripts and handlers go', '<p onclick="x()">一<script>x</script></p>', '<p>一</p>'],
    ['addresses that run go', '<a href="java&#9;script:x">一</a>', '<a>一</a>'],
    ['frames and objects go', '<iframe srcdoc="<p>"></iframe><object data="x"></object>一', '一'],
    ['styles that run go', '<p style="width:expression(1)">一</p>', '<p>一</p>'],
    ['Liquid is literal', '{{ a }}{% b %}', '&#123;{ a }}&#123;% b %}'],
    ['tags balance', '</div><div>一', '<div>一</div>'],
    ['other markup goes', '<!-- a --><svg><style><img src=x onerror=1></style></svg>一', '一'],
    ['a counter goes', '<iframe src="https://www.googletagmanager.com/ns.html" height="0"></iframe>一', '一'],
    [
      'a frame is a link',
      '<iframe src="https://www.youtube.com/embed/abcdefg?a=1&amp;b=2" title="“渡口”"></iframe>',
      '<a href="https://www.youtube.com/watch?v=abcdefg">YouTube 视频：“渡口”</a>',
    ],
    [
      'one that waits for a script too',
      '<iframe src="about:blank" data-cookieblock-src=" //player.example.org/a " aria-label="渡口"></iframe>',
      '<a href="https://player.example.org/a">嵌入内容：渡口</a>',
    ],
    ['a frame of a pixel goes', '<iframe src="https://count.example.org/a" width=100 height="1px"></iframe>一', '一'],
    [
      'addresses of a set that run or hold data go with it',
      '<img srcset="/a.jpg, javascript:x 2x"><img srcset="/a.jpg,data:x"><img srcset="/a.jpg 1x, /b.jpg 2x">',
      '<img><img><img srcset="/a.jpg 1x, /b.jpg 2x">',
    ],
    [
      'what a parser might read otherwise is quoted anew',
      `<p title="a<b" onclick=x>一</p><p title=a"b>二</p><p title='a"b' is=x>三</p>`,
      '<p title="a&lt;b">一</p><p title="a&quot;b">二</p><p title="a&quot;b">三</p>',
    ],
    ['templates in templates go', '<template><template>一</template>二</template>三', '三'],
    ['a tag that never ends is text', '<p>一<b 二', '<p>一&lt;b 二'],
    ['a custom picture is one', '<amp-img src="/a.jpg" onload="x()"></amp-img>', '<img src="/a.jpg">'],
    ['once', '<lazy-image src="/a.jpg"><img src="/a.jpg"></lazy-image>', '<img src="/a.jpg">'],
    ['and without its twin', '<amp-img src=/a.jpg><noscript><img src=/a.jpg></noscript></amp-img>', '<img src=/a.jpg>'],
    ['a custom player too', '<amp-video src="/a.mp4"><p>一</p></amp-video>', '<video src="/a.mp4"></video><p>一</p>'],
    ['any other custom element is its words', '<x-video-list>一</x-video-list>', '一'],
  ])('%s', (_, source, body) => {
    expect(seedBody(source)).toBe(body)
  })

  test('is the same when done again, and runs nothing', () => {
    fc.assert(
      fc.property(html, (source) => {
        const body = seedBody(source)
        expect(seedBody(body)).toBe(body)
        expect(body).not.toContain('\n')
        expect(parseHtml(body).getElementsByTagName('script').length).toBe(0)
      }),
      { numRuns: 400 },
    )
  })
})
