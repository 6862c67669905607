import { isCount, type Of, shaped } from '../shape.ts'

export const isPagesRead = shaped({ known: isCount, generic: isCount, doubtful: isCount, unread: isCount })

/** Pages of stories that were read, by how: `unread` are those that nothing could read. */
export type PagesRead = Of<typeof isPagesRead>

export const NO_PAGES: PagesRead = { known: 0, generic: 0, doubtful: 0, unread: 0 }

/** Fewer pages are those of a special, which have layouts of their own at any time. */
const MANY_PAGES = 5
const MOST_PAGES = 0.8

const strangeIn = ({ generic, doubtful, unread }: PagesRead): number => generic + doubtful + unread
const allIn = (pages: PagesRead): number => pages.known + strangeIn(pages)

/** Of more pages the latest count: a paper that goes back to its former layout is known again after some of them. */
const RECENT_PAGES = 10

function counted(of: (how: keyof PagesRead) => number): PagesRead {
  return { known: of('known'), generic: of('generic'), doubtful: of('doubtful'), unread: of('unread') }
}

/**
 * What a run's pages say of the paper's: that they are `new`, that they are not (`well`), or nothing (`null`). Where nobody
 * reads along stories come one at a time: the pages are counted over runs, from the first strange one on. What `wereNew` is
 * so until most pages are known: a special keeps its former layout. `pages` is what was counted so far, to be remembered.
 */
export function judgePages(
  before: PagesRead,
  run: PagesRead,
  wereNew: boolean,
): { judged: 'new' | 'well' | null; pages: PagesRead } {
  if (allIn(run) === 0) return { judged: null, pages: before }
  const part = Math.min(1, RECENT_PAGES / allIn(before))
  const pages = counted((how) => Math.round(before[how] * part) + run[how])
  if (run.known > strangeIn(run) && pages.known >= strangeIn(pages)) return { judged: 'well', pages: NO_PAGES }
  const areNew = strangeIn(pages) >= MANY_PAGES && strangeIn(pages) >= MOST_PAGES * allIn(pages)
  return { judged: wereNew || areNew ? 'new' : null, pages }
}
