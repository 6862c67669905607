/** Markdown of stories, and what came in with a page, that would run something, or break what it is put into. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>甲',
  '甲<img src=x onerror=alert(1)>乙',
  '[链](javascript:alert(1)) ![图](javascript:alert(1)) [数](data:text/html,<script>alert(1)</script>)',
  '[甲](JaVa&#10;Script:alert(1)) [乙](&#x6a;avascript&colon;alert(1)) [丙](vbscript:x) [丁](blob:x) [戊](intent:x)',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
  '<style>@import url(//x.example/a.css);</style><p style="position:fixed">乙</p>',
  '<form action=//x.example><input autofocus onfocus=alert(1)><button>按</button></form>',
  '<base href=//x.example/><meta http-equiv=refresh content="0;url=//x.example">丙',
  '<link rel=stylesheet href=//x.example/a.css><object data=x.swf></object><embed src=x.swf>',
  '<p>甲</div></body></html><!-- ]]> --> <![CDATA[ 乙 ]]> ]]> <?php x ?> <!DOCTYPE y>',
  '甲 ]]> 乙 ]]&gt; 丙 --> 丁 <!-- 戊',
  '控\u0000\u0008\u000b\u000c\u001b[31m制\u007f\u0085\u009b\ufffe\uffff\u{1ffff}符',
  '半\ud83d个\udc00字 \u202e反\u202c \u2028 \u200b \ufeff',
  '&#0; &#8; &#x1b; &#xd800; &#xfffe; &nbsp; &unknown; &amp;lt; &',
  '[甲" onclick="alert(1)](https://x.example/"onclick="alert(1) "乙\\" onclick=\\"alert(1)")',
  '![丙" onerror="alert(1)](https://x.example/a.png"onerror="alert(1))',
  '| 甲<script>alert(1)</script> | `乙</code>` |\n| --- | --- |\n| <b>丙</b> | <td>丁 |',
  '```html" onclick="alert(1)\n</code></pre><script>alert(1)</script>\n```',
  '- [x] <input onfocus=alert(1) autofocus>\n- [ ] 乙\n\n1. 丙\n\n<li>丁',
  '[己](https://x.example/[a]^{b}|c#d#e "f") [庚](/../g?h=i j) [辛](#l) [壬](http://[::1]/) [癸](http://[)',
  `${'> '.repeat(60)}深`,
  `${'<div>'.repeat(400)}层`,
]

/** What stands in headlines, names, sections and keywords. */
export const HOSTILE_TITLES: readonly string[] = [
  '《浮桥<下月>通车》 & "引号" \'单\' ]]> <b>粗</b>',
  '</title><script>alert(1)</script>',
  '控\u0008\u001b[2J制\ufffe 半\ud83d字 \u202e反',
  '&lt;b&gt; &amp;amp; &#60;',
]
