/**
 * Turns one page into a document again and again: `node page-child.mjs CONTENDER PAGE URL BUNDLE`. Prints milliseconds and CPU
 * milliseconds a page, when warm.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { median } from './measure.mjs'

const [contender, file, url, bundle] = process.argv.slice(2)
const html = readFileSync(file, 'utf8')

const contenders = {
  async ours() {
    const { toDocument } = await import(pathToFileURL(bundle).href)
    return () => toDocument(html, url)
  },
  async readability() {
    const [{ parseHTML }, { Readability }, { default: TurndownService }] = await Promise.all([
      import('linkedom'),
      import('@mozilla/readability'),
      import('turndown'),
    ])
    const turndown = new TurndownService()
    return () => {
      const article = new Readability(parseHTML(html).document).parse()
      return `---\ntitle: "${article.title}"\nfrom: ${url}\n---\n${turndown.turndown(article.content)}\n`
    }
  },
  async defuddle() {
    const [{ parseHTML }, { Defuddle }] = await Promise.all([import('linkedom'), import('defuddle/node')])
    return async () => (await Defuddle(parseHTML(html).document, url, { markdown: true, useAsync: false })).content
  },
}

const once = await contenders[contender]()
const WARM_MS = 700
const MEASURE_MS = 900

let text = ''
for (const end = performance.now() + WARM_MS; performance.now() < end;) text = await once()
const times = []
const before = process.cpuUsage()
for (const end = performance.now() + MEASURE_MS; performance.now() < end || times.length < 5;) {
  const started = performance.now()
  text = await once()
  times.push(performance.now() - started)
}
const used = process.cpuUsage(before)
const cpuMs = (used.user + used.system) / 1000 / times.length
console.log(
  JSON.stringify({
    ms: median(times),
    cpuMs,
    pages: times.length,
    rssMb: process.resourceUsage().maxRSS / 1024,
    chars: text.length,
    whole: text.includes('第0段') && text.includes('第13段'),
  }),
)
