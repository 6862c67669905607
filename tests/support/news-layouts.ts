import { type Body, card, escaped, junk, link, many, name, NOT_THE_STORY, p, pick, type Random } from './invented.ts'

/** Bodies as pages of news have them, with what stands among their paragraphs and below them. */

/** The paragraphs with something put in behind each third one. */
function among(paragraphs: readonly string[], make: () => string, wrap = p): string {
  return paragraphs.map((each, index) => wrap(each) + (index % 3 === 1 ? make() : '')).join('\n')
}

const box = (random: Random): string => `<div class="${name(random)}">${card(random)}</div>`
const parted = (paragraphs: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(paragraphs.length / size) }, (_, at) => paragraphs.slice(at * size, (at + 1) * size))

export const NEWS: Record<string, Body> = {
  'a box with another story among paragraphs': ({ paragraphs }, random) => ({
    shown: `<div>${among(paragraphs, () => box(random))}</div>`,
  }),
  'boxes with other stories between parts': ({ paragraphs }, random) => {
    const own = name(random)
    return {
      shown: parted(paragraphs, 2)
        .map((part) => `<div class="${own}">${part.map(p).join('')}</div>`)
        .join(box(random)),
    }
  },
  'advertisements with text among paragraphs': ({ paragraphs }, random) => ({
    shown: `<div>${among(paragraphs, () => `<div class="ad-slot"><span>广告</span><div>${junk(random)}</div></div>`)}</div>`,
  }),
  'a form for a newsletter among paragraphs': ({ paragraphs }, random) => ({
    shown: `<div>${paragraphs.map((each, at) => p(each) + (at === 1 ? `<form><p>${junk(random)}</p><input name="mail"><button>${NOT_THE_STORY}</button></form>` : '')).join('')}</div>`,
  }),
  'a table in the text': ({ paragraphs }) => ({
    shown: `<div>${paragraphs
      .map((each, at) =>
        at === 2
          ? `<table><tr><th>渡口</th><th>班次</th></tr><tr><td>青石</td><td>12</td></tr><tr><td>${escaped(each)}</td><td>8</td></tr></table>`
          : p(each),
      )
      .join('')}</div>`,
  }),
  'pull quotes': ({ paragraphs }, random) => ({
    shown: `<div>${among(paragraphs, () => `<aside class="${name(random)}"><blockquote>${escaped((paragraphs[0] ?? '').slice(4, 20))}</blockquote></aside>`)}</div>`,
  }),
  'figures with captions': ({ paragraphs }, random) => ({
    shown: `<div>${among(paragraphs, () => `<figure><img src="https://cdn.example/${name(random)}.jpg" alt=""><figcaption>镇上的渡口。（受访者提供）</figcaption></figure>`)}</div>`,
  }),
  'who wrote it below the text': ({ paragraphs }, random) => ({
    shown: `<div><div>${paragraphs.map(p).join('')}</div><div class="author-bio"><h4>${NOT_THE_STORY}林甲</h4><p>${junk(random)}</p></div></div>`,
  }),
  'long comments below': ({ paragraphs }, random) => ({
    shown: `<div>${paragraphs.map(p).join('')}</div><section class="comments"><h3>${NOT_THE_STORY}评论</h3>${many(random, 3, 8, () => `<div class="comment-body"><p>${junk(random)}${junk(random)}</p><p>${junk(random)}</p></div>`)}</section>`,
  }),
  'a banner about cookies': ({ paragraphs }, random) => ({
    shown: `<div class="cookie-consent" role="dialog"><p>${NOT_THE_STORY}我们和合作伙伴使用小型文本文件来储存和读取您设备上的信息，以便提供和改进我们的服务。</p><p>${junk(random)}</p><button>${NOT_THE_STORY}接受</button></div><div>${paragraphs.map(p).join('')}</div>`,
  }),
  'the next story below, its headline a link': ({ paragraphs }, random) => ({
    shown: `<div>${paragraphs.map(p).join('')}</div><article><h1>${link(random)}</h1>${many(random, 4, 12, () => `<p>${junk(random)}${junk(random)}</p>`)}</article>`,
  }),
  AMP: ({ paragraphs }, random) => ({
    shown: `<amp-sidebar id="menu"><ul>${many(random, 3, 8, () => `<li>${link(random)}</li>`)}</ul></amp-sidebar><article>${among(paragraphs, () => `<amp-ad width="300" height="250"><div>${NOT_THE_STORY}</div></amp-ad><amp-img src="https://cdn.example/${name(random)}.jpg" width="4" height="3"></amp-img>`)}</article>`,
  }),
  'breaks, and a box with another story': ({ paragraphs }, random) => ({
    shown: `<div class="${name(random)}">${paragraphs.map((each, at) => `${escaped(each)}<br>&nbsp;<br>${at === 2 ? box(random) : ''}`).join('\n')}</div>`,
  }),
  'cards within the article': ({ paragraphs }, random) => ({
    shown: `<article>${paragraphs.map(p).join('')}<div>${many(random, 2, 5, () => `<article>${card(random)}</article>`)}</div></article>`,
  }),
  'entries of a live report': ({ paragraphs }) => ({
    shown: `<div>${parted(paragraphs, 2)
      .map(
        (part, at) =>
          `<article id="e${at}"><h2>现场之${at + 1}</h2><time>1${at}:30</time>${part.map(p).join('')}</article>`,
      )
      .join('')}</div>`,
  }),
  'questions and answers': ({ paragraphs }) => ({
    shown: `<div>${paragraphs.map((each) => `<p><strong>问：为什么？</strong></p>${p(each)}`).join('')}</div>`,
  }),
  'a list as body': ({ paragraphs }) => ({
    shown: `<div>${p(paragraphs[0] ?? '')}<ul>${paragraphs
      .slice(1)
      .map((each) => `<li>${escaped(each)}</li>`)
      .join('')}</ul></div>`,
  }),
  'headings that link to sources': ({ paragraphs }) => ({
    shown: `<div>${among(paragraphs, () => '<h3><a href="https://example.org/data/ferry">渡口的统计数字与来源</a></h3>')}</div>`,
  }),
  'more to read in the middle': ({ paragraphs }, random) => ({
    shown: `<div>${paragraphs.map((each, at) => p(each) + (at === 1 ? `<p>相关报道：</p>${many(random, 2, 4, () => `<p>${link(random)}</p>`)}` : '')).join('')}</div>`,
  }),
  'a box with another story below the headline': ({ paragraphs }, random) => ({
    shown: `${box(random)}<div>${paragraphs.map(p).join('')}</div>`,
  }),
  'who wrote it as a heading with a link': ({ paragraphs }, random) => ({
    shown: `<h3 class="${name(random)}"><a href="/author/lin">林甲</a></h3><div>${paragraphs.map(p).join('')}</div>`,
  }),
  'prose that is hidden': ({ paragraphs }, random) => ({
    shown: `<div>${paragraphs.map(p).join('')}</div><div style="display:none">${many(random, 3, 6, () => `<p>${junk(random)}</p>`)}</div>`,
  }),
  'a wrapper that says it has comments': ({ paragraphs }) => ({
    shown: `<div class="post has-comments"><div>${paragraphs.map(p).join('')}</div></div>`,
  }),
  'prices and share buttons among paragraphs': ({ paragraphs }, random) => ({
    shown: `<div>${among(paragraphs, () => `<ul class="${name(random)}"><li><a href="#f">${NOT_THE_STORY}分享</a></li><li><a href="#w">${NOT_THE_STORY}微信</a></li></ul>`)}</div>`,
  }),
  'paragraphs in spans': ({ paragraphs }, random) => ({
    shown: `<div>${paragraphs.map((each) => `<span class="${name(random)}" style="display:block">${escaped(each)}</span>`).join('<br>')}</div>`,
  }),
  'sections with headings of their own': ({ paragraphs }, random) => {
    const own = name(random)
    return {
      shown: `<div>${parted(paragraphs, 3)
        .map(
          (part, at) =>
            `<section class="${own}"><h2>${pick(random, ['背景', '经过', '反应'])}${at}</h2>${part.map(p).join('')}</section>`,
        )
        .join('')}</div>`,
    }
  },
}
