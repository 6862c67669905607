import { describe, expect, test } from 'vitest'
import { writeBody } from '../../src/core/markdown/index.ts'
import { readPage } from '../../src/sites/index.ts'

/** What a page of no known layout has beside the paragraphs of its story, and what of it is a line of that. */

const URL = 'https://town.example/2026/03/ferry'

interface Words {
  headline: string
  paragraphs: readonly string[]
}

const ZH: Words = {
  headline: '河镇渡船下月起早晚加开四班',
  paragraphs: [
    '河镇码头管理处星期一宣布，渡船下月起早晚各加开两班，票价不变。',
    '管理处说，去年搭渡船的人比前年多了一成，清早的班次常常坐满。',
    '住在对岸的学生说，加开班次之后，他们不必再赶六点的头班船。',
    '管理处会在三个月后检讨，再决定是否把新班次定下来。',
  ],
}
const EN: Words = {
  headline: 'The ferry of River Town will run four more times a day',
  paragraphs: [
    'The harbour office of River Town said on Monday that the ferry will run four more times a day from next month.',
    'It carried a tenth more people last year than the year before, and the first boats of the morning were often full.',
    'Pupils who live across the river said that they need no longer catch the boat that leaves at six in the morning.',
    'The office will look at the figures after three months and decide then whether the new times are to stay.',
  ],
}

interface Parts {
  above?: string
  within?: string
  below?: string
  head?: string
  title?: string
}

function page(
  { headline, paragraphs }: Words,
  { above = '', within = '', below = '', head = '', title }: Parts,
): string {
  const [first = '', second = '', ...others] = paragraphs.map((each) => `<p>${each}</p>`)
  return `<!DOCTYPE html><html><head><title>${title ?? headline}</title><meta property="og:type" content="article">${head}</head><body><header><a href="/">首页</a></header><main><div class="top"><h1>${headline}</h1>${above}</div><div class="text">${first}${second}${within}${others.join('')}${below}</div></main></body></html>`
}

function linesOf(html: string, listed: string | null = null): string[] | string {
  const read = readPage({ html, url: URL, listed })
  return read.kind === 'story' ? writeBody(read.extract.body.blocks).text.split('\n\n') : read.reason
}

describe.each([
  ['zh', ZH, '这是一句放在标题下面的话，不是正文的一段。'],
  ['en', EN, 'This is a sentence that stands below the headline and is no paragraph of the text.'],
] as const)('between the headline and the text (%s)', (_, words, line) => {
  test.each([
    ['a standfirst', `<p class="article__dek">${line}</p>`],
    ['a summary', `<div class="c-summary"><p>${line}</p></div>`],
    ['a second headline', `<h2>${line}</h2>`],
    ['a card of the author', `<div class="author-card"><img src="/a.jpg"><p>${line}</p></div>`],
    ['a caption', `<div class="lead-caption">${line}</div>`],
  ])('%s is not read', (_what, above) => {
    expect(linesOf(page(words, { above }))).toEqual(words.paragraphs)
  })

  test('a paragraph that nothing names is', () => {
    expect(linesOf(page(words, { above: `<div class="lead"><p>${line}</p></div>` }))).toEqual([
      line,
      ...words.paragraphs,
    ])
  })
})

test.each([
  ['a link in brackets', '<p>【<a href="/2026/03/bridge">河镇桥梁四月起封闭维修</a>】</p>'],
  ['who edited it', '<p>責任編輯：林甲</p>'],
  ['who checked it', '<p>校对 / 林甲</p>'],
  ['the headline that it had', '<p>（原标题：渡船加班次）</p>'],
  ['a note of the site', '<p>新浪声明：登载此文出于传递更多消息之目的。</p>'],
  ['a word to go on', '<p>請繼續往下閱讀……</p>'],
  ['an app', '<p>下載「河鎮」App，隨時看新聞。</p>'],
  ['a newsletter', '<p>立即订阅河镇日报电邮简讯，每天早晨送到。</p>'],
  ['stories before', '<p>往期推荐</p>'],
])('%s among the paragraphs is not read', (_, within) => {
  expect(linesOf(page(ZH, { within }))).toEqual(ZH.paragraphs)
})

test('a text that a page shows when it is ready is read, and what it hides beside one is not', () => {
  const held = (style: string, html: string): string =>
    html.replace('<div class="text">', `<div class="text" style="${style}">`)
  const hidden = `<div style="visibility:hidden">${EN.paragraphs.map((each) => `<p>${each}</p>`).join('')}</div>`
  expect(linesOf(held('visibility: hidden; opacity: 0', page(ZH, {})))).toEqual(ZH.paragraphs)
  expect(linesOf(page(ZH, { above: hidden }))).toEqual(ZH.paragraphs)
  expect(linesOf(held('display: none', page(ZH, {})))).not.toEqual(ZH.paragraphs)
})

test('what a page hides beside a story is not read, however short that is', () => {
  const [first = '', ...others] = ZH.paragraphs
  const hidden = `<div style="visibility:hidden">${[...others, ...EN.paragraphs].map((each) => `<p>${each}</p>`).join('')}</div>`
  const short = { ...ZH, paragraphs: [first] }
  expect(linesOf(page(short, { above: hidden }))).toEqual([first])
  expect(linesOf(page(short, { below: hidden }))).toEqual([first])
})

test.each(['https://ferry.example/是渡口的网站，可以在上面购票。', '//@林甲：渡船下月起早晚加开四班。'])(
  'a paragraph in data that begins with an address or its sign is read: %s',
  (begin) => {
    const paragraphs = [begin, ...ZH.paragraphs]
    const state = { title: ZH.headline, blocks: paragraphs.map((text) => ({ type: 'paragraph', model: { text } })) }
    const html = `<!DOCTYPE html><html><head><title>${ZH.headline}</title><meta property="og:type" content="article"></head><body><div id="root"></div><script>window.__STATE__ = ${JSON.stringify({ article: state })}</script></body></html>`
    expect(linesOf(html)).toEqual(paragraphs)
  },
)

test('addresses of pictures in data are no text', () => {
  const sizes = [120, 240, 320, 640, 960, 1280, 1600]
  const photos = Array.from({ length: 9 }, (_, at) => ({
    srcset: sizes.map((size) => `https://cdn.example/photos/${at}/w_${size},c_limit/boat ${size}w`).join(', '),
  }))
  const below = `<script>window.__STATE__ = ${JSON.stringify({ photos })}</script>`
  expect(linesOf(page(ZH, { below }))).toEqual(ZH.paragraphs)
})

const NOTICES = [
  '平台声明：该文观点仅代表作者本人，河镇号系信息发布平台，河镇网仅提供信息存储空间服务。',
  '该文观点仅代表作者本人，河镇平台仅提供信息存储空间服务。',
  '本文系河镇网独家稿件，未经授权，不得转载。',
  '未经正式授权严禁转载本文，侵权必究。',
  '本網站之文字、圖片及影音，非經授權，不得轉載、公開播送或公開傳輸及利用。',
  '此内容为河镇网原创，著作权归河镇网所有。未经河镇网书面授权，不得以任何方式加以使用，包括转载、摘编、复制或建立镜像。',
  '更多精彩资讯请在应用市场下载“河镇网”客户端。欢迎提供新闻线索，二十四小时热线不打烊；消费者也可通过河镇网投诉平台线上投诉。版权声明：本文章版权归属河镇网所有，未经授权不得转载。转载请联系河镇网，不尊重原创的行为我们将追究责任。',
  '★河鎮新聞網提醒您：內容僅供參考，投資人於決策時應審慎評估風險，並就投資之結果自行負責。',
  '※本文由河鎮授權刊登，未經同意不得轉載。',
  '《河鎮新聞網》提醒您：投資理財有賺有賠，本文僅供參考，投資風險自負。',
  '凡本网注明“来源：河镇网”的所有作品，均为本网合法拥有版权的作品，未经本网授权不得转载、摘编或利用其它方式使用上述作品。',
  '市场有风险，投资需谨慎。本文不构成个人投资建议，也未考虑到个别用户特殊的投资目标。',
  '声明：转载此文是出于传递更多信息之目的，若有来源标注错误或侵犯了您的合法权益，请与本网联系，我们将及时更正、删除。',
  'Notice: The content above (including the pictures and videos if any) is uploaded and posted by a user of River Hao, which is a social media platform and only provides information storage services.',
]

test.each(NOTICES)('what a site says of its texts is not read below one: %s', (notice) => {
  const below = `<p>${notice}</p><div>+1</div>`
  expect(linesOf(page(ZH, { within: '', below }))).toEqual(ZH.paragraphs)
  expect(linesOf(page({ ...ZH, paragraphs: [...ZH.paragraphs, notice] }, {}))).toEqual(ZH.paragraphs)
})

test.each(NOTICES)('what is said of texts among paragraphs is a part of the story: %s', (notice) => {
  expect(linesOf(page(ZH, { within: `<p>${notice}</p>` }))).toContain(notice)
})

test.each([
  '法院认定，被告侵犯了原告的著作权，应当删除视频并赔偿三万元。',
  '律师提醒说，未经许可转载他人文章，不得以不知情为由免责。',
  '未经许可不得转载的规定今天在河镇生效，管理处说，违者罚款五百元，全镇一百家店铺都收到了通知，店主们议论纷纷，渡口也贴出了告示，请过河的人都来看一看。',
  '未经批准，船只严禁靠岸，违者罚款五百元。',
  '通知要求，非经许可，居民不得在码头停车，违者拖走。',
  '镇长说，该文不代表镇政府的立场，作者只代表他自己。',
  '他们在门上贴了一张纸：谢绝转载，谢绝参观。',
  '中介公司辩称，它仅提供信息发布服务，不承担责任，法院没有采纳。',
  '银行辩称，宣传册已写明仅供参考，投资风险自负，储户不服。',
])('what a story says of rights and risks is read at its end: %s', (last) => {
  const paragraphs = [...ZH.paragraphs, last]
  expect(linesOf(page({ ...ZH, paragraphs }, {}))).toEqual(paragraphs)
})

test('a paragraph in English that begins as a notice does is read', () => {
  const paragraphs = [
    ...EN.paragraphs,
    'Notice: The content above the door says that the harbour office is closed today.',
  ]
  expect(linesOf(page({ ...EN, paragraphs }, {}))).toEqual(paragraphs)
})

test('a story of notices alone is read', () => {
  const paragraphs = [
    '未经许可不得转载的规定今天在河镇生效，全镇一百家店铺都收到了通知，店主们议论纷纷，渡口也贴出了告示，请过河的人都来看一看，违者罚款五百元，告示将贴到明年春天，届时再由镇民投票决定是否保留。',
  ]
  expect(linesOf(page({ ...ZH, paragraphs }, {}))).toEqual(paragraphs)
})

test.each([
  '初审：通过 复审：驳回',
  '一审：有罪 二审：无罪',
  '终审：无罪',
  '美编 林小甲 的一天',
  '编审 林小甲 去世',
  '排版：一个行当',
  '我的编辑：老王',
  '新闻记者 | 一种职业',
  '明天再来。返回河镇，查看更多',
])('a line that begins as a foot does is read: %s', (last) => {
  const paragraphs = [...ZH.paragraphs, last]
  expect(linesOf(page({ ...ZH, paragraphs }, {}))).toEqual(paragraphs)
})

test('who checked what a story tells of is read among its paragraphs, and in lists', () => {
  const names = ['监制：林小甲', '审核：王小明', '美编：李大华']
  const lines = (tag: string): string => names.map((each) => `<${tag}>${each}</${tag}>`).join('')
  const [first = '', second = '', ...others] = ZH.paragraphs
  expect(linesOf(page(ZH, { within: lines('p') }))).toEqual([first, second, ...names, ...others])
  expect(String(linesOf(page(ZH, { below: `<ul>${lines('li')}</ul>` })))).toContain(names[0])
})

const FEET = [
  '打开全文',
  '点击查看更多',
  '阅读原文',
  '打开APP阅读全文',
  '返回河镇，查看更多',
  '编辑 林甲',
  '校对　林甲',
  '图片编辑：林甲',
  '值班编辑：林甲',
  '初审：林甲 复审：王小明 终审：李大华',
  '审核：林甲',
  '二审：林甲',
  '记者：林甲　责编：王小明　网编：李大华',
  '（文章来源：河镇财经）',
  '监制丨林甲',
  '美编：林甲；校对：王小明',
  '一审丨林甲 二审丨王小明',
  '作者：林甲 编辑：王小明',
  '河镇新闻编辑 | 林甲',
  '河镇新闻记者 | 林甲 王小明',
]

test('a foot is not read in a table that holds all of a story', () => {
  const rows = [...ZH.paragraphs, '图片编辑：林甲'].join('<br><br>')
  const html = page({ ...ZH, paragraphs: [] }, { within: `<table><tr><td>${rows}</td></tr></table>` })
  expect(linesOf(html)).toEqual(ZH.paragraphs)
})

test.each(FEET)('a foot is not read: %s', (foot) => {
  expect(linesOf(page({ ...ZH, paragraphs: [...ZH.paragraphs, foot] }, {}))).toEqual(ZH.paragraphs)
})

test.each(['二审：维持原判', '编辑 部的故事', '审核：三个月后有结果'])('a part’s heading is: %s', (heading) => {
  expect(linesOf(page(ZH, { within: `<h3>${heading}</h3>` }))).toContain(heading)
})

test('who reports is not read below the caption with which a text begins', () => {
  const [first = '', ...others] = ZH.paragraphs
  const paragraphs = [`▲${first}`, '記者林甲／河鎮報導', ...others]
  expect(linesOf(page({ ...ZH, paragraphs }, {}))).toEqual([`▲${first}`, ...others])
})

const SAID_OF_PAGE = 'Get the news of the river free each morning, and tell others of it.'

test.each([
  ['tools', `<div class="story_tools"><h4>Story Tools</h4><p>${SAID_OF_PAGE}</p></div>`],
  ['tools, by a name with capitals', `<div id="storyTools"><h4>Story Tools</h4><p>${SAID_OF_PAGE}</p></div>`],
  ['a name that begins so', `<div class="relatedItems x1"><p>${SAID_OF_PAGE}</p></div>`],
  [
    'who wrote it',
    '<div class="postByline"><p>By Lin Mu, who has lived at the harbour since she was a child.</p></div>',
  ],
  ['letters', `<div class="dl-signup-article"><b>${SAID_OF_PAGE}</b></div>`],
])('what boxes say is theirs is not read: %s', (_, box) => {
  for (const place of ['above', 'below'] as const) expect(linesOf(page(EN, { [place]: box }))).toEqual(EN.paragraphs)
})

test('when it was published is not read below the standfirst either', () => {
  const above = `<hgroup><p><b>${SAID_OF_PAGE}</b></p><span>posted on November 10, 2021, at 3:37 p.m.</span></hgroup>`
  expect(linesOf(page(EN, { above }))).toEqual([SAID_OF_PAGE, ...EN.paragraphs])
})

test('days that head the parts of a text are read, the first of them too', () => {
  const days = EN.paragraphs.map((each, at) => `<div>${at + 1} May 1962</div><p>${each}</p>`).join('')
  const lines = EN.paragraphs.flatMap((each, at) => [`${at + 1} May 1962`, each])
  const html = (above: string) =>
    `<title>${EN.headline}</title><h1>${EN.headline}</h1><article>${above}${days}</article>`
  expect(linesOf(html(''))).toEqual(lines)
  expect(linesOf(html(`<p>${SAID_OF_PAGE}</p>`))).toEqual([SAID_OF_PAGE, ...lines])
})

test('who wrote it and when is not read as a sentence', () => {
  const above =
    '<small>by <a href="/a">Lin Mu</a> at November 10, 2021 3:37 pm. Updated at November 10, 2021 4:20 pm.</small>'
  expect(linesOf(page(EN, { above }))).toEqual(EN.paragraphs)
})

test.each(['tools', 'garden-tools', 'toolsReview', 'popularScience', 'socialDemocrats', 'storyRelatedText'])(
  'a part of the text is read though its name may be that of a box beside it: %s',
  (name) => {
    const [first = '', second = '', ...others] = EN.paragraphs.map((each) => `<p>${each}</p>`)
    const part = `<div class="${name}"><p>${SAID_OF_PAGE}</p><p>${SAID_OF_PAGE.replace('free', 'cheap')}</p></div>`
    const html = `<title>${EN.headline}</title><h1>${EN.headline}</h1><article>${first}${second}${part}${others.join('')}</article>`
    expect(linesOf(html)).toContain(SAID_OF_PAGE)
  },
)

test('a figure that shows nothing is a button', () => {
  const button = '<figure class="able"><a href="#up"><div>&nbsp;</div></a><div>861</div><div>Thanks</div></figure>'
  for (const place of ['within', 'below'] as const)
    expect(linesOf(page(EN, { [place]: button }))).toEqual(EN.paragraphs)
  const captioned = '<figure data-src="/a.jpg"><a href="#a"></a><figcaption>The ferry</figcaption></figure>'
  const number = '<figure><div>89,000</div><div>people a day</div></figure>'
  expect(linesOf(page(EN, { within: captioned }))).toContain('The ferry')
  expect(linesOf(page(EN, { within: number }))).toContain('89,000')
})

test('a name with capitals that is no word for such a box is none', () => {
  const within = `<div class="storyRelatedness css-9Tools stools"><p>${SAID_OF_PAGE}</p></div>`
  expect(linesOf(page(EN, { within }))).toContain(SAID_OF_PAGE)
})

test.each([
  '浏览量：1,204',
  '阅读 1.2万 次',
  '3 204次浏览',
  '点击率: 88',
  'You are visitor 10,331',
  'Visitor number: 7',
  'Views: 12',
  '1.3k views',
  '1,024 回閲覧',
  '本文已被阅读 1204 次',
  '已有 1,204 人阅读',
  '本站累计访问人数：88',
  'This page has been viewed 1,204 times.',
  'Read 88 times',
])('how often a page was seen is not read, wherever it stands: %s', (line) => {
  expect(linesOf(page(ZH, { within: `<p>${line}</p>`, below: `<p>${line}</p>` }))).toEqual(ZH.paragraphs)
})

test.each([
  '浏览量：1,204，比上月多一成。',
  '阅读 12 本书。',
  '3 visitors came by boat.',
  '2046',
  '本站已有 88 人。',
  'Read 88 pages',
])('a line that says more, or nothing of that, is: %s', (line) => {
  expect(linesOf(page(ZH, { within: `<p>${line}</p>` }))).toContain(line)
})

test.each([
  '广告业者说，渡船上的广告收入下月起会多一成左右。',
  '订阅户在河镇只有三百，比去年少了一成。',
  '下载量在一个月里翻了一番，管理处说没有想到。',
  '点击率高的是早班船的时刻表，不是票价。',
])('a sentence that begins as a notice does is one: %s', (line) => {
  expect(linesOf(page(ZH, { within: `<p>${line}</p>` }))).toContain(line)
})

test.each(['Subscribers of the harbour list told the paper that they had known of it for weeks.'])(
  'and in English: %s',
  (line) => {
    expect(linesOf(page(EN, { within: `<p>${line}</p>` }))).toContain(line)
  },
)

test.each([
  [ZH, ['河镇码头管理处', '2026年3月12日']],
  [EN, ['For the harbour office: Lin Jia', 'River Town, in March']],
] as const)('who signs a text in paragraphs like its own is part of it', (words, signed) => {
  const below = signed.map((each) => `<p>${each}</p>`).join('')
  expect(linesOf(page(words, { below }))).toEqual([...words.paragraphs, ...signed])
  expect(linesOf(page(words, { below: `<div class="end">${signed[0]}</div>` }))).toEqual(words.paragraphs)
})

test('what stands behind a low line in the title is no part of a headline that is no heading', () => {
  const title = `${ZH.headline}_本地_新闻中心_河镇网`
  const html = page(ZH, { title }).replace(/<h1>(.*?)<\/h1>/, '<span class="t"><b><!-- x -->$1<!-- x --></b></span>')
  const read = readPage({ html, url: URL })
  expect(read.kind === 'story' && read.extract.title).toBe(ZH.headline)
})

test('the name of a site that nobody knows is no part of a headline', () => {
  for (const title of [`${ZH.headline}_河镇网`, `${ZH.headline} - 河镇网 - 本地`, `${ZH.headline}｜河镇网`]) {
    const read = readPage({ html: page(ZH, { title }), url: URL })
    expect(read.kind === 'story' ? read.extract.title : read).toBe(ZH.headline)
  }
})

const VERSES = Array.from({ length: 14 }, (_, at) => `河上第${'一二三四五六七八九十甲乙丙丁'[at]}阵风吹过渡口`)
const CAPTIONS = Array.from({ length: 5 }, (_, at) => `${'甲乙丙丁戊'[at]}号渡船在清晨离开河镇码头，船上坐满了人`)

test.each<readonly [string, string, readonly string[]]>([
  ['of one sentence', `<p>${ZH.paragraphs[0]}</p>`, [ZH.paragraphs[0]!]],
  [
    'of three short lines',
    ZH.paragraphs
      .slice(0, 3)
      .map((each) => `<p>${each}</p>`)
      .join(''),
    ZH.paragraphs.slice(0, 3),
  ],
  ['that are verses', `<p>${VERSES.join('<br>')}</p>`, [VERSES.join('\n')]],
  [
    'of pictures and what is said of them',
    CAPTIONS.map((each, at) => `<figure><img src="/${at}.jpg"><figcaption>${each}</figcaption></figure>`).join(''),
    CAPTIONS,
  ],
])('a story %s', (_, body, lines) => {
  const html = page({ ...ZH, paragraphs: [] }, { within: body })
  expect(linesOf(html)).toEqual(lines)
})

test.each([
  ['a notice', '请打开浏览器的脚本功能，再重新载入这个网页。'],
  ['a text that goes on elsewhere', '河镇码头管理处星期一宣布，渡船下月起早晚各加开……'],
  ['a label', '河镇渡船'],
])('%s below a headline is no story', (_, line) => {
  const html = page({ ...ZH, paragraphs: [] }, { within: `<p>${line}</p>` })
  expect(linesOf(html)).toBe('unclaimed')
})

test('a long paragraph below its headline is a story, whatever the page does not say of itself', () => {
  const long = ZH.paragraphs.join('')
  const html = page({ ...ZH, paragraphs: [] }, { within: long }).replace(/<meta[^>]*>/, '')
  expect(linesOf(html)).toEqual([long])
  expect(linesOf(html.replaceAll(ZH.headline, '关于河镇网'))).toBe('unclaimed')
})

test('a page names its story in the terms of Dublin Core, too', () => {
  const url = 'https://www.bbc.com/zhongwen/simp/chinese_news/2012/12/121210_river_ferry.shtml'
  const html = page(ZH, { head: `<meta name="dc.identifier" content="${url}">` }).replace(/<meta property[^>]*>/, '')
  expect(readPage({ html, url }).kind).toBe('story')
})

test.each([
  [
    'whose a quotation is',
    '<blockquote><p>We are glad of the boats.</p><footer>— <cite>Lin Jia, boatman</cite></footer></blockquote>',
    ['We are glad of the boats.', '— Lin Jia, boatman'],
  ],
  [
    'what a tab shows',
    '<div role="tabpanel" hidden><p>Last year ninety thousand people went by the boat, the office said.</p></div>',
    ['Last year ninety thousand people went by the boat, the office said.'],
  ],
  [
    'a document to read',
    '<p><a href="/files/report.pdf">The report of the office</a></p>',
    ['The report of the office'],
  ],
])('%s is part of the text', (_, within, lines) => {
  const [first, second, ...others] = EN.paragraphs
  expect(linesOf(page(EN, { within }))).toEqual([first, second, ...lines, ...others])
})

const linked = (text: string, attributes = ''): string =>
  `<p${attributes}><a href="/2026/02/${text.length}">${text}</a></p>`

describe('a paragraph that is a link as a whole', () => {
  test.each<[string, Words, string, string[]]>([
    ['a sentence', ZH, linked('管理处否认了这个说法。'), ['管理处否认了这个说法。']],
    [
      'a sentence below a heading',
      ZH,
      `<h2>说法</h2>${linked('管理处否认了这个说法。')}`,
      ['说法', '管理处否认了这个说法。'],
    ],
    [
      'two sentences, one behind the other',
      ZH,
      linked('渡船去年亏了三十万元。') + linked('镇里随后同意补贴一半。'),
      ['渡船去年亏了三十万元。', '镇里随后同意补贴一半。'],
    ],
    ['in bold', ZH, '<p><strong><a href="/a">声明全文已经刊登出来。</a></strong></p>', ['声明全文已经刊登出来。']],
    [
      'a quotation',
      ZH,
      linked('“我们等这一天已经等了很久，现在可以放心坐船回家了。”'),
      ['“我们等这一天已经等了很久，现在可以放心坐船回家了。”'],
    ],
    ['a petition', ZH, linked('请愿书上周交到了管理处。'), ['请愿书上周交到了管理处。']],
    ['what others join', ZH, linked('对岸三个村的村长都支持这个办法。'), ['对岸三个村的村长都支持这个办法。']],
    ['a sentence', EN, linked('The office denied the claim.'), ['The office denied the claim.']],
    ['a sentence of a land', EN, linked('A US firm denied the claim.'), ['A US firm denied the claim.']],
    [
      'a sentence below a heading',
      EN,
      `<h2>The claim</h2>${linked('The office denied the claim.')}`,
      ['The claim', 'The office denied the claim.'],
    ],
  ])('is part of the story: %s', (_, words, within, lines) => {
    const [first, second, ...others] = words.paragraphs
    expect(linesOf(page(words, { within }))).toEqual([first, second, ...lines, ...others])
  })

  test.each<[string, Words, string]>([
    ['a headline', ZH, linked('渡船加开首日人潮拥挤 候船超过一小时')],
    ['an invitation', ZH, linked('欢迎关注我们的微信公众号。')],
    ['another', ZH, linked('加入我们的电报群，第一时间知道河镇的事。')],
    ['a question', ZH, linked('年轻人为什么不再愿意留在山里的小镇工作和生活，专家怎么看？')],
    ['a headline that quotes', ZH, linked('镇长：“我们不会再让渡船停下来”')],
    ['of a class of its own', ZH, linked('河镇公布新的公交路线。', ' class="inline-link"')],
    ['in a box', ZH, `<div>${linked('河镇公布新的公交路线。')}</div>`],
    ['a headline', EN, linked('Crowds on the first day of the early ferry as queues reach one hour')],
    ['a headline that ends with a name', EN, linked('River Town sells its old ferry to the U.S.')],
    ['a question', EN, linked('Why do young people no longer want to live and work in the small towns of the hills?')],
    ['an invitation', EN, linked('Join our channel for news of the river.')],
    ['another', EN, linked('Please support our work with a donation today.')],
    ['a headline that is cut off', EN, linked('River Town sets out its new bus...')],
    ['in capitals', EN, linked('WATCH THE FIRST EARLY FERRY LEAVE.')],
    ['a word to readers', ZH, linked('欢迎关注我们的微信公众号。')],
    ['a word to readers', EN, linked('Join our WhatsApp channel for updates.')],
    ['a word to a reader', EN, linked('You can read the full report here.')],
    ['of a class of its own', EN, linked('River Town sets out its new bus routes.', ' class="story-link"')],
  ])('is none: %s', (_, words, within) => {
    expect(linesOf(page(words, { within }))).toEqual(words.paragraphs)
  })

  test('of three of one form none is', () => {
    const [first, second, ...others] = [
      'River Town sets out its new bus routes.',
      'The county hospital moves to a new site.',
      'The first bookshop of the hills opens soon.',
    ].map((text) => linked(text))
    const [one, two, ...rest] = EN.paragraphs
    const paragraphs = [one!, `${two!}</p>${first}<p>${rest[0]!}`, ...rest.slice(1)]
    expect(
      linesOf(page({ ...EN, paragraphs }, { within: second!, below: `${others.join('')}<p>${one!}</p>` })),
    ).toEqual([...EN.paragraphs, one])
  })
})

describe.each([
  ['zh', ZH, '延伸阅读：'],
  ['en', EN, 'Related stories:'],
] as const)('behind a list of other stories within the text (%s)', (_, { headline, paragraphs }, label) => {
  const links = ['bridge', 'harbour'].map((name, at) => `<a href="/2026/02/${name}">${headline}${at}</a>`)
  const names = ['bridge', 'harbour'].map((name) => `<li><a href="/2026/02/${name}">${name}</a></li>`)
  const list = `<ul>${links.map((link) => `<li>${link}</li>`).join('')}</ul>`
  const lines = links.map((link) => `<p>${link}</p>`).join('')
  const [one = '', two = '', last = ''] = paragraphs

  test.each([
    ['a list', `<p>${label}</p>${list}`],
    ['a list of names', `<p>${label}</p><ol>${names.join('')}</ol>`],
    ['a list below a heading', `<h3>${label}</h3>${list}`],
    ['lines', `<p>${label}</p>${lines}`],
  ])('the last paragraph is read: %s', (_what, within) => {
    expect(linesOf(page({ headline, paragraphs: [one, two, last] }, { within }))).toEqual([one, two, last])
  })

  test('what else the story has behind a list is read up to its last paragraph', () => {
    const table = '<table><tr><th>船</th><td>8</td></tr></table>'
    const within = `<p>${label}</p><ol>${names.join('')}</ol><h3>河镇</h3>${table}`
    const read = linesOf(page({ headline, paragraphs: [one, two, last] }, { within }))
    expect(read).toEqual([one, two, '河镇', '船\t8', last])
  })

  test.each([1, 2])('teasers below links are not: %i', (count) => {
    const cards = links.slice(0, count).map((link) => `<p>${link}</p><p>${two}</p>`)
    const below = `<h3>${label}</h3>${cards.join('')}`
    expect(linesOf(page({ headline, paragraphs: [one, last] }, { below }))).toEqual([one, last])
  })
})
