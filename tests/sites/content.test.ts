import { expect, test } from 'vitest'
import { readContent } from '../../src/sites/index.ts'
import { elementOf } from '../support/body.ts'
import { expectInProportion } from '../support/cost.ts'

const URL_ASKED = 'https://www.zaobao.com/realtime/china/story20200722-1071050'
const FIGURE = (src: string, caption: string) =>
  `<figure><img src="${src}" alt="${caption}">${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>`
const STORE = 'https://www.zaobao.com.sg/sites/default/files'

function clean(html: string): string | null {
  return readContent(html, URL_ASKED)?.body.html.trim() ?? null
}

const CLEANED: Array<[string, string, string | null]> = [
  [
    'an old description: the picture glued in front',
    `<div class="figure-media"><img class="lazyload" data-src="${STORE}/styles/article_large_full/public/images/a.jpg?itok=1" title="图说（社）" alt src="${STORE}/styles/article_large_full/public/images/a.jpg?itok=1" referrerpolicy="no-referrer"></div><figcaption>图说（社）</figcaption><p>甲</p>`,
    `${FIGURE(`${STORE}/styles/article_large_full/public/images/a.jpg?itok=1`, '图说（社）')}<p>甲</p>`,
  ],
  [
    'a new description: figure and body',
    '<figure><img src="//static.zaobao.com/s3fs-public/a.jpg"><figcaption>图说</figcaption></figure><div><p>甲</p></div>',
    `${FIGURE('https://static.zaobao.com/s3fs-public/a.jpg', '图说')}<div><p>甲</p></div>`,
  ],
  [
    'plain text, its paragraphs parted by empty lines',
    '甲甲，\n乙。\n\n  丙&amp;丙。\r\n \r\n丁',
    '<p>甲甲，\n乙。</p>\n<p>丙&amp;丙。</p>\n<p>丁</p>',
  ],
  ['lines that an empty paragraph parts', '甲<p></p>乙<p> </p>', '甲<p></p>乙'],
  ['and within', '<div><b>甲</b>\n<div><br></div>\n乙</div>', '<div><b>甲</b>\n<div><br></div>\n乙</div>'],
  ['empty paragraphs between others', '<p>甲</p><p></p>\n<p>乙</p>', '<p>甲</p>\n<p>乙</p>'],
  ['plain text, a paragraph a line', '甲说：“好。”\n乙。\n丙', '<p>甲说：“好。”</p>\n<p>乙。</p>\n<p>丙</p>'],
  [
    'text with a sub-head, a link and an advertisement, parted by empty lines',
    '<strong>小题</strong>\n\n甲<a href="https://example.org/">乙</a>。\n\n<!-- ad --><div id="dfp-ad-imu1"></div>\n\n丙',
    '<p><strong>小题</strong></p>\n<p>甲<a href="https://example.org/">乙</a>。</p>\n\n<p>丙</p>',
  ],
  [
    'a line that a quotation ends',
    '甲说：“好。”）\n乙问："去？"\n如下：\n丙',
    '<p>甲说：“好。”）</p>\n<p>乙问："去？"</p>\n<p>如下：</p>\n<p>丙</p>',
  ],
  ['plain text on lines that are full', 'One line that was\nbroken.\nTwo', 'One line that was\nbroken.\nTwo'],
  ['an escaped description', '&lt;p&gt;甲&lt;/p&gt;', '<p>甲</p>'],
  [
    'a file name is no caption',
    '<img alt="file7b_Large.jpg" src="/a.jpg"><p>甲</p>',
    `${FIGURE('https://www.zaobao.com/a.jpg', '')}<p>甲</p>`,
  ],
  [
    'words within a sentence stay, whatever their class is called',
    '<p>船期<span class="keywords">与票价</span>都没有改变的<b id="imu">早班船</b>六点。</p>',
    '<p>船期<span class="keywords">与票价</span>都没有改变的<b id="imu">早班船</b>六点。</p>',
  ],
  [
    'a box of keywords and a label of an advertisement behind a sentence go',
    '<p>船期没有改变。<span class="keywords">渡口</span></p><p>甲<span class="adv-tag">广告</span></p>',
    '<p>船期没有改变。</p><p>甲</p>',
  ],
  [
    'a caption in alt',
    '<p>甲</p><div><img src="/a.jpg" alt="图说"></div>',
    `<p>甲</p>${FIGURE('https://www.zaobao.com/a.jpg', '图说')}`,
  ],
  [
    'a caption in data-caption',
    '<p>甲</p><img src="/a.jpg" alt data-caption="图说">',
    `<p>甲</p>${FIGURE('https://www.zaobao.com/a.jpg', '图说')}`,
  ],
  [
    'a picture shown twice, in two sizes',
    `<figure><img src="${STORE}/styles/large/public/a.jpg?x=1"><figcaption>图说</figcaption></figure><p>甲</p><figure><img src="${STORE}/a.jpg"><figcaption>图说</figcaption></figure>`,
    `${FIGURE(`${STORE}/styles/large/public/a.jpg?x=1`, '图说')}<p>甲</p>`,
  ],
  [
    'a picture shown twice under two captions: the words are kept',
    '<figure><img src="/a.jpg"><figcaption>图说一</figcaption></figure><p>甲</p><figure><img src="/a.jpg"><figcaption>图说二</figcaption></figure>',
    `${FIGURE('https://www.zaobao.com/a.jpg', '图说一')}<p>甲</p><p>图说二</p>`,
  ],
  [
    'a placeholder with the picture in a source set',
    '<p>甲</p><img src="data:image/gif;base64,R0lG" srcset="data:image/gif;base64,R0lG 1w" data-srcset="/s.jpg 480w, /l.jpg 1200w">',
    `<p>甲</p>${FIGURE('https://www.zaobao.com/l.jpg', '')}`,
  ],
  [
    'an address mangled by entities',
    '<p>甲</p><img src="/a.jpg?itok=q×tamp=15 1x">',
    `<p>甲</p>${FIGURE('https://www.zaobao.com/a.jpg?itok=q&amp;timestamp=15', '')}`,
  ],
  [
    'default pictures',
    '<p>甲</p><img src="/_web2/assets/social-share.png"><figure><img src="/x/default-img.png"></figure>',
    '<p>甲</p>',
  ],
  [
    'a picture amid words',
    '<p>甲<img src="/i.png" alt="">乙</p>',
    '<p>甲<img src="https://www.zaobao.com/i.png" alt="">乙</p>',
  ],
  [
    'a picture that leads elsewhere',
    '<p>甲</p><a href="https://interactive.zaobao.com/x"><img src="/a.jpg"></a>',
    '<p>甲</p><figure><a href="https://interactive.zaobao.com/x"><img src="https://www.zaobao.com/a.jpg" alt=""></a></figure>',
  ],
  [
    'a picture that leads to itself',
    '<p>甲</p><a href="/a-large.jpg"><img src="/a.jpg"></a>',
    `<p>甲</p>${FIGURE('https://www.zaobao.com/a.jpg', '')}`,
  ],
  [
    'a gallery in a list',
    '<ul><li><figure><img src="/1.jpg"><figcaption>一</figcaption></figure></li><li><figure><img src="/2.jpg"><figcaption>二</figcaption></figure></li></ul><p>甲</p>',
    `${FIGURE('https://www.zaobao.com/1.jpg', '一')}${FIGURE('https://www.zaobao.com/2.jpg', '二')}<p>甲</p>`,
  ],
  [
    'a caption whose picture is gone',
    '<p>甲</p><figure><img src="data:image/gif;base64,R"><figcaption>图说</figcaption></figure>',
    '<p>甲</p><div><p>图说</p></div>',
  ],
  [
    'a frame that loads late',
    '<p>甲</p><iframe data-src="https://omny.fm/e/1"></iframe><iframe></iframe>',
    '<p>甲</p><iframe data-src="https://omny.fm/e/1" src="https://omny.fm/e/1"></iframe>',
  ],
  [
    'a Brightcove player',
    '<p>甲</p><div class="brightcove-container"><video-js data-account="12" data-video-id="34" title="片名"><p>载入</p></video-js></div>',
    '<p>甲</p><div class="brightcove-container"><p><a href="https://players.brightcove.net/12/default_default/index.html?videoId=34">片名</a></p></div>',
  ],
  [
    'a style sheet in CDATA',
    '<p>甲</p><style><![CDATA[ .rss{color:red} ]]></style><script>document.write("<p>乙</p>")</script>',
    '<p>甲</p>',
  ],
  [
    'advertisements by any of their marks',
    '<p>甲</p><div id="dfp-ad-x">乙</div><div data-type="ads-tablet">丙</div><div class="x newshub-container">丁</div>',
    '<p>甲</p>',
  ],
  ['a promotion on its own', '<p>甲</p><p><a href="https://newspost.newslink.sg/1">购买此文章</a></p>', '<p>甲</p>'],
  [
    'a sentence that links to one',
    '<p>他在<a href="https://subscribe.sph.com.sg/x">订阅页</a>上说。</p>',
    '<p>他在<a href="https://subscribe.sph.com.sg/x">订阅页</a>上说。</p>',
  ],
  ['indents and blanks', '<p>　　甲&nbsp;</p><p>&nbsp;</p><p>　</p><p><br></p>', '<p>甲</p>'],
  [
    'words that look like navigation',
    '<p>最新热门</p><p>上一篇</p><p>广告</p>',
    '<p>最新热门</p><p>上一篇</p><p>广告</p>',
  ],
  [
    'related links in the text',
    '<p>延伸阅读：</p><ol><li><a href="/a">甲</a></li></ol>',
    '<p>延伸阅读：</p><ol><li><a href="/a">甲</a></li></ol>',
  ],
  [
    'tables, quotes, heads',
    '<h2>头</h2><table><tbody><tr><td>甲</td></tr></tbody></table><blockquote><p>乙</p></blockquote>',
    '<h2>头</h2><table><tbody><tr><td>甲</td></tr></tbody></table><blockquote><p>乙</p></blockquote>',
  ],
  [
    'pictures that count readers',
    '<p>甲</p><img src="https://b.example.com/p?x" width="1" height="1"><noscript><img height=1 width=1 style="display:none" src="https://b.example.com/tr"></noscript><img src="/p" style="width:1px;height:0">',
    '<p>甲</p>',
  ],
  [
    'the twin of a late picture',
    '<p>甲</p><div class="inline-figure"><div class="figure-media"><img data-src="/a.jpg" alt="x.jpg"><noscript><img src="/a.jpg"></noscript></div><div class="figure-caption">图说</div></div>',
    `<p>甲</p>${FIGURE('https://www.zaobao.com/a.jpg', '图说')}`,
  ],
  [
    'a linked picture with its twin',
    '<p>甲</p><p><a href="/a.jpg"><img data-src="/a.jpg" alt="图说"><noscript><img src="/a.jpg"></noscript></a></p>',
    `<p>甲</p>${FIGURE('https://www.zaobao.com/a.jpg', '图说')}`,
  ],
  [
    'a picture that only stands without scripts',
    '<p>甲</p><figure><img src="data:image/gif;base64,R"><noscript><img src="/a.jpg"></noscript><figcaption>图说</figcaption></figure>',
    `<p>甲</p>${FIGURE('https://www.zaobao.com/a.jpg', '图说')}`,
  ],
  [
    'posts of which the page has the address alone',
    '<p>甲</p><div class="fb-post" data-href="https://www.facebook.com/p/1"></div><blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/1/"></blockquote>',
    '<p>甲</p><div class="fb-post" data-href="https://www.facebook.com/p/1"></div><blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/1/"></blockquote>',
  ],
  [
    'a figure whose text has paragraphs of its own, and no caption by its tag',
    '<figure class="x"><p><img src="/a.jpg"></p><div class="y"><p>图说</p></div></figure><p>甲</p>',
    '<figure><img src="https://www.zaobao.com/a.jpg" alt="图说"><figcaption><div class="y"><p>图说</p></div></figcaption></figure><p>甲</p>',
  ],
  [
    'a figure with more than a caption',
    '<figure><img src="/a.jpg"><h3>小题</h3><p>乙</p></figure><p>甲</p>',
    `<div>${FIGURE('https://www.zaobao.com/a.jpg', '')}<h3>小题</h3><p>乙</p></div><p>甲</p>`,
  ],
  [
    'a caption told by a word of its class',
    '<div><img src="/a.jpg"></div><div class="module-caption">图说</div><p>甲</p>',
    `${FIGURE('https://www.zaobao.com/a.jpg', '图说')}<p>甲</p>`,
  ],
  [
    'a paragraph behind a picture that says it is its caption',
    '<p><img src="/a.jpg"></p><p style="text-align:center">▲图为旧码头（林甲摄）</p><p>图为甲。</p>',
    `${FIGURE('https://www.zaobao.com/a.jpg', '▲图为旧码头（林甲摄）')}<p>图为甲。</p>`,
  ],
  [
    'a paragraph behind a picture that says nothing of the kind',
    '<p><img src="/a.jpg"></p><p>图书馆明年开放，读者说好。</p><p><img src="/b.jpg"></p><p>甲（见图）。</p>',
    `${FIGURE('https://www.zaobao.com/a.jpg', '')}<p>图书馆明年开放，读者说好。</p>${FIGURE('https://www.zaobao.com/b.jpg', '')}<p>甲（见图）。</p>`,
  ],
  [
    'a class that says what it holds, or stands nowhere near a picture',
    '<div class="has-caption"><p>甲</p></div><p class="caption">乙</p><p>丙</p>',
    '<div class="has-caption"><p>甲</p></div><p class="caption">乙</p><p>丙</p>',
  ],
  [
    'a box that a word of its class calls a caption, and that is none',
    `<p><img src="/a.jpg"></p><div class="captions-on"><p>甲</p><p>乙</p></div><p><img src="/b.jpg"></p><section class="tax-credits"><h3>税</h3><p>丙</p></section><p><img src="/c.jpg"></p><div class="story-credits"><p>${'丁'.repeat(401)}</p></div>`,
    `${FIGURE('https://www.zaobao.com/a.jpg', '')}<div class="captions-on"><p>甲</p><p>乙</p></div>${FIGURE('https://www.zaobao.com/b.jpg', '')}<section class="tax-credits"><h3>税</h3><p>丙</p></section>${FIGURE('https://www.zaobao.com/c.jpg', '')}<div class="story-credits"><p>${'丁'.repeat(401)}</p></div>`,
  ],
  [
    'a paragraph of a topic or of a credit card behind a picture',
    '<p><img src="/a.jpg"></p><p class="tag-credit">甲</p><p><img src="/b.jpg"></p><p class="credit-card">乙</p>',
    `${FIGURE('https://www.zaobao.com/a.jpg', '')}<p class="tag-credit">甲</p>${FIGURE('https://www.zaobao.com/b.jpg', '')}<p class="credit-card">乙</p>`,
  ],
  [
    'paragraphs that a sign begins each, and one that leads to the picture',
    '<p><img src="/a.jpg"></p><p>▲甲。</p><p>▲乙。</p><p><img src="/b.jpg"></p><p>丙（见图）</p>',
    `${FIGURE('https://www.zaobao.com/a.jpg', '')}<p>▲甲。</p><p>▲乙。</p>${FIGURE('https://www.zaobao.com/b.jpg', '')}<p>丙（见图）</p>`,
  ],
  [
    'a figure that is not ended',
    '<figure><img src="/a.jpg"><p>甲。</p><p>乙。</p><p>丙。</p>',
    `<div>${FIGURE('https://www.zaobao.com/a.jpg', '')}<p>甲。</p><p>乙。</p><p>丙。</p></div>`,
  ],
  [
    'a caption with its parts marked',
    '<p>甲</p><figure><img src="/a.jpg"><figcaption><span class="caption">图说。</span><span class="credit">（社）</span></figcaption></figure>',
    '<p>甲</p><figure><img src="https://www.zaobao.com/a.jpg" alt="图说。（社）"><figcaption><span class="caption">图说。</span><span class="credit">（社）</span></figcaption></figure>',
  ],
  [
    'a class list over several lines',
    '<p>甲</p><div class="fb-post\n x" data-href="https://www.facebook.com/p/1"></div>',
    '<p>甲</p><div class="fb-post x" data-href="https://www.facebook.com/p/1"></div>',
  ],
  ['only advertisements', '<section id="imu"><div id="dfp-ad-imu1">广告</div></section><p>&nbsp;</p>', null],
  ['nothing', '', null],
]

test.each(CLEANED)('%s', (_, html, expected) => {
  expect(clean(html)).toBe(expected)
})

test('shuffled paragraphs come back in order, those without a number keep their place', () => {
  const shuffled =
    '<p data-s="XYBGE======">一</p><p>不动</p><p data-s="jB2GEZA====">十二</p><section data-s="CVDGQ======"><div class="adv-tag adv" id="dfp-ad-imu1"></div></section><p data-s="3UtGM======">三</p><p data-s="????">坏</p>'
  const read = readContent(shuffled, URL_ASKED)
  expect(Array.from(elementOf(read?.body).querySelectorAll('p'), (p) => p.textContent)).toEqual([
    '一',
    '不动',
    '三',
    '十二',
    '坏',
  ])
  expect(read?.source.indexOf('三')).toBeLessThan(read?.source.indexOf('十二') ?? 0)
})

function cutOff(style: string): string {
  return `<p>甲</p><div class="paywall-message" ${style}>登录</div>`
}

test('a teaser with the box that cuts it off is the subscriber’s', () => {
  expect(readContent(cutOff(''), URL_ASKED)?.access).toBe('subscriber')
  expect(readContent(cutOff('style="display:none"'), URL_ASKED)?.access).toBe('public')
  expect(readContent('<p>此文章为早报订户专享内容</p>', URL_ASKED)?.access).toBe('public')
})

test('spaces in a text without tags take time in proportion', async () => {
  await expectInProportion(
    (part) => `甲${' '.repeat(40_000 * part)}乙\n丙`,
    (html) => clean(html),
  )
})

test('the source is kept as it stands', () => {
  const html = '<p>甲</p><section id="imu"></section>'
  expect(readContent(html, URL_ASKED)?.source).toBe(html)
})
