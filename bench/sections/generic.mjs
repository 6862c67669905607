import { loadBundled } from '../../scripts/bundle.mjs'
import { median } from '../measure.mjs'

const PAGES_A_KIND = 20
const LEAST = 0.99

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length

/** The article of a page, by Readability on linkedom; `null` where they are not installed. */
async function readability() {
  try {
    const [{ parseHTML }, { Readability }] = await Promise.all([import('linkedom'), import('@mozilla/readability')])
    return (html) => new Readability(parseHTML(html).document, { charThreshold: 80 }).parse()?.content ?? null
  } catch {
    return null
  }
}

/** Invented pages of no known layout: how many are read whole, and what else is. */
export async function generic() {
  const { ours, readerOf, readSet, SETS } = await loadBundled(
    "export { ours, readerOf, readSet, SETS } from './bench/generic.ts'",
  )
  const peer = await readability()
  const readers = { ours, ...(peer === null ? {} : { 'linkedom + Readability alone': readerOf(peer) }) }
  const rows = []
  const budgets = []
  for (const set of SETS) {
    for (const [name, reader] of Object.entries(readers)) {
      readSet(set, reader, 3)
      const read = readSet(set, reader, PAGES_A_KIND)
      const [precision, recall] = [mean(read.map((page) => page.precision)), mean(read.map((page) => page.recall))]
      const whole = read.filter((page) => page.whole).length
      rows.push({
        pages: set.name,
        reader: name,
        number: String(read.length),
        'whole, and nothing else': `${((100 * whole) / read.length).toFixed(1)} %`,
        F1: ((2 * precision * recall) / (precision + recall)).toFixed(3),
        precision: precision.toFixed(3),
        recall: recall.toFixed(3),
        'CPU ms, median': median(read.map((page) => page.cpuMs)),
      })
      if (name !== 'ours') continue
      const measured = `${whole} of ${read.length}`
      budgets.push({ what: set.name, budget: '99 of 100 whole', measured, met: whole >= LEAST * read.length })
    }
  }
  const notes = peer === null ? ['not installed: linkedom, @mozilla/readability'] : []
  return { title: 'pages of no known layout, invented', rows, budgets, notes }
}
