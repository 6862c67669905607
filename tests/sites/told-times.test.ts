import { expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { HEADLINE, PARAGRAPHS } from '../support/invented.ts'

/** When pages of papers that nobody knows say that their stories were published. */

const URL_ASKED = 'https://town.example/news/ferry'
const TEXT = PARAGRAPHS.map((each) => `<p>${each}</p>`).join('')

function told({
  head = '',
  top = '',
  shown = '',
  text = TEXT,
  below = '',
  url = URL_ASKED,
}): [string | null, string | undefined] {
  const html = `<!DOCTYPE html><html lang="en"><head><title>${HEADLINE}</title>${head}</head><body>${top}<h1>${HEADLINE}</h1>${shown}<div>${text}</div>${below}</body></html>`
  const read = readPage({ html, url })
  if (read.kind !== 'story') throw new Error(read.reason)
  return [read.extract.published, read.extract.day]
}

const ISO = '2021-11-10T15:37:00+08:00'

/** Times with a clock that are not the page's. */
const OTHERS =
  '<ul><li><a href="/a">x</a> <time datetime="2019-01-02T10:00:00Z">x</time></li><li><a href="/b">x</a> <time datetime="2019-01-03T10:00:00Z">x</time></li></ul>'

const CAMBRIAN = { '@context': 'https://ziyuan.baidu.com/contexts/cambrian.jsonld', '@id': URL_ASKED, appid: '1' }
const forBaidu = (data: object): string =>
  `<script type="application/ld+json">${JSON.stringify({ ...CAMBRIAN, ...data })}</script>`

test.each<[string, Parameters<typeof told>[0]]>([
  ['data for Baidu', { head: forBaidu({ title: HEADLINE, pubDate: '2021-11-10T15:37:00' }) }],
  [
    'a line two above the headline, its day in parts',
    {
      top: '<div><span><em>2021</em></span> <span><em>11</em>/<em>10</em></span> <span>15:37:00</span></div><div>来源：河镇网</div>',
    },
  ],
  [
    'a line with a label below the text',
    { below: '<div>发布日期：2021-11-10 15:37:00&nbsp;&nbsp;所属分类：头条</div>' },
  ],
  [
    'a line with a label below the text, in Taiwan',
    { below: '<ul><li>发布</li><li>發佈於 2021-11-10 15:37</li></ul>' },
  ],
  [
    'a line with other things below a standfirst that counts as text',
    {
      shown: `<p>${PARAGRAPHS[1]}</p><p><a href="/u">林甲</a><i>·</i><i>2021/11/10 15:37</i> <i>浏览 12.3w</i><i>来源：河镇报</i></p>`,
    },
  ],
  ['a script', { below: "<script>var appid = '12'; var publishdate = '2021-11-10 15:37:00';</script>" }],
  ['a script, by its seconds', { top: '<script>\nvar createTime = 1636529820\n</script>' }],
  ['<meta> of Dublin Core', { head: `<meta name="DCTERMS.created" content="${ISO}">` }],
  ['<meta> of a newspaper’s counter', { head: `<meta name="parsely-pub-date" content="${ISO}">` }],
  ['<meta> of Chinese portals', { head: '<meta name="apub:time" content="2021-11-10 15:37:00">' }],
  ['microdata', { shown: `<span itemprop="datePublished" content="${ISO}">2 hours ago</span>` }],
  [
    'microdata about a <time>',
    { shown: `<span itemprop="datePublished"><time datetime="${ISO}">Wednesday</time></span>` },
  ],
  ['RDFa', { shown: `<span property="dc:date dc:created" content="${ISO}">Wednesday</span>` }],
  ['microdata below the text', { below: `<meta itemprop="datePublished" content="${ISO}">` }],
  ['a line above comments', { shown: '2021-11-10 15:37', below: '<p><abbr title="2021-12-01T10:00:00Z">x</abbr></p>' }],
  [
    'a line, of a page that lists other stories',
    { shown: '2021-11-10 15:37', below: '<p itemprop="datePublished" content="2020-01-01T10:00:00Z">x</p>' },
  ],
  [
    'a line, of a page whose head names another of some kind',
    { head: '<meta name="dc.date" content="2026-11-29T10:00:00Z">', shown: '<p>2021-11-10 15:37</p>' },
  ],
  [
    'microdata, twice, above a text that begins in bold',
    {
      shown: `<i itemprop="datePublished" content="${ISO}">Wed</i><b itemprop="datePublished" content="${ISO}">10th</b>`,
      text: TEXT.replace(/<p>(..)/, '<p><b>$1</b>'),
    },
  ],
  [
    'a <meta>, of a page with times of other stories and of comments',
    { head: `<meta property="article:published_time" content="${ISO}">`, top: OTHERS, below: OTHERS },
  ],
  ['a line, of a page with times of other stories', { shown: '<p>2021-11-10 15:37</p>', top: OTHERS, below: OTHERS }],
  [
    '<time>, of a page with that of another story above',
    { top: '<time datetime="2019-01-02T10:00:00Z">x</time>', shown: `<time datetime="${ISO}">Wednesday</time>` },
  ],
  ['<time> nearest above the headline', { top: `${OTHERS}<time datetime="${ISO}">Wednesday</time>` }],
  [
    'a line above a text that begins in bold',
    { shown: '<p>2021-11-10 15:37</p>', text: TEXT.replace(/^<p>(..)/, '<p><b>$1</b>') },
  ],
  [
    'a line behind that of an update',
    { shown: '<p>Updated 12 November 2021, 10:00</p><p>Published 10 November 2021, 15:37</p>' },
  ],
  [
    '<time> behind that of an update',
    {
      shown: `Updated <time datetime="2021-11-12T10:00:00Z">12 Nov</time> Published <time datetime="${ISO}">10 Nov</time>`,
    },
  ],
  ['an abbreviation', { shown: `<cite>The Mud Post <abbr title="2021-11-10T07:37:00Z">2 hours ago</abbr></cite>` }],
  [
    '<time> of a page that only a DOM tells',
    { shown: `<time datetime="${ISO}">Wed</time>`, below: `<table><tr><p>${OTHERS}<time>x<table></time></table>` },
  ],
  [
    '<time>, of a text in a shadow root',
    { shown: `<time datetime="${ISO}">Wed</time>`, text: `<template shadowrootmode="open">${TEXT}</template>` },
  ],
  ['<time> below the text', { below: `<footer><time datetime="${ISO}">Wednesday</time></footer>` }],
  [
    '<time> below the first paragraph',
    { text: TEXT.replace('</p>', `</p><time datetime="${ISO}">x</time>`), below: `<aside>${OTHERS}</aside>` },
  ],
  ['a line above the headline said again', { shown: `<p>2021-11-10 15:37</p><p class="print">${HEADLINE}</p>` }],
  ['a line above the headline', { top: '<p>News</p><p class="date">10 November 2021, 15:37</p>' }],
  [
    'a line above the headline, behind the rubric',
    { top: '<div><a href="javascript:;">A</a> <i>Harbour</i> <span>November 10, 2021, 3:37PM SGT</span></div><div>' },
  ],
  ...[
    'By Lin Mu | November 10, 2021 15:37',
    '发布时间：2021-11-10 15:37',
    '2021-11-10 15:37 来源：河镇报',
    '2021年11月10日 星期三 15:37',
    'Mittwoch, 10. November 2021, 15:37 Uhr',
    'mercredi 10 novembre 2021 à 15h37',
    'Aggiornato 2021-11-12 10:00 - Pubblicato 2021-11-10 15:37',
    '<b>Harbour</b><i>10 November 2021, 15:37</i>',
    '<i class="fa fa-clock"></i> 10 November 2021, 15:37',
  ].map((line): [string, Parameters<typeof told>[0]] => [
    `a line above the headline: ${line}`,
    { top: `<p>News</p><p>${line}</p>` },
  ]),
  [
    'a line above the headline, by its attribute',
    { top: '<span data-local-epoch-time="1636529820">Wednesday, 2:37 AM in New York</span>' },
  ],
  [
    'the attribute of a line whose clock has no zone',
    { shown: '<ul><li title="2021-11-10T18:37:00+11:00"><b>November 10, 2021</b> <b>6:37PM</b></li></ul>' },
  ],
  [
    'an attribute, of a line that is an update',
    {
      shown: '<i class="modified" data-time="1636702800">12 Nov</i><i data-publishtime="1636529820000">2 hours ago</i>',
    },
  ],
  [
    'a line below the standfirst',
    {
      shown: `<hgroup><p><b>${PARAGRAPHS[1]}</b></p><span>posted on November 10, 2021, at 3:37 p.m.</span></hgroup>`,
    },
  ],
  ['<meta> that does not say what it is', { head: '<meta content="2021-11-10T15:37:00" name="date">' }],
  ['a line that names pictures behind it', { shown: '<p>10 November 2021, 15:37 – Photos: 12</p>' }],
  ['<meta> of a broadcaster', { head: '<meta name="published" content="Wed Nov 10 02:37:00 EST 2021">' }],
  ['microdata by its value', { head: '<meta itemprop="datePublished" value="2021-11-10 15:37:00.0">' }],
  [
    'the attribute of a line that begins with who wrote it',
    {
      shown:
        '<h5 title="2021-11-10T07:37:00Z"><b>By LIN MU and LIN JIA, The River Press, with others at the harbour</b> | <b>November 10, 2021</b> | <b>Updated: November 10, 2021 2:37am</b></h5>',
    },
  ],
  [
    'a line, of a page whose list states those of other stories, by the day in its address',
    {
      url: 'https://town.example/2021/11/10/ferry/',
      top: '<ul><li><a href="/a">x</a> <meta itemprop="datePublished" content="2020-06-16T01:20:48Z"></li></ul>',
      shown: '<p>10 November 2021, 15:37</p>',
    },
  ],
  [
    'a line with its zone, which microdata leave out',
    {
      head: '<meta itemprop="datePublished" value="2021-11-10 02:37:00.0">',
      top:
        '<ul><li><a href="/c">Boats</a></li><li class="dateStamp">November 10, 2021, 2:37 a.m. ET</li></ul><!--' +
        ' x'.repeat(5000) +
        '-->',
    },
  ],
  [
    'a line without a zone, below that of another day with one',
    { top: '<p>November 1, 2021, 2:37 a.m. ET</p>', shown: '<p>November 10, 2021, 3:37 p.m.</p>' },
  ],
  [
    'a line above the headline that tells it in two zones',
    { top: '<p><br>Wednesday, November 10, 2021, 03:37 pm SGT (2:37 am ET)</p>' },
  ],
  [
    'a line above the headline, beside how often it was read',
    { top: '<h6>11/10/2021 @ 2:37AM ET <i>|</i>15,398 views</h6>', url: 'https://town.example/2021/11/10/ferry' },
  ],
  ['a line of both', { shown: '<p>Published/Updated: 10 November 2021, 15:37</p>' }],
  ['<time> of both', { shown: `<p>Published / Updated: <time datetime="${ISO}">Wednesday</time></p>` }],
  ['a line below a standfirst', { shown: '<p>An updated plan for the pier.</p><p>10 November 2021, 15:37</p>' }],
  [
    '<time> below a headline that ends in `updated`',
    { shown: `<h2>How the plan was updated</h2><time datetime="${ISO}">Wednesday</time>` },
  ],
])('a time in %s', (_, page) => {
  expect(told(page)).toEqual(['2021-11-10T07:37:00.000Z', undefined])
})

const data = (published: string) =>
  `<script type="application/ld+json">{"@type":"NewsArticle","headline":"${HEADLINE}","datePublished":"${published}"}</script>`

test.each<[string, Parameters<typeof told>[0]]>([
  ['data', { head: data('2021-11-10') }],
  ['<meta>', { head: '<meta property="article:published_time" content="2021-11-10">' }],
  ['<time>', { shown: '<time datetime="2021-11-10">Wednesday</time>' }],
  ['a line above the text', { shown: '<p class="by">By Lin Mu <i>|</i> <span>Nov 10, 2021</span></p>' }],
  ['a line, below the day of the paper', { top: '<time datetime="2026-11-29">Sunday</time>', shown: 'Nov 10, 2021' }],
  ['<time> above the headline', { top: '<time datetime="2021-11-10">Wednesday</time>' }],
  ['microdata', { shown: '<span itemprop="datePublished" content="2021-11-10">Wednesday</span>' }],
  [
    'a line behind that of an update',
    { shown: '<b>Updated:</b> <i>Nov 12, 2021</i> <b>Published:</b> <i>Nov 10, 2021</i>' },
  ],
  ['a line behind that of an update in German', { shown: '<p>Aktualisiert am 12.11.2021</p><p>10.11.2021</p>' }],
  ['a line before that of an update', { shown: '<p>Published Nov 10, 2021 | Updated Nov 12, 2021</p>' }],
  ['a line, its update in Chinese', { shown: '<b>更新时间：</b><i>2021-11-12</i> <b>发布时间：</b><i>2021-11-10</i>' }],
  [
    'a line, its update for machines',
    { shown: '<time itemprop="dateModified" datetime="2021-11-12">12 Nov 2021</time><i>Nov 10, 2021</i>' },
  ],
  [
    'an element that is of the update as well',
    { shown: '<time class="published updated" datetime="2021-11-10">Nov 10, 2021</time>' },
  ],
  ['a line that ends in what it is', { shown: '<p>2021年11月10日发布</p>' }],
  ['a line behind that of an update in French', { shown: '<p>Mise à jour : 12.11.2021</p><p>10.11.2021</p>' }],
  ['a line with the name of a paper', { shown: '<p>河镇日报 林甲 2021年11月10日</p>' }],
  ['a line in Chinese', { shown: '<p>来源：河镇报 2021年11月10日</p>' }],
  ['the folders of its address', { url: 'https://town.example/2021/11/10/ferry/' }],
  ['the folders of its address, its section among them', { url: 'https://town.example/2021/HARBOUR/11/10/ferry.html' }],
  ['a line above the headline', { top: '<p><a href="/">Home</a></p><p>10 Nov 2021</p>' }],
  ['<meta> that does not say what it is', { head: '<meta name="date" content="Wednesday, Nov. 10, 2021">' }],
  ['a line below the standfirst', { shown: `<h2><p>${PARAGRAPHS[1]}</p></h2><div>Wednesday, Nov 10, 2021</div>` }],
  ['a line behind long scripts', { shown: `<script>${'x()\n'.repeat(9000)}</script><p>Nov 10, 2021</p>` }],
  ['<meta> of a day that is shown', { head: '<meta name="DISPLAYDATE" content="November 10, 2021">' }],
  ['a line with a label below the text', { below: '<p>发布日期：2021-11-10 责任编辑：林甲</p>' }],
  ['its address, in one word', { url: 'https://town.example/news/20211110/ferry.html' }],
])('a day alone in %s', (_, page) => {
  expect(told(page)).toEqual([null, '2021-11-10'])
})

test.each<[string, Parameters<typeof told>[0]]>([
  [
    'in a sentence above the text',
    { shown: `<p>Since 10 November 2020 the harbour has been shut. ${PARAGRAPHS[0]}</p>` },
  ],
  ['in a sentence in Chinese', { shown: '<p>河镇渡口2020年11月10日关闭</p>' }],
  ['in a headline below the headline', { shown: '<h2>Shut on 12 December 2020</h2>' }],
  ['of a picture', { shown: '<figure><img src="/a.jpg"><figcaption>The ferry, 3 May 2019</figcaption></figure>' }],
  ['in a program', { shown: '<script>var d = "2019-05-03"</script>' }],
  ['in the text', { text: TEXT.replace('</p>', ' <time datetime="2005-08-15">15 August 2005</time></p>') }],
  [
    'of an abbreviation in the text',
    { text: TEXT.replace('</p>', ' <abbr title="A rule of 25 May 2018">R</abbr></p>') },
  ],
  ['of an update above the headline', { top: '<div><b>Updated: </b>August 13, 2010</div>' }],
  [
    'of another story above the headline',
    { top: '<p><time datetime="2019-01-02">2 January 2019</time> <a href="/a">x</a></p>'.replaceAll('time', 'span') },
  ],
  ['in a sentence above the headline', { top: '<p>Shut since 3 May 2019</p>' }],
  ['of the paper, above the headline', { top: '<div class="today">Sunday, 29 November 2026</div>' }],
  ['of an edition above the headline', { top: '<p>Print edition of 3 May 2019</p>' }],
  [
    'of another story above',
    { top: '<div><a href="/a">The pillars of the bridge fail in a storm</a></div><div>3 May 2019</div>' },
  ],
  ['of an end', { shown: '<p>Applications close 31 December 2026</p>' }],
  ['of a picture, in a line', { shown: '<p>Photo: A. Holm, 3 May 2019</p>' }],
  ['between two days', { shown: '<p>3 May 2026 – 9 June 2026</p>' }],
  ['where an address has a list or a chapter', { url: 'https://town.example/2021/top/10/12/ferry' }],
  ['of another story', { below: '<aside><a href="/a">x</a><time datetime="2019-01-02">2 Jan 2019</time></aside>' }],
  ['where an address has a month', { url: 'https://town.example/2021/11/10-things-to-know' }],
  ['where an address has a number', { url: 'https://town.example/n/20110523' }],
  ['that is none of the calendar', { url: 'https://town.example/2021/13/10/ferry/' }],
  ['in a number', { url: 'https://town.example/202111101/ferry' }],
])('no day %s', (_, page) => {
  expect(told(page)).toEqual([null, undefined])
})

const NOW = '29 November 2026, 14:05'

test.each<[string, Parameters<typeof told>[0]]>([
  ['of the request, in the head of the site', { top: `<header><a href="/">Home</a><p>${NOW}</p></header>` }],
  ['of the request, above what holds the story', { top: `<div>${NOW}</div><main>` }],
  ['of the request, by the name of its box', { top: `<p class="current-date">${NOW}</p>` }],
  ['of the weather', { top: `<div>14°C, light rain, ${NOW}</div>` }],
  ['of a visit', { top: `<div>Your last visit: ${NOW}</div>` }],
  ['of the market', { top: `<div>RVX 2,114.3 ${NOW} GMT</div>` }],
  ['of what is still to come', { top: `<div>${NOW}, Town Hall</div>` }],
  ['of an edition', { top: `<div>Print edition of 3 May 2025</div>` }],
  [
    'of another story above',
    { top: `<div><a href="/a">The pillars of the bridge fail in a storm</a></div><div>${NOW}</div>` },
  ],
  [
    'of another day than that of the address, above',
    { top: `<p>${NOW}</p>`, url: 'https://town.example/2025/05/03/ferry' },
  ],
  ['of a market in German', { top: `<div>Stand: ${NOW}</div>` }],
  [
    'of what readers say, by an attribute',
    { shown: '<div class="comments-count" data-time="2026-11-29T14:05:00Z">12 said something</div>' },
  ],
  ['of an update, by an attribute', { shown: '<i data-time="1746266400">Updated 3 hours ago</i>' }],
  ['of an update, by an attribute behind it', { shown: 'Updated: <i data-time="1746266400">3 hours ago</i>' }],
  [
    'of an entry, by an attribute of its box',
    {
      text: PARAGRAPHS.map(
        (each, at) => `<div data-time="2026-11-29T1${at}:05:00Z"><b>1${at}:05</b><p>${each}</p></div>`,
      ).join(''),
    },
  ],
  ['of the number of something', { shown: '<i data-time-id="1746266400">12</i>' }],
  [
    'of other stories below the text',
    { below: '<p>发布时间：2026-11-29 14:05</p><h3>x</h3><p>发布时间：2026-11-28 14:05</p>' },
  ],
  [
    'in data of other stories',
    { below: '<script>var others = {"publishTime": "2026-11-29T14:05:00Z", "title": "x"}</script>' },
  ],
  ...[
    '<div class="comment">写得好<br>发布于 2026-11-29 14:05</div>',
    '<div class="reply-item"><p>林甲</p><p>发布于 2026-11-29 14:05</p></div>',
    '<div><a href="/b">南岸学校新楼启用学生搬入</a><p>发布时间：2026-11-29 14:05</p></div>',
    '<h3>相关</h3><p>发布时间：2026-11-29 14:05</p>',
    '<p>发布时间：2019年5月3日 10:00的那份文件后来撤回。</p>',
  ].map((below): [string, Parameters<typeof told>[0]] => [`of others, labelled below the text: ${below}`, { below }]),
  [
    'of what the last paragraph tells of',
    { text: `${TEXT}<p>发布于2019年5月3日 10:00的那份文件后来被管理处撤回。</p>` },
  ],
  ['above a line that says something else', { top: `<div>${NOW}</div><div>本站记者招募</div>` }],
  ...['演出时间：2026-12-24 19:30', '记者会：2026-12-24 19:30', '图片来源：河镇网 2019-05-03 10:00'].map(
    (line): [string, Parameters<typeof told>[0]] => [`of an event or a picture: ${line}`, { shown: `<p>${line}</p>` }],
  ),
  ['of an update below the text', { below: '<p>发布后更新于 2026-11-29 14:05</p>' }],
  ['of a talk', { shown: `<p>Recorded on ${NOW}</p>` }],
  ['of what is to come, below the headline', { shown: `<p>When: ${NOW}</p>` }],
  ['of something else: 图片摄于2019年5月3日 10:00', { shown: '<p>图片摄于2019年5月3日 10:00</p>' }],
  [
    'of something else: 時間：2027年5月3日 19:00 地點：河镇码头',
    { shown: '<p>時間：2027年5月3日 19:00 地點：河镇码头</p>' },
  ],
  ['of something else: 截止日期：2027年5月3日 19:00', { shown: '<p>截止日期：2027年5月3日 19:00</p>' }],
  ['of something else: Beginn: 3. Mai 2027, 19:00 Uhr', { shown: '<p>Beginn: 3. Mai 2027, 19:00 Uhr</p>' }],
  ['of something else: Starts: 3 May 2027, 19:00', { shown: '<p>Starts: 3 May 2027, 19:00</p>' }],
  ['of something else: Date and time: 3 May 2027, 19:00', { shown: '<p>Date and time: 3 May 2027, 19:00</p>' }],
  ['of something else: Expires 3 May 2027, 19:00', { shown: '<p>Expires 3 May 2027, 19:00</p>' }],
  ['of what readers say', { shown: `<p>Latest comment: ${NOW}</p>` }],
  [
    'of days that a diary tells of',
    {
      shown: '<p>From the papers of a keeper.</p>',
      text: PARAGRAPHS.map((each, at) => `<div>${at + 1} May 1962, 10:00</div><p>${each}</p>`).join(''),
    },
  ],
  ...[
    '수정 2026.11.29 14:05',
    'Cập nhật: 29/11/2026 14:05',
    'Aktualizacja: 29.11.2026 14:05',
    'Güncelleme: 29.11.2026 14:05',
    'Laatst bijgewerkt: 29-11-2026 14:05',
    'Aggiornato il 29/11/2026 14:05',
    'Diperbarui 29/11/2026 14:05',
    'Uppdaterad 2026-11-29 14:05',
    'Atualizado em 29/11/2026 14:05',
    'آخر تحديث 29/11/2026 14:05',
    'Обновлено 29.11.2026, 14:05',
    'Última atualização: 29-11-2026 14:05',
    'Última actualización: 29-11-2026 14:05',
    'Actualizat la 29.11.2026 14:05',
    'Ultimo aggiornamento: 29.11.2026 14:05',
    'Letzte Aktualisierung: 29.11.2026 14:05',
    'Zuletzt geändert am 29.11.2026 14:05',
    'Dernière modification : 29.11.2026 14:05',
    'Actualisé le 29.11.2026 14:05',
    'Last update: 29 Nov 2026 14:05',
    'Last edited 29 Nov 2026 14:05',
    'Corrected 29 Nov 2026 14:05',
    'Laatste update: 29-11-2026 14:05',
    '最後編輯：2026年11月29日 14:05',
    'อัปเดตล่าสุด 29-11-2026 14:05',
    'עודכן 29.11.2026 14:05',
    'अपडेटेड 29-11-2026 14:05',
    'Ενημερώθηκε 29.11.2026 14:05',
    'Frissítve 2026.11.29 14:05',
  ].map((line): [string, Parameters<typeof told>[0]] => [`of an update: ${line}`, { shown: `<p>${line}</p>` }]),
])('no time %s', (_, page) => {
  expect(told(page)[0]).toBe(null)
})

test.each<[string, Parameters<typeof told>[0], string]>([
  [
    'an edit',
    { head: '<meta name="date" content="2026-11-29T14:05:00Z">', url: 'https://town.example/2025/05/03/ferry' },
    '2025-05-03',
  ],
  ['the clock, where ld+json name one', { head: data('2025-05-03'), top: `<p>${NOW}</p>` }, '2025-05-03'],
  ['the clock', { top: '<p>29 November 2026</p>', url: 'https://town.example/2025/05/03/ferry' }, '2025-05-03'],
])('the day that a page tells goes before that of %s', (_, page, day) => {
  expect(told(page)).toEqual([null, day])
})

test('a page says when it was published below its text: in its article', () => {
  const below = `<p>2021</p><time datetime="${ISO}">Wednesday</time>`
  const page = (inner: string): string =>
    `<!DOCTYPE html><html><head><title>${HEADLINE}</title></head><body>${inner}</body></html>`
  const read = [
    page(`<article><h1>${HEADLINE}</h1>${TEXT}${below}</article>`),
    page(`<article><h1>${HEADLINE}</h1>${TEXT}</article>${below}`),
  ].map((html) => readPage({ html, url: URL_ASKED }))
  const times = read.map((each) => (each.kind === 'story' ? each.extract.published : each.reason))
  expect(times).toEqual(['2021-11-10T07:37:00.000Z', null])
})

test('a line below a headline that is no heading tells the time', () => {
  const html = `<!DOCTYPE html><html><head><title>${HEADLINE}</title></head><body><p>2026-11-29 10:00</p><center><b>${HEADLINE}</b></center><center>2021-11-10 15:37</center><div>${TEXT}</div></body></html>`
  const read = readPage({ html, url: URL_ASKED })
  expect(read.kind === 'story' && read.extract.published).toBe('2021-11-10T07:37:00.000Z')
})

test('a line below a headline of a lower level tells the time, whatever the title has behind it', () => {
  const html = `<!DOCTYPE html><html><head><title>${HEADLINE}_河镇网</title></head><body><h3>${HEADLINE}</h3><p>2021-11-10 15:37<span>来源：河镇报</span></p><div>${TEXT}</div></body></html>`
  const read = readPage({ html, url: URL_ASKED })
  expect(read.kind === 'story' && read.extract.published).toBe('2021-11-10T07:37:00.000Z')
})

test.each([
  ['its language: Japanese', '<html lang="ja">', URL_ASKED, '2021-11-10T06:37:00.000Z'],
  ['its language: Korean', '<html xml:lang="ko-KR" class="x">', URL_ASKED, '2021-11-10T06:37:00.000Z'],
  ['its language: Vietnamese', '<html lang=vi>', URL_ASKED, '2021-11-10T08:37:00.000Z'],
  ['its country', '<html>', 'https://town.co.jp/news/ferry', '2021-11-10T06:37:00.000Z'],
  [
    'its country, whatever its language',
    '<html lang="ja">',
    'https://town.com.sg/news/ferry',
    '2021-11-10T07:37:00.000Z',
  ],
  ['nothing', '<html lang="zh-TW">', URL_ASKED, '2021-11-10T07:37:00.000Z'],
])('a clock without a zone is that of %s', (_, tag, url, expected) => {
  const html = `<!DOCTYPE html>${tag}<head><title>${HEADLINE}</title></head><body><h1>${HEADLINE}</h1><p>2021-11-10 15:37</p><div>${TEXT}</div></body></html>`
  const read = readPage({ html, url })
  expect(read.kind === 'story' && read.extract.published).toBe(expected)
})

test('a time goes before a day', () => {
  expect(told({ head: data('2021-11-11'), shown: `<time datetime="${ISO}">Wednesday</time>` })).toEqual([
    '2021-11-10T07:37:00.000Z',
    undefined,
  ])
})
