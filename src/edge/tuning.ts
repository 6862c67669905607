import { setFlagsFromString } from 'node:v8'

/**
 * A run that archives some stories lives for a second, one that converts a page for a tenth of that. The threads that optimise
 * functions cost more than they give: they begin ten or a hundred times later than V8 would have them. The young generation stays
 * small, and the old one is cleared of pages that were read before it has doubled. See bench/README.md.
 */
const FLAGS = ['--semi-space-growth-factor=1', '--heap-growing-percent=30']
const BUDGETS = { one: 6_758_400, some: 675_840 }

/**
 * Sets V8 up, of the version `v8`, for a run that reads one page or some; once is enough. Not at the program's start: what Node
 * loads of its own after a flag was set is compiled anew instead of taken from its cache.
 */
export function tuneForPages(pages: 'one' | 'some', v8: string): void {
  // A flag that another V8 does not know would be a line on stderr.
  if (!v8.startsWith('11.3.')) return
  for (const flag of [`--interrupt-budget=${BUDGETS[pages]}`, ...FLAGS]) setFlagsFromString(flag)
}
