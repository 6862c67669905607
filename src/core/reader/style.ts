const SHADES = [1, 2, 3, 4, 5, 6, 7, 8]
  .map((n) => `.n${n}{background:color-mix(in srgb,var(--shade) ${n * 9}%,var(--paper))}`)
  .join('\n')

/** How all pages look: ink on paper, one red for what changed and for where one is. */
export const STYLE = `:root {
  color-scheme: light dark;
  --paper: light-dark(#f9f7f1, #161513);
  --ink: light-dark(#1d1b18, #e8e3d9);
  --soft: light-dark(#615b52, #a9a195);
  --rule: light-dark(#ddd7ca, #393530);
  --seal: light-dark(#9e2418, #f2877c);
  --shade: light-dark(#8d7350, #8a7452);
  --plus: light-dark(#dcefd9, #21402a);
  --minus: light-dark(#f8deda, #54282a);
  --song: "Songti SC", STSong, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif;
  --hei: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif;
  font: 100%/1.6 var(--hei);
  background: var(--paper);
  color: var(--ink);
  text-autospace: normal;
  text-spacing-trim: trim-start;
  line-break: strict;
  font-variant-numeric: tabular-nums;
  -webkit-text-size-adjust: none;
  text-size-adjust: none;
}
:lang(en) { --hei: system-ui, "Noto Sans", sans-serif; --song: Georgia, "Noto Serif", "Songti SC", "Noto Serif CJK SC", serif }
:lang(zh) { --song: "Songti SC", STSong, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; --hei: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif }
:lang(zh-Hant) { --song: "Songti TC", "Noto Serif CJK TC", PMingLiU, serif; --hei: "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", sans-serif }
[lang] { font-family: var(--hei) }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 70rem; padding: 0 1.5rem 4rem }
a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: .28em }
a:hover { color: var(--seal); text-decoration-color: currentColor }
:focus-visible { outline: 2px solid var(--seal); outline-offset: 3px }
main:focus { outline: 0 }
h1, h2, h3, p, ol, ul, dl, dd, figure { margin: 0; padding: 0; list-style: none }
main { overflow-wrap: anywhere }
h1, h2, h3 { font-family: var(--song); line-height: 1.4; text-wrap: pretty }
h1 { font-size: 2rem }
h2 { font-size: 1.1875rem }
small { font-size: .8125rem }
abbr { text-decoration: none }
.quiet, .none { color: var(--soft) }
.quiet { font-size: .9375rem }
.skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }

.mast { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 2.5rem; padding: 1.4rem 0 .8rem; border-bottom: 3px double var(--ink) }
.name { font: 700 1.5rem/1.3 var(--song); letter-spacing: .06em; text-decoration: none }
.name b { color: var(--seal) }
.mast nav, .steps, .parts, .kicker, .facts, .marks { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem 1.4rem }
.mast form { display: flex; margin-inline-start: auto; border-bottom: 1px solid var(--ink) }
.mast input { font: inherit; color: inherit; background: none; border: 0; border-radius: 0; padding: .25rem .1rem; width: 13rem; min-width: 0; -webkit-appearance: none; appearance: none }
.mast button { border: 0; padding: .25rem .4rem; color: var(--soft) }
.mast nav a { padding: .25rem 0; text-decoration: none }
.mast nav a[aria-current] { color: var(--seal); box-shadow: 0 2px 0 currentColor }
footer { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem 1.4rem; margin-top: 4rem; padding-top: .8rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: .875rem }
footer a { padding: .1rem 0 }
@media (hover: none), (scripting: none) { .keyhint { display: none } }
main { padding-top: 2.2rem }
.two { display: grid; grid-template-columns: minmax(0, 1fr) 22.5rem; gap: 3.5rem }
.one { max-width: 44rem }
.dayhead { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem 1.4rem; margin-bottom: .9rem }
.weekday { margin-inline-start: .35em; font-weight: 400 }
.steps { margin-inline-start: auto }
.steps a, .parts a { padding: .2rem 0 }
.foot { margin: 2rem 0 }
.parts { font-size: .9375rem; margin-bottom: .9rem }
.parts a { text-decoration: none; color: var(--soft) }
.parts a[aria-current] { color: var(--ink); box-shadow: 0 2px 0 var(--seal) }
.parts span { font-size: .8125rem }
aside { position: sticky; top: 1.5rem; align-self: start }
.quiet + .parts, .warning + .parts, .quiet + .list { margin-top: .9rem }
aside h2, .daterule { font: 600 .9375rem/1.6 var(--hei); color: var(--soft); margin-bottom: .6rem }
.daterule { margin: 2rem 0 .6rem }
.daterule a { text-decoration: none }

.list { border-top: 1px solid var(--ink) }
.list > li { display: grid; grid-template-columns: 3.4rem minmax(0, 1fr) auto; gap: 0 1rem; padding: 1rem 0 1.05rem; border-bottom: 1px solid var(--rule) }
.list > li:focus-within { box-shadow: -1rem 0 0 var(--paper), -1.2rem 0 0 var(--seal) }
.time { color: var(--soft); font-size: .9375rem; line-height: 1.75rem }
.list :is(h2, h3) { font-size: 1.1875rem; line-height: 1.75rem }
.to { text-decoration: none; font-family: inherit; unicode-bidi: isolate }
.to[lang], h1[lang] { font-family: var(--song) }
.list p[lang], .list div > p:not(.marks) { color: var(--soft); font-size: .9375rem; margin-top: .15rem; text-wrap: pretty }
.list img { width: 7.5rem; height: 5rem; object-fit: cover; margin-top: .3rem }
.clause { display: inline-block }
.marks { font-size: .8125rem; color: var(--soft); margin-top: .35rem; gap: .1rem 1.1rem }
.marks a { padding: .15rem 0; text-decoration: none }
.marks em, .warning { font-style: normal; border-bottom: 1px dashed var(--seal) }
.changed { color: var(--seal) }

.found > li { grid-template-columns: 5.8rem minmax(0, 1fr) }
mark { background: light-dark(#f6e3a1, #5c4a12); color: var(--ink); padding: .06em 0 }
.how dt { font-size: .875rem; margin-top: .7rem }
.how dd { font-size: .875rem; color: var(--soft) }
code { font: .9375em ui-monospace, "Sarasa Mono SC", "Noto Sans Mono CJK SC", monospace }
.wide { overflow-x: auto }
.cover, .month { border-collapse: separate; border-spacing: 2px; width: 100%; table-layout: fixed; font-size: .875rem; margin-top: 1.2rem }
.small { margin-top: 0; font-size: .75rem }
.cover th, .month th { font-weight: 400; color: var(--soft); padding: 0 }
.cover tr > :first-child { width: 3.2rem; text-align: start }
.small tr > :first-child { width: 2.3rem }
.cover td, .month td { padding: 0; text-align: center }
.cover:not(.small) { min-width: 42rem }
.cover a { display: block; min-height: 1.5rem; line-height: 1.5rem; text-decoration: none }
.cover:not(.small) a { padding: .35rem 0 }
.n0 { box-shadow: inset 0 0 0 1px var(--rule) }
${SHADES}
.gap { outline: 1.5px dashed var(--seal); outline-offset: -2px }
.here { box-shadow: inset 0 0 0 2px var(--seal) }
a.gap:focus-visible { outline: 2px solid var(--seal); outline-offset: 3px }
.legend { display: flex; flex-wrap: wrap; align-items: center; gap: .2rem 1.5rem; margin-top: .6rem; font-size: .8125rem; color: var(--soft) }
.legend i { display: inline-block; width: 1rem; height: .8rem; vertical-align: -.05rem }
.month :is(a, td > span) { display: block; min-height: 3.6rem; padding: .35rem .5rem; text-align: start; text-decoration: none; line-height: 1.3 }
.month b { font-weight: 400; color: var(--ink) }
.month span b { color: var(--soft) }
.month small { display: block; text-align: end; font-size: .9375rem }
.rows li, .lines li { padding: .45rem 0; border-bottom: 1px solid var(--rule) }
.rows { margin-top: 1rem; border-top: 1px solid var(--ink) }
.rows li { display: flex; justify-content: space-between; gap: 1rem }
.rows a { flex: 1 }
main h2:not(.list h2, aside h2, .daterule, .text h2) { margin: 2.2rem 0 .4rem }

.story { --size: 1.125rem; margin: auto; width: min(100%, 36 * var(--size)); width: round(down, min(100%, 36 * var(--size)), var(--size)) }
.kicker { color: var(--soft); font-size: .9375rem; margin-bottom: .5rem }
.story h1 { font-size: clamp(1.625rem, 1.2rem + 1.8vw, 2.125rem); unicode-bidi: isolate }
.facts { margin: .9rem 0 1.7rem; padding-bottom: .9rem; border-bottom: 1px solid var(--rule); color: var(--soft); font-size: .9375rem }
.warning { width: max-content; max-width: 100%; margin: .4rem 0 1.4rem; font-size: .9375rem }
.facts + .warning { margin-top: -.7rem }
.text { font-size: var(--size); line-height: 1.9; unicode-bidi: isolate }
.text[lang|=zh] { text-align: justify }
.text:lang(en) { line-height: 1.7 }
.text > * + *, details > * + * { margin-top: 1em }
.text :is(h2, h3, h4, h5, h6) { font: 700 1.0625em/1.6 var(--song); margin-top: 1.7em; text-align: start }
.text img { display: block; max-width: 100%; height: auto }
figcaption { margin-top: .5em; color: var(--soft); font-size: .875rem; line-height: 1.65; text-align: start }
.elsewhere { border: 1px dashed var(--soft); padding: .9rem 1.1rem }
.elsewhere figcaption { margin: 0 }
.text blockquote { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid var(--rule) }
.text :is(ul, ol) { padding-inline-start: 2em }
.text ul { list-style: disc }
.text ol { list-style: decimal }
.text table { border-collapse: collapse; display: block; overflow-x: auto; font-size: .9375rem; line-height: 1.6; text-align: start }
.text :is(td, th) { border: 1px solid var(--rule); padding: .3em .7em }
.text pre { overflow-x: auto; font-size: .875rem }
.story + .beside, .story .quiet { margin-top: 2.5rem }
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem 2rem; max-width: 40.5rem; margin: auto; padding-top: 1.1rem; border-top: 1px solid var(--ink) }
.beside a { text-decoration: none; font: 600 1.0625rem/1.6 var(--song) }
.beside span[lang] { font-family: var(--song) }
.beside small { display: block; font: .875rem/1.6 var(--hei); color: var(--soft) }
.beside .next { text-align: end; grid-column: 2 }
.versions { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; padding: .8rem 0; margin-top: 1.2rem; border-block: 1px solid var(--rule) }
.versions a { display: block; text-decoration: none }
.versions small { display: block; color: var(--soft) }
.versions a[aria-current] { box-shadow: 0 2px 0 var(--seal) }
.summary { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 1rem 0 1.8rem; font-size: .9375rem }
ins, del { color: inherit; text-decoration: none; padding: .1em .06em; -webkit-box-decoration-break: clone; box-decoration-break: clone }
ins { background: var(--plus); text-decoration: underline 2px light-dark(#3d7a46, #7fc58a); text-underline-offset: .22em }
del { background: var(--minus); color: light-dark(#7c1d18, #f3b3ad) }
summary { color: var(--soft); font-size: .9375rem; text-align: center; padding: .4rem; border-block: 1px dashed var(--rule); cursor: pointer }

.state dt { font: 600 .9375rem/1.6 var(--hei); color: var(--soft); margin-top: 1.4rem }
.state dd { padding: .25rem 0 }
.plot { display: block; width: 100%; height: auto; margin: 1.2rem 0 .3rem }
.plot rect { fill: var(--shade) }
.plot .open { fill: var(--seal) }
dialog { border: 1px solid var(--ink); background: var(--paper); color: inherit; padding: 1.4rem 1.8rem; max-width: 26rem }
dialog::backdrop { background: #0006 }
dialog h2 { margin: 0 0 .8rem !important }
dialog dl div { display: flex; gap: 1rem }
dialog dt { width: 4rem }
dialog p { margin: 1rem 0 }
kbd { font: .875rem ui-monospace, monospace; border: 1px solid var(--rule); padding: 0 .4em }
button { font: inherit; color: inherit; background: none; border: 1px solid var(--ink); padding: .25rem 1rem }

@media (max-width: 62rem) { .two { grid-template-columns: minmax(0, 1fr); gap: 3rem } aside { max-width: 24rem } }
@media (max-width: 36rem) {
  body { padding: 0 1.1rem 3rem }
  .mast { padding-top: 1rem }
  .mast nav, .mast form { width: 100%; gap: .2rem 1.2rem; margin: 0 }
  .mast form { border-color: var(--rule) }
  .mast input { flex: 1 }
  .cover:not(.small) { min-width: 0 }
  .cover:not(.small) td a { font-size: 0; min-height: 1.9rem }
  .cover tr > :first-child { width: 2.6rem }
  main { padding-top: 1.5rem }
  h1 { font-size: 1.625rem }
  .steps { margin: 0 }
  .list > li { grid-template-columns: minmax(0, 1fr) auto }
  .time { grid-column: 1 / -1; line-height: 1.5 }
  .list > li:not(:has(img)) > div { grid-column: 1 / -1 }
  .list img { width: 5.25rem; height: 4rem }
  .list > li:focus-within { box-shadow: -.6rem 0 0 var(--paper), -.8rem 0 0 var(--seal) }
  .story { --size: 1.0625rem }
  .month :is(a, td > span) { padding: .25rem; min-height: 3.2rem }
  .month small { font-size: .8125rem }
}
@media (prefers-contrast: more) { :root { --soft: var(--ink); --rule: var(--ink) } }
@media print {
  .mast nav, .mast form, footer, .steps, .parts, aside, .beside, .marks, .versions, .story .quiet, .skip { display: none }
  :root { color-scheme: light; background: none }
  .text { font-size: 11pt }
  a { text-decoration: none }
  figure, .list > li { break-inside: avoid }
}
`

/** What stands in a browser's tab: a seal. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="3" y="3" width="26" height="26" rx="3" fill="#9e2418"/><path d="M9 10h14M9 16h14M9 22h8" stroke="#f9f7f1" stroke-width="2.4"/></svg>`
