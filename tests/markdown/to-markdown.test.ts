import { describe, expect, test } from 'vitest'
import { parseHtml } from '../../src/core/html/html.ts'
import { toMarkdown } from '../../src/core/markdown/index.ts'
import { written } from '../support/body.ts'

const BASE = 'https://www.zaobao.com.sg/news/china/story20260101-1'

type Case = readonly [name: string, html: string, markdown: string]

const LINES: readonly Case[] = [
  ['a soft break between Chinese characters is nothing', '<p>第一行\n    第二行</p>', '第一行第二行'],
  ['a soft break beside Latin is a space', '<p>打\nNBA 球</p>', '打 NBA 球'],
  ['indentation by full-width spaces goes', '<p>　　正文开始</p>', '正文开始'],
  ['a full-width space between names stays', '<p>张三　李四</p>', '张三　李四'],
  ['no-break spaces are spaces', '<p>&nbsp;价&nbsp;&nbsp;格&nbsp;</p>', '价 格'],
  ['what has no width goes', '<p>\ufeff新\u200b闻\u00ad稿</p>', '新闻稿'],
  ['joiners in emoji stay', '<p>一家👨\u200d👩\u200d👧人</p>', '一家👨\u200d👩\u200d👧人'],
  ['two breaks end a paragraph', '<p>甲<br><br>　　乙<br>丙</p>', '甲\n\n乙  \n丙'],
]

/** What the renderers of Jekyll, Hugo and Eleventy read otherwise than CommonMark says. */
const BUILDERS: readonly Case[] = [
  ['goldmark loses its place at an item of nothing', '<ol><li>甲<li><li>丙</ol>', '1. 甲\n2. &nbsp;\n3. 丙'],
  ['goldmark reads attributes at the end of a heading', '<h2>题 {.x}</h2>', '## 题 \\{.x}'],
  ['and of one with a backslash', '<h2>题 \\{a=b}</h2>', '## 题 \\\\\\{a=b}'],
  [
    'goldmark reads no mark around a linked picture',
    '<p><b>甲<a href="/a"><img src="/b.jpg">乙</a>丙</b></p>',
    '<strong>甲[![](https://www.zaobao.com.sg/b.jpg)乙](https://www.zaobao.com.sg/a)丙</strong>',
  ],
  ['cmark looks through a tilde beside a mark', '<p><b>~ 甲</b>乙<b>2024 ~</b></p>', '**\\~ 甲**乙**2024 \\~**'],
  ['a tilde between words is none of its business', '<p><b>2~3月</b></p>', '**2~3月**'],
  [
    'cmark reads a reference in a title before its backslash',
    '<p><a href="/a" title="&amp;copy;">甲 &amp;lt; 乙</a> &amp;lt;</p>',
    '[甲 &amp;lt; 乙](https://www.zaobao.com.sg/a "&amp;copy;") \\&lt;',
  ],
]

const EDGES: readonly Case[] = [
  ['an empty box before a break is no task', '<ul><li>[ ]<br>甲</ul>', '- \\[ ]  \n  甲'],
  [
    'marks that parse are put in order behind a link too',
    '<p>甲<del><a href="/a">4</a><em>*</em></del></p>',
    '甲[~~4~~](https://www.zaobao.com.sg/a)*~~\\*~~*',
  ],
  ['a separator of lines within a quote is no line', '<blockquote><code>\u2028中</code></blockquote>', '> `\u2028中`'],
  [
    'code of several lines makes its list loose',
    '<ul><li>甲<pre>一\n二</pre></ul>',
    '- 甲\n\n  ```\n  一\n  二\n  ```',
  ],
  ['what looks like a fence is escaped whole', '<p>~~甲<br>~~~</p>', '~~甲  \n\\~\\~\\~'],
  ['what has no width parts no breaks', '<p>甲<br>\u200b<br>乙</p>', '甲\n\n乙'],
  [
    'a mark whose link moves out takes no break along',
    '<p>甲<em>%<a href="/a"><br>乙</a></em></p>',
    '甲<em>%</em>  \n[*乙*](https://www.zaobao.com.sg/a)',
  ],
  [
    'marks left behind by a link are put in order',
    '<p>甲<b><a href="/a">乙</a><i>=</i></b></p>',
    '甲[**乙**](https://www.zaobao.com.sg/a)***=***',
  ],
  [
    'a quote behind a list in a quote',
    '<blockquote><ul><li>甲<li>乙</ul><blockquote>丙</blockquote></blockquote>',
    '> - 甲\n> - 乙\n> > 丙',
  ],
  [
    'pictures in a link within the page stay',
    '<a href="#"> <img src="/a.jpg"> </a>',
    '[![](https://www.zaobao.com.sg/a.jpg)](https://www.zaobao.com.sg/news/china/story20260101-1#)',
  ],
]

const EMPHASIS: readonly Case[] = [
  ['plain where it parses', '<p>前<b>中文</b>后</p>', '前**中文**后'],
  [
    'no more punctuation moves out than parses',
    '<p><b>一、出现低级“乌龙”。</b>7月16日</p>',
    '**一、出现低级“乌龙”**。7月16日',
  ],
  ['nor of several signs', '<p><b>甲！！</b>乙</p>', '**甲！**！乙'],
  ['nor of two pairs', '<p>他说<b>《“甲”》</b>文</p>', '他说《**“甲”**》文'],
  ['what follows a quote goes with it', '<p>他说<b>“甲”。</b>文</p>', '他说“**甲**”。文'],
  ['a sign of two characters stays one', '<p>甲<b>……乙——</b>丙</p>', '甲……**乙**——丙'],
  ['neighbours with a space', '<p><b>甲</b> <b>“乙”</b></p>', '**甲** **“乙”**'],
  ['quotes move out', '<p>他说<strong>“中文”</strong>紧接</p>', '他说“**中文**”紧接'],
  ['a link takes the mark in', '<p>前<b><a href="/a">链</a></b>后</p>', `前[**链**](https://www.zaobao.com.sg/a)后`],
  ['tags where nothing else parses', '<p>涨<b>50%</b>左右</p>', '涨<strong>50%</strong>左右'],
  ['neighbours of a kind are one', '<p><b>甲</b><b>乙</b></p>', '**甲乙**'],
  ['a block in bold by its style', '<p style="font-weight:bold">甲<br>乙</p><p>丙</p>', '**甲  \n乙**\n\n丙'],
  ['a box of blocks too', '<div style="font-style: italic"><p>甲</p><p>乙</p></div>丙', '*甲*\n\n*乙*\n\n丙'],
  ['a style of a light face is none', '<p style="font-weight:400">甲</p>', '甲'],
  ['spaces stand outside', '<p>a<i> b </i>c</p>', 'a *b* c'],
  [
    'what Word says for other scripts is no style',
    '<p>前<b style="mso-bidi-font-weight:normal">甲</b>乙<i style="color:red;mso-bidi-font-style:normal">丙</i>丁<span style="mso-bidi-font-weight:bold">戊</span></p>',
    '前**甲**乙*丙*丁戊',
  ],
  ['bold and slanted by one style', '<p>甲<span style="font-weight:700;font-style:italic">乙</span></p>', '甲***乙***'],
  ['slanted by style in bold', '<p>甲<b style="font-style:italic">乙</b>丙</p>', '甲***乙***丙'],
  [
    'a light part of what is bold',
    '<p><strong>甲<span style="font-weight:normal">乙</span>丙</strong><em><span style="font-style:normal">丁</span></em></p>',
    '**甲**乙**丙**丁',
  ],
  ['a light block in bold', '<b>甲<p style="font-weight:400">乙</p></b>', '**甲**\n\n乙'],
  [
    'a link in bold by its style',
    '<p>甲<a href="/a" style="font-weight:bold">乙</a></p>',
    '甲[**乙**](https://www.zaobao.com.sg/a)',
  ],
  ['a cell and an item too', '<ul><li style="font-weight:bold">甲</ul>', '- **甲**'],
]

const ESCAPES: readonly Case[] = [
  [
    'what needs no backslash gets none',
    '<p>file_name_x 5*3 100~200元 a [b] #话题# C:\\d 1、一</p>',
    'file_name_x 5*3 100~200元 a [b] #话题# C:\\d 1、一',
  ],
  ['text of a tag stays text', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>', '&lt;script>alert(1)&lt;/script>'],
  [
    'what begins a line is no block',
    '<p>1. 一<br># 二<br>- 三<br>&gt; 四<br>---</p>',
    '1\\. 一  \n\\# 二  \n\\- 三  \n\\> 四  \n\\---',
  ],
  ['delimiters that would pair', '<p>*一* _二_ ~三~ `四`</p>', '\\*一\\* \\_二\\_ \\~三\\~ \\`四\\`'],
  ['what would be a link', '<p>[图](x)！<a href="/b">链</a></p>', '[图\\](x)！[链](https://www.zaobao.com.sg/b)'],
  ['what kramdown would read', '<p>甲 | 乙 {: .c} $$x$$</p>', '甲 \\| 乙 \\{: .c} \\$$x\\$$'],
  [
    'what begins no tag, no reference, no emphasis',
    '<p>a&lt;b 且 a&lt;b&gt;c？ 3&lt;5&gt;2 R&amp;D; &amp;copyx; （*甲）（*乙 ~/x 与 ~y</p>',
    'a&lt;b 且 a&lt;b>c？ 3<5>2 R&D; &copyx; （*甲）（*乙 ~/x 与 ~y',
  ],
  ['an address in angles', '<p>&lt;3@b.c&gt; &lt;x:y&gt; &lt;甲@b.c&gt;</p>', '&lt;3@b.c> &lt;x:y> <甲@b.c>'],
  ['an address in angles that marks part', '<p>&lt;<i>a</i>@b.c&gt;</p>', '&lt;*a*@b.c>'],
  [
    'what begins a line and no block',
    '<p>= 等于<br>2. 二<br>+</p><p>--</p><p>==</p>',
    '= 等于  \n2. 二  \n+\n\n--\n\n==',
  ],
  [
    'what would be a rule',
    '<p>***</p><p>* * *</p><p>甲<br>___</p><p>_ _ _<br>乙</p><p>- - -</p><ul><li>* *<li>_ _ _<li>- -</ul>',
    '\\*\\*\\*\n\n\\* * *\n\n甲  \n\\_\\_\\_\n\n\\_ _ _  \n乙\n\n\\- - -\n\n- \\* *\n- \\_ _ _\n- \\- -',
  ],
  [
    'what would be a heading, or end one',
    '<p>#</p><p>###### 一</p><p>####### 二</p><h2># 题 #</h2><h2>题#</h2><h2>##</h2>',
    '\\#\n\n\\###### 一\n\n####### 二\n\n## # 题 \\#\n\n## 题#\n\n## \\##',
  ],
  ['numbers that begin no list', '<p>123456789. 一</p><p>1234567890. 二</p>', '123456789\\. 一\n\n1234567890. 二'],
  [
    'what would name an address',
    '<p>[甲 乙]: x</p><p>*[甲]: x</p><p>[]: x</p><p>词<br>: 义</p>',
    '\\[甲 乙]: x\n\n\\*[甲]: x\n\n\\[]: x\n\n词  \n\\: 义',
  ],
  ['the rule of a table', '<p>甲<br>:--<br>-:</p><p>a | b<br>--|--</p>', '甲  \n\\:--  \n\\-:\n\na \\| b  \n--\\|--'],
  ['what begins an item', '<ul><li>--</li><li>[x] 甲</li></ul><p>[x] 乙</p>', '- \\--\n- \\[x] 甲\n\n[x] 乙'],
  ['lines that would end a paragraph', '<p>甲<br>=<br>--<br>- a<br>1) b</p>', '甲  \n\\=  \n\\--  \n\\- a  \n1\\) b'],
  ['an HTML block that never closes', '<p>&lt;div class</p><p>&lt;b 甲</p>', '&lt;div class\n\n&lt;b 甲'],
  ['brackets', '<p>甲](乙 [丙](丁</p>', '甲](乙 [丙\\](丁'],
  [
    'a star that one parser would pair in brackets',
    '<p><a href="/a"><b>中 *“中”</b></a>',
    '[**中 \\*“中”**](https://www.zaobao.com.sg/a)',
  ],
  ['backticks beside code', '<p>``<code>甲</code></p>', '\\`\\``甲`'],
  ['references', '<p>&amp;lt; &amp; &amp;x</p>', '\\&lt; & &x'],
]

const BLOCKS: readonly Case[] = [
  [
    'a table without header',
    '<table><tr><td>甲<td>乙|丙<tr><td colspan=2>丁</table>',
    '|  |  |\n| --- | --- |\n| 甲 | 乙\\|丙 |\n| 丁 |  |',
  ],
  [
    'blocks in cells',
    '<table><tr><th>甲<th>乙<tr><td><p>一</p><p>二</p><td><ul><li>三<li>四</ul></table>',
    '| 甲 | 乙 |\n| --- | --- |\n| 一<br>二 | • 三<br>• 四 |',
  ],
  [
    'a table of pictures and their words',
    '<table><tbody><tr><td><img src="/a.jpg"></td></tr><tr><td>图：港口</td></tr></tbody></table>',
    '![](https://www.zaobao.com.sg/a.jpg)\n\n图：港口',
  ],
  [
    'a table that has a picture among data',
    '<table><tr><th>甲<tr><td><img src="/a.jpg"></table>',
    '| 甲 |\n| --- |\n| ![](https://www.zaobao.com.sg/a.jpg) |',
  ],
  [
    'a heading that links to itself',
    '<h2>题<a href="#x">¶</a></h2><h3><span><a href="#y">#</a></span>三</h3><p>文<a href="#z">#</a></p>',
    '## 题\n\n### 三\n\n文[#](https://www.zaobao.com.sg/news/china/story20260101-1#z)',
  ],
  ['a quotation in a quotation', '<p><q>甲<q>乙<q>丙</q></q></q><q>丁</q></p>', '“甲‘乙“丙”’”“丁”'],
  [
    'a table with a caption, a head, a foot that stands in front, cells that span',
    '<table><caption>表一</caption><tfoot><tr><td colspan=2>计<td>六</tfoot><thead><tr><th align=left>甲<th style="text-align: RIGHT">乙<th align=CENTER>丙</thead><tbody><tr><td rowspan=2>一<td>二<td>三<tr><td align=right>四<td>五</tbody></table>',
    '表一\n\n| 甲 | 乙 | 丙 |\n| :--- | ---: | :---: |\n| 一 | 二 | 三 |\n|  | 四 | 五 |\n| 计 |  | 六 |',
  ],
  [
    'a table that says that it arranges',
    '<table role="presentation"><tr><td>甲<td>乙<tr><td>丙<td>丁</table>',
    '甲\n\n乙\n\n丙\n\n丁',
  ],
  [
    'a quotation, tasks and numbers in cells',
    '<table><tr><th>甲<th>乙<tr><td><blockquote>一<p>二</blockquote><td><ul><li><input type=checkbox checked>三<li><input type=checkbox>四</ul><ol start=3><li>五<li>六</ol></table>',
    '| 甲 | 乙 |\n| --- | --- |\n| 一<br>二 | • ☑ 三<br>• ☐ 四<br>3. 五<br>4. 六 |',
  ],
  [
    'a heading is one line, in marks and links too',
    '<h2>一<br>二<b>三<br>四</b><a href="/a">五<br>六</a><p>七</p></h2>',
    '## 一 二**三 四**[五 六](https://www.zaobao.com.sg/a) 七',
  ],
  ['what in a heading is no line stands below', '<h2>题<ul><li>甲</ul></h2>', '## 题\n\n- 甲'],
  ['a menu is a list', '<menu><li>甲<li>乙</menu>', '- 甲\n- 乙'],
  ['a table of nothing is nothing', '<table></table><p>文</p>', '文'],
  ['a table that arranges is not shown', '<table><tr><td><p>文</p><p>章</p></table>', '文\n\n章'],
  ['nested lists', '<ul><li>甲<ol start=3><li>乙</ol><li>丙</ul>', '- 甲\n\n  3. 乙\n\n- 丙'],
  ['two lists', '<ul><li>甲</ul><ul><li>乙</ul>', '- 甲\n+ 乙'],
  ['a list that a tool broke apart is one', '<ul><li>甲</ul><ul><li>乙</ul><ul><li>丙</ul>', '- 甲\n- 乙\n- 丙'],
  ['so are numbers that go on', '<ol><li>甲</ol><ol start=2><li>乙</ol>', '1. 甲\n2. 乙'],
  ['numbers that begin anew are lists', '<ol><li>甲</ol><ol><li>乙</ol>', '1. 甲\n1) 乙'],
  ['a list in a list without item', '<ul><li>甲<ul><li>乙</ul></li><ul><li>丙</ul></ul>', '- 甲\n  - 乙\n  + 丙'],
  [
    'a line of marks in a list without item',
    '<ul>甲<b>乙</b>丙<i>丁</i><li>戊</li>己<b>庚</b>辛</ul>',
    '- 甲**乙**丙*丁*\n- 戊\n- 己**庚**辛',
  ],
  ['tasks', '<ul><li><input type=checkbox checked> 甲<li><input type=checkbox> 乙</ul>', '- [x] 甲\n- [ ] 乙'],
  [
    'tasks in paragraphs and labels, none behind words, none of another kind',
    '<ul><li><!-- --><p><input type=checkbox>甲</p><li><label> <input type=CHECKBOX checked>乙</label><li>前<input type=checkbox>丙<li><input type=radio>丁</ul>',
    '- [ ] 甲\n\n- [x] 乙\n\n- 前丙\n\n- 丁',
  ],
  [
    'definitions in groups',
    '<dl><div><dt>词<dd>义</div>\n<div><dt>二<dd>三</div>尾</dl>',
    '**词**\n\n- 义\n\n**二**\n\n- 三\n\n尾',
  ],
  ['definitions', '<dl><dt>词<dd>义<dt>二<dd>三</dl>', '**词**\n\n- 义\n\n**二**\n\n- 三'],
  ['code with br', '<pre>一<br>  二</pre>', '```\n一\n  二\n```'],
  [
    'sub, sup, ruby, quotation',
    '<p>H<sub>2</sub>O x<sup>2</sup> <ruby>汉<rp>(</rp><rt>hàn</rt></ruby> <q>引</q></p>',
    'H<sub>2</sub>O x<sup>2</sup> 汉（hàn） “引”',
  ],
  [
    'a link around blocks',
    '<a href="/c"><h3>题</h3><p>文</p></a>',
    '### [题](https://www.zaobao.com.sg/c)\n\n[文](https://www.zaobao.com.sg/c)',
  ],
  ['footnotes', '<p>文<sup><a href="#fn1">1</a></sup></p><ol><li>注 <a href="#r1">↩</a></ol>', '文[1]\n\n1. 注'],
  ['a rule is no front matter', '<hr><p>文</p>', '***\n\n文'],
  [
    'what never speaks',
    '<script>a</script><style>b</style><template>c</template><noscript>d</noscript><p>文</p>',
    '文',
  ],
]

const MEDIA: readonly Case[] = [
  [
    'figure and caption',
    '<figure><img alt="file7bji.jpg" src="a.jpg"><figcaption>图说（路透社）</figcaption></figure>',
    '![图说（路透社）](https://www.zaobao.com.sg/news/china/a.jpg)\n\n图说（路透社）',
  ],
  [
    'what in a caption is no line stands below',
    '<figure><img src="/a.jpg"><figcaption>图说<ul><li>左：甲<li>右：乙</ul></figcaption></figure>',
    '![图说](https://www.zaobao.com.sg/a.jpg)\n\n图说\n\n- 左：甲\n- 右：乙',
  ],
  [
    'a quotation for a caption',
    '<figure><figcaption><blockquote>引</blockquote></figcaption><img src="/a.jpg"></figure>',
    '![](https://www.zaobao.com.sg/a.jpg)\n\n> 引',
  ],
  [
    'a caption in a quotation',
    '<blockquote><figure><img src="/a.jpg"><figcaption>图说</figcaption></figure></blockquote>',
    '> ![图说](https://www.zaobao.com.sg/a.jpg)\n>\n> 图说',
  ],
  [
    'a caption in a heading',
    '<h2><figure><img src="/a.jpg"><figcaption>图说</figcaption></figure></h2>',
    '![图说](https://www.zaobao.com.sg/a.jpg)\n\n图说',
  ],
  [
    'slides of a figure',
    '<figure><a href="/1"><img src="/1.jpg"></a> <img src="/2.jpg"><figcaption>图说</figcaption></figure>',
    '[![](https://www.zaobao.com.sg/1.jpg)](https://www.zaobao.com.sg/1)\n\n![](https://www.zaobao.com.sg/2.jpg)\n\n图说',
  ],
  ['a file name is no caption', '<img alt="file_Large.jpg" src="/a.jpg">', '![](https://www.zaobao.com.sg/a.jpg)'],
  [
    'a lazy picture',
    '<img src="data:image/gif;base64,R0" data-src="/b.jpg" alt="图">',
    '![图](https://www.zaobao.com.sg/b.jpg)',
  ],
  [
    'the biggest source',
    '<picture title="题"><source data-srcset="/s.jpg 1x, /l.jpg 2x"><img srcset="data:x"></picture>',
    '![题](https://www.zaobao.com.sg/l.jpg)\n\n题',
  ],
  [
    'the twin in noscript',
    '<img class="lazy" src="/blank.gif"><noscript><img src="/c.jpg" alt="图"></noscript>',
    '![图](https://www.zaobao.com.sg/c.jpg)',
  ],
  [
    'no twin twice',
    '<img src="/c.jpg" alt="图"><noscript><img src="/c.jpg"></noscript>',
    '![图](https://www.zaobao.com.sg/c.jpg)',
  ],
  ['placeholders and counters go', '<img src="/pixel.gif"><img src="/x.php" width=1 height=1><p>文</p>', '文'],
  [
    'a caption that stands there already',
    '<div><img src="/d.jpg" title="图说"><div>图说</div></div>',
    '![图说](https://www.zaobao.com.sg/d.jpg)\n\n图说',
  ],
  [
    'a gallery',
    '<div><div><img src="/1.jpg"><figcaption>一</figcaption></div><div><img src="/2.jpg"><figcaption>二</figcaption></div></div>',
    '![一](https://www.zaobao.com.sg/1.jpg)\n\n一\n\n![二](https://www.zaobao.com.sg/2.jpg)\n\n二',
  ],
  [
    'a YouTube frame',
    '<iframe src="//www.youtube.com/embed/abcdefghijk?rel=0"></iframe>',
    '[YouTube 视频](https://www.youtube.com/watch?v=abcdefghijk)',
  ],
  [
    'a Brightcove player',
    '<video-js data-account="1" data-video-id="2"></video-js>',
    '[视频](https://players.brightcove.net/1/default_default/index.html?videoId=2)',
  ],
  [
    'a Brightcove player whose account stands between blanks',
    '<video-js data-account=" 1 " data-video-id="2"></video-js>',
    '[视频](https://players.brightcove.net/1/default_default/index.html?videoId=2)',
  ],
  [
    'a podcast with a title',
    '<iframe title="早报听新闻" src="https://omny.fm/shows/a/b/embed"></iframe>',
    '[播客：早报听新闻](https://omny.fm/shows/a/b/embed)',
  ],
  [
    'a map',
    '<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>',
    '[地图](https://www.google.com/maps/embed?pb=1)',
  ],
  [
    'an Instagram post',
    '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/x/"></blockquote>',
    '> [Instagram 帖子](https://www.instagram.com/p/x/)',
  ],
  [
    'a film is its first picture where it has no address',
    '<video poster="/f.jpg"></video>',
    '![](https://www.zaobao.com.sg/f.jpg)',
  ],
  ['a page in a frame', '<iframe srcdoc="&lt;p&gt;一&lt;/p&gt;"></iframe><iframe width=0 srcdoc="否"></iframe>', '一'],
  ['audio', '<audio><source src="/e.mp3"></audio>', '[音频](https://www.zaobao.com.sg/e.mp3)'],
]

const NUMBERS: readonly Case[] = [
  ['that count down', '<ol reversed><li>丙<li>乙<li>甲</ol>', '3. 丙\n2) 乙\n1. 甲'],
  ['that count down from one', '<ol reversed start=10><li>甲<li>乙</ol>', '10. 甲\n9) 乙'],
  ['that leap', '<ol><li value=5>五<li>六<li value=10>十</ol>', '5. 五\n6. 六\n10) 十'],
  ['below zero are none', '<ol start=-3><li>甲<li>乙</ol>', '1. 甲\n2. 乙'],
  ['within an item', '<ul><li>甲<ol reversed><li>乙<li>丙</ol></ul>', '- 甲\n\n  2. 乙\n  1) 丙'],
]

const CODES: readonly Case[] = [
  ['paragraphs of a block are lines', '<pre><p>甲</p><p>乙</p></pre>', '```\n甲\n乙\n```'],
  [
    'numbers of lines beside code are none of it',
    '<table><tr><td class="gutter"><pre>1\n2</pre></td><td class="code"><pre class="language-go">甲\n  乙</pre></td></tr></table>',
    '```go\n甲\n  乙\n```',
  ],
  [
    'a row for each line of code',
    '<table><tr><td class="blob-num" data-line-number="1"></td><td class="blob-code">甲</td></tr><tr><td class="blob-num">2</td><td class="blob-code">  乙</td></tr></table>',
    '```\n甲\n  乙\n```',
  ],
  [
    'lines of code that are boxes',
    '<table><tr><td class="gutter"><div>7</div><div>8</div></td><td class="code"><div>甲</div><div>乙</div></td></tr></table>',
    '```\n甲\n乙\n```',
  ],
  [
    'a row for each line, without what no file holds, without lines that are blank at the ends',
    '<table><tr><td class="blob-num">1</td><td class="blob-code"> </td></tr><tr><td class="blob-num">2</td><td class="blob-code">甲\u0001<br>乙</td></tr></table>',
    '```\n甲\n乙\n```',
  ],
  [
    'a row for each line, all blank, is nothing',
    '<p>前</p><table><tr><td class="blob-num">1</td><td class="blob-code"></td></tr><tr><td class="blob-num">2</td><td class="blob-code"></td></tr></table>',
    '前',
  ],
  [
    'pictures among the lines stand below',
    '<table><tr><td class="blob-num">1</td><td class="blob-code">甲<img src="https://a.b/c.jpg"></td></tr></table>',
    '```\n甲\n```\n\n![](https://a.b/c.jpg)',
  ],
  [
    'lines that are each a block',
    '<table><tr><td class="gutter">1<br>2</td><td class="code"><pre>甲</pre><pre>乙</pre></td></tr></table>',
    '```\n甲\n乙\n```',
  ],
  [
    'words beside a block stay',
    '<table><tr><td>1<br>2</td><td><p>前</p><pre>甲</pre></td></tr></table>',
    '|  |  |\n| --- | --- |\n| 1<br>2 | 前<br>`甲` |',
  ],
  [
    'a table that counts its rows is one',
    '<table><tr><td>1</td><td>甲</td></tr><tr><td>2</td><td>乙</td></tr></table>',
    '|  |  |\n| --- | --- |\n| 1 | 甲 |\n| 2 | 乙 |',
  ],
  ['boxes too', '<pre><code><div>甲</div><div>乙\n</div>丙</code></pre>', '```\n甲\n乙\n丙\n```'],
  [
    'and what is shown as one',
    '<pre><span style="display: block">甲</span><span style="display:block">乙</span></pre>',
    '```\n甲\n乙\n```',
  ],
  [
    'a picture in a block comes behind it',
    '<pre>甲<img src="/a.jpg"></pre>',
    '```\n甲\n```\n\n![](https://www.zaobao.com.sg/a.jpg)',
  ],
  [
    'a bar, and what Liquid would read',
    '<p><code>a|b</code> <code>{{x}}</code></p><pre class="language-a{{b">{{a}} &amp; &lt;b&gt;\n\n"c"</pre>',
    '<code>a&#124;b</code> <code>&#123;&#123;x&#125;&#125;</code>\n\n<pre><code class="language-a">&#123;{a}} &amp; &lt;b&gt;\n\n"c"\n</code></pre>',
  ],
  [
    'what speaks not, and ends of lines',
    '<p><code>甲<script>x</script>乙&#13;&#10;丙</code></p><pre>一&#13;二</pre>',
    '`甲乙 丙`\n\n```\n一\n二\n```',
  ],
  ['a line break parts code', '<p><code>甲<br>乙</code></p>', '`甲`  \n`乙`'],
  [
    'a link in code stays one',
    '<p><code>甲<a href="/a">乙<b>丙</b></a>丁</code></p>',
    '`甲`[`乙丙`](https://www.zaobao.com.sg/a)`丁`',
  ],
  ['a picture in code stays', '<p><code>甲<img src="/a.jpg"></code></p>', '`甲`![](https://www.zaobao.com.sg/a.jpg)'],
]

const FORMULAS: readonly Case[] = [
  [
    'a fraction and a power',
    '<math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><msup><mi>a</mi><mn>2</mn></msup></math>',
    'x=1/2a<sup>2</sup>',
  ],
  [
    'a fraction of sums',
    '<math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac></math>',
    '(a+1)/b',
  ],
  [
    'roots',
    '<math><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt><mroot><mi>y</mi><mn>3</mn></mroot></math>',
    '√(x+1)<sup>3</sup>√y',
  ],
  [
    'bounds',
    '<math><munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math>',
    '∑<sub>i</sub><sup>n</sup>x<sub>i</sub><sup>2</sup>',
  ],
]

const KEPT_LINES: readonly Case[] = [
  ['by style', '<p style="white-space: pre-line">甲\n乙\n\n丙</p>', '甲  \n乙\n\n丙'],
  ['by class', '<div class="mt-1 whitespace-pre-wrap">甲\n<b>乙\n丙</b></div>', '甲  \n**乙  \n丙**'],
  [
    'not within what shows none',
    '<div style="white-space:pre"><p style="white-space:normal">甲\n乙</p>\n</div>',
    '甲乙',
  ],
]

const LINKS: readonly Case[] = [
  [
    'absolute, without tracking',
    '<p><a href="/f?utm_source=x&amp;id=1">链</a></p>',
    '[链](https://www.zaobao.com.sg/f?id=1)',
  ],
  [
    'what runs goes',
    '<p><a href="java&#10;script:x">甲</a><a href=" &#1;JAVASCRIPT:x">乙</a><a href="data:text/html,x">丙</a><a href="vbscript:x">丁</a></p>',
    '甲乙丙丁',
  ],
  [
    'a formula that a script drew',
    '<p>设<span class="katex"><span class="katex-mathml"><math><mi>y</mi></math></span><span aria-hidden="true">y</span></span></p>',
    '设y',
  ],
  ['what is hidden from machines alone', '<p>甲<span aria-hidden="true">乙</span></p>', '甲乙'],
  [
    'a picture of AMP whose sides are a proportion',
    '<amp-img src="/a.jpg" width="1" height="1" layout="responsive"></amp-img>',
    '![](https://www.zaobao.com.sg/a.jpg)',
  ],
  ['and one that counts readers', '<p>甲</p><amp-img src="/a.jpg" width="1" height="1"></amp-img>', '甲'],
  ['backslashes are slashes', '<a href="http:\\\\a.example\\b?c=\\d">甲</a>', '[甲](http://a.example/b?c=%5Cd)'],
  [
    'tracking goes, what stands behind stays',
    '<p><a href="/a?utm_source=x#y">甲</a><a href="/a?utm_source=x&b=1#y">乙</a><a href="/a#?utm_source=x">丙</a></p>',
    '[甲](https://www.zaobao.com.sg/a#y)[乙](https://www.zaobao.com.sg/a?b=1#y)[丙](https://www.zaobao.com.sg/a#?utm_source=x)',
  ],
  [
    'brackets in an address',
    '<p><a href="/a_(b)">甲</a><a href="/a(b">乙</a></p>',
    '[甲](https://www.zaobao.com.sg/a_(b))[乙](https://www.zaobao.com.sg/a\\(b)',
  ],
  [
    'one that says its own address',
    '<p><a href="https://a.example/x"><b>https://a.example/x</b></a> <a href="https://a.example/x" title="题">https://a.example/x</a></p>',
    '<https://a.example/x> [https://a.example/x](https://a.example/x "题")',
  ],
  ['an empty address goes', '<p><a>甲</a><a href="">乙</a></p>', '甲乙'],
  [
    'marked makes no link of one that holds a lone tick',
    '<p><a href="/a">甲`乙</a></p>',
    '[甲\\`乙](https://www.zaobao.com.sg/a)',
  ],
  ['a link without words goes', '<p>文<a href="/g"></a></p>', '文'],
  [
    'an address amid words',
    '<p>见 https://a.example/b_c 和www.a.example。</p>',
    '见 https://a.example/b_c 和www.a.example。',
  ],
  ['an address that marks follow', '<p>见https://a.example/b<b>后</b>文</p>', '见https&#58;//a.example/b**后**文'],
  ['at the end of a mark', '<p><i>见www.a.example/b</i>，后</p>', '*见www&#46;a.example/b*，后'],
  ['at the end of a mark and of words', '<p><i>见https://a.example/b</i> 后</p>', '*见https://a.example/b* 后'],
  ['an address with a mark that counts', '<p>https://a.example/*b*</p>', 'https&#58;//a.example/\\*b\\*'],
  ['with what looks like a reference', '<p>https://a.example/?a&amp;copy;</p>', 'https&#58;//a.example/?a\\&copy;'],
  [
    'within a link',
    '<p><a href="/a">https://a.example/*b*</a></p>',
    '[https://a.example/\\*b\\*](https://www.zaobao.com.sg/a)',
  ],
]

const FACES: readonly Case[] = [
  [
    'an emoji',
    '<p>甲<img class="x" alt="🇸🇬" src="/1f1f8.svg">乙<img alt="👨‍👩‍👧 ❤️" src="/a.png" width="72"></p>',
    '甲🇸🇬乙👨‍👩‍👧 ❤️',
  ],
  ['a face by its class', '<p>甲<img alt=":)" class="wp-smiley" src="/s.gif"></p>', '甲:)'],
  [
    'a face as high as a letter',
    '<p>甲<img alt="[doge]" src="/d.png" style="width:1em;height:1em">！</p>',
    '甲[doge]！',
  ],
  ['a large picture', '<p><img alt="😀" src="/a.jpg" width="600"></p>', '![😀](https://www.zaobao.com.sg/a.jpg)'],
  [
    'what stands for a picture',
    '<p><img alt="[图片]" src="/a.jpg"></p>',
    '![\\[图片\\]](https://www.zaobao.com.sg/a.jpg)',
  ],
]

const SHOWN_AS_BLOCKS: readonly Case[] = [
  [
    'a line whose style makes it one of its own',
    '<span style="display:block">甲</span><span style="color:red; display: flex">乙</span>',
    '甲\n\n乙',
  ],
  ['amid a line', '<p>甲<b style="display:block">乙</b>丙</p>', '甲\n\n**乙**\n\n丙'],
  ['a link too', '甲<a href="/a" style="display:block">乙</a>丙', '甲\n\n[乙](https://www.zaobao.com.sg/a)\n\n丙'],
  ['by its class', '<em class="x d-block">甲</em><em class="d-block-y">乙</em>', '*甲*\n\n*乙*'],
  [
    'what stands in a line',
    '<span style="display:inline-block">甲</span><span style="x-display:block">乙</span>',
    '甲乙',
  ],
  ['a letter that begins a text in the margin', '<span style="display:block;float:left">今</span>天', '今天'],
]

describe.each([
  ['faces', FACES],
  ['what is shown as blocks', SHOWN_AS_BLOCKS],
  ['lines', LINES],
  ['edges', EDGES],
  ['builders', BUILDERS],
  ['emphasis', EMPHASIS],
  ['escapes', ESCAPES],
  ['blocks', BLOCKS],
  ['media', MEDIA],
  ['links', LINKS],
  ['numbers', NUMBERS],
  ['code', CODES],
  ['formulas', FORMULAS],
  ['lines that are kept', KEPT_LINES],
])('%s', (_, cases) => {
  test.each(cases)('%s', (__, html, markdown) => {
    expect(toMarkdown(html, BASE)).toBe(markdown)
  })
})

describe('a body in a document', () => {
  test('begins its headings below the headline', () => {
    const { body } = parseHtml('<h2>一</h2><h4>二</h4><h6>三</h6>')
    expect(written(body, null).markdown).toBe('### 一\n\n##### 二\n\n###### 三')
  })

  test('says the words of a picture that stands alone below it', () => {
    const { body } = parseHtml('<div><img src="https://a.b/c.jpg" alt="图说（互联网）"></div><p>文</p>')
    expect(written(body, null).markdown).toBe('![图说（互联网）](https://a.b/c.jpg)\n\n图说（互联网）\n\n文')
  })
})

test.each('item length element constructor nameditem hasownproperty __proto__'.split(' '))(
  'an attribute may be called %s',
  (name) => {
    const html = `<h3 ${name}="1"><a href="/x">甲</a></h3><p ${name}>乙<img ${name}="b" src="/b.jpg"><amp-img ${name}=c src="/c.jpg"></amp-img></p>
      <div ${name} style="background-image:url(/d.jpg)"></div><div ${name}=e data-href="https://www.facebook.com/x/posts/1">丙</div>`
    expect(toMarkdown(html, 'https://a.example/')).toBe(
      toMarkdown(html.replaceAll(name, 'data-any'), 'https://a.example/'),
    )
  },
)
