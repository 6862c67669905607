/**
 * Stories and their pages, of the size that pages of a newspaper have: the markup of each generation around the story as the
 * tests have it, and menus, styles, scripts and lists of other stories as every page carries them.
 */
import { loadBundled } from '../scripts/bundle.mjs'

const FIRST_DAY_MS = Date.UTC(2021, 0, 1)
const DAY_MS = 86_400_000

const SENTENCES = [
  '海湾大桥最后一段昨天合龙，工程队说全线将在明年春天通车，比原定时间早了两个月。',
  '受访的居民说，从岛上到市区的路程会缩短一半，学生不必再天没亮就出门。',
  '渡轮公司表示船期照旧，票价也不会因此调整，老乘客仍然可以用月票。',
  '当地气象台说，下周起有雨，工地会按天气安排夜间的工作。',
  '负责人强调“安全第一”，任何一段路面都要等检验合格才会开放。',
]

/** The makers of pages that the tests use, by generation. */
export function loadMakers() {
  return loadBundled(
    "export { rsshubFeed } from './tests/support/site.ts'; export { PAGES } from './tests/support/pages.ts'",
  )
}

/** Story number `n`, 300 a day; `origin` is the site that has its page. */
export function story(n, origin, section = 'realtime/china') {
  const ms = FIRST_DAY_MS + Math.floor(n / 300) * DAY_MS + (n % 300) * 60_000
  const day = new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')
  const paragraphs = Array.from({ length: 14 }, (_, p) => {
    const text = [0, 1, 2].map((s) => SENTENCES[(n + p + s) % SENTENCES.length]).join('')
    return p % 5 === 3 ? `<p><strong>第${p}段</strong>${text}</p>` : `<p>第${n}则第${p}段：${text}</p>`
  })
  return {
    title: `第${n}则消息：海湾大桥合龙`,
    url: `${origin}/${section}/story${day}-${1_000_000 + n}`,
    published: new Date(ms).toISOString(),
    bodyHtml: paragraphs.join('\n'),
    lead: [{ url: `https://static.zaobao.com.sg/s3fs-public/images/${n}.jpg`, caption: '海湾大桥（档案照片）' }],
    keywords: ['海湾大桥', '交通'],
    byline: '联合早报',
  }
}

/** The file of a story, as an archive has it; `stampMs`: of its comment. */
export function fileText({ title, url, published }, stampMs, body) {
  return `---\nlayout: post\ntitle: "${title}"\ndate: ${published}\nauthor: 联合早报\nfrom: ${url}\ntags: [ 联合早报 ]\ncategories: [ 联合早报 ]\n---\n<!--${stampMs}-->\n[${title}](${url})\n------\n\n${body}\n`
}

function repeat(make, bytes) {
  let text = ''
  for (let n = 0; text.length < bytes; n += 1) text += make(n)
  return text
}

/** Makes a page as large as it is asked to be (`bytes`, UTF-8): a third each of style, script and markup of other stories. */
export function padded(page, bytes) {
  const share = Math.max(0, bytes - Buffer.byteLength(page)) / 3
  const style = repeat((n) => `.block-${n} .item > a:hover{color:#${100 + (n % 800)};margin:${n % 40}px 0}`, share)
  const script = repeat(
    (n) => `window.app.push({"slot":"s${n}","sizes":[[300,250],[728,${n}]],"if":"a<b && b>c"});`,
    share,
  )
  const list = repeat(
    (n) =>
      `<li class="item item-${n}"><a href="/news/world/list${n}" data-n="${n}"><img data-src="/i/${n}.jpg" alt="Picture ${n}"><span class="when">${n} min</span> Other story ${n}</a></li>`,
    share,
  )
  return page
    .replace('</head>', () => `<style>${style}</style></head>`)
    .replace('<footer>', () => `<aside class="rail"><ul>${list}</ul></aside><script>${script}</script><footer>`)
}
