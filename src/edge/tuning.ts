import { setFlagsFromString } from 'node:v8'

/**
 * A run that archives some stories lives for a second, one that converts a page or searches for a tenth of that. The threads that
 * optimise functions cost more than they give: they begin ten or a hundred times later than V8 would have them. The young
 * generation stays small, and the old one is cleared of pages that were read before it has doubled. See bench/README.md.
 */
const FOR_PAGES = ['--semi-space-growth-factor=1', '--heap-growing-percent=30']
const BUDGETS = { one: 6_758_400, some: 675_840 }

/** Each thread has a heap of its own: together they hold a third less so, of stories that were read already. */
const FOR_THREADS = ['--max-semi-space-size=4', '--heap-growing-percent=50']

/**
 * Sets V8 up, of the version `v8`, for a run that reads one page or some stories; once is enough. Not at the program's start: what Node
 * loads of its own after a flag was set is compiled anew instead of taken from its cache.
 */
export function tuneForPages(pages: 'one' | 'some', v8: string): void {
  set([`--interrupt-budget=${BUDGETS[pages]}`, ...FOR_PAGES], v8)
}

/** Sets V8 up, of the version `v8`, for threads that read many stories, before they are started. */
export function tuneForThreads(v8: string): void {
  set(FOR_THREADS, v8)
}

/** A flag that another V8 does not know would be a line on stderr. */
function set(flags: readonly string[], v8: string): void {
  if (!v8.startsWith('11.3.')) return
  for (const flag of flags) setFlagsFromString(flag)
}
