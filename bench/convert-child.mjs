/** Converts COUNT pages, each another, in one process: `node convert-child.mjs COUNT FIRST BUNDLE FOLDER`. */
import { pathToFileURL } from 'node:url'
import { loadMakers, padded, story } from './pages.mjs'

const [count, first, bundle, folder] = process.argv.slice(2)
const { toDocument } = await import(pathToFileURL(bundle).href)
const { PAGES } = await loadMakers(folder)
const makers = Object.values(PAGES)
for (let n = Number(first); n < Number(first) + Number(count); n += 1) {
  const one = story(n, 'https://www.zaobao.com.sg')
  toDocument(padded(makers[n % makers.length](one), 30_000), one.url)
}
