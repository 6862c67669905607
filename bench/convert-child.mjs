/** Converts COUNT pages, each another, in one process: `node convert-child.mjs COUNT FIRST BUNDLE`. */
import { pathToFileURL } from 'node:url'
import { loadMakers, padded, story } from './pages.mjs'

const [count, first, bundle] = process.argv.slice(2)
const { toDocument } = await import(pathToFileURL(bundle).href)
const { PAGES } = await loadMakers()
const makers = Object.values(PAGES)
for (let n = Number(first); n < Number(first) + Number(count); n += 1) {
  const one = story(n, 'https://www.zaobao.com.sg')
  toDocument(padded(makers[n % makers.length](one), 30_000), one.url)
}
