// Makes a page fit to be a fixture: every word in it is replaced by invented text of the same shape, tags, classes,
// addresses, numbers and times stay. The words by which layouts tell a byline, a time or a subscribers' box stay too.
// Usage: node scripts/invent-text.mjs page.html > fixtures/pages/NAME/page.html
import { readFileSync } from 'node:fs'

/** Labels that the paper's pages are read by. */
const LABELS =
  /联合早报网?|早报订户专享|请登录或订阅|继续阅读全文|发布|更新|记者|报道|摄影|编译|翻译|来源|图说|作者|延伸阅读|购买此文章|上一篇|下一篇|年|月|日|上午|下午|分钟前|小时前|天前/g
const TEXT =
  '青石镇的渡口星期一清晨重新开放停航三个月的小轮船载着第一批乘客驶往对岸船家林伯说河道清淤之后水深多了半米大船也能靠岸他预计下周前每天加开两班镇政府在一份简短的文告里说票价暂时不变学生凭证半价对岸的集市也恢复了夜市摊主们说生意比去年好两成'
const IDEOGRAPHS = /(?:\p{Script=Han}|\\u[4-9][\da-f]{3})+/giu
const LATIN_TEXT = />([^<>]*[a-z][^<>]*)</gi
const RAW = /<(script|style)\b[^>]*>[^]*?<\/\1\s*>/gi

const letters = Array.from(TEXT)
let at = 0

/** What stands for each run of letters: a headline is the same wherever the page has it. */
const known = new Map()

/** Invented letters for a run of Chinese, but for the labels in it. */
function inventedFor(run) {
  const found = known.get(run)
  if (found !== undefined) return found
  let made = ''
  let from = 0
  const letter = () => letters[at++ % letters.length]
  for (const label of run.matchAll(LABELS)) {
    made += Array.from(run.slice(from, label.index), letter).join('') + label[0]
    from = label.index + label[0].length
  }
  made += Array.from(run.slice(from), letter).join('')
  known.set(run, made)
  return made
}

/** The same of a run that is written in letters, in escapes of JSON, or in both. */
function invented(run) {
  const plain = run.replace(/\\u([\da-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  const made = inventedFor(plain)
  return plain === run ? made : Array.from(made, (each) => `\\u${each.charCodeAt(0).toString(16)}`).join('')
}

/** Words in Latin letters that a page shows; scripts and styles are left. */
function withoutLatin(html) {
  const shown = (text) =>
    text.replace(LATIN_TEXT, (whole, inner) =>
      whole.replace(
        inner,
        inner.replace(/(?<!&#?x?)\b[a-z]{3,}\b(?!;)/gi, (word) => 'lorem'.repeat(9).slice(0, word.length)),
      ),
    )
  const parts = []
  let from = 0
  for (const raw of html.matchAll(RAW)) {
    parts.push(shown(html.slice(from, raw.index)), raw[0])
    from = raw.index + raw[0].length
  }
  return [...parts, shown(html.slice(from))].join('')
}

const [file] = process.argv.slice(2)
if (file === undefined) {
  process.stderr.write('usage: node scripts/invent-text.mjs page.html > fixture.html\n')
  process.exitCode = 2
} else process.stdout.write(withoutLatin(readFileSync(file, 'utf8').replace(IDEOGRAPHS, invented)))
