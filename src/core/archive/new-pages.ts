/** Pages of stories that were read, by how: `unread` are those that nothing could read. */
export interface PagesRead {
  known: number
  generic: number
  doubtful: number
  unread: number
}

export const NO_PAGES: PagesRead = { known: 0, generic: 0, doubtful: 0, unread: 0 }

/** Fewer pages are those of a special, which have layouts of their own at any time. */
const MANY_PAGES = 5
const MOST_PAGES = 0.8

const strangeIn = ({ generic, doubtful, unread }: PagesRead): number => generic + doubtful + unread
const allIn = (pages: PagesRead): number => pages.known + strangeIn(pages)

/**
 * What a run's pages say of the paper's: that they are `new`, that they are not (`well`), or nothing (`null`). Where nobody
 * reads along stories come one at a time: the pages are counted over runs, from the first strange one on. `pages` is what
 * was counted so far, to be remembered.
 */
export function judgePages(before: PagesRead, run: PagesRead): { judged: 'new' | 'well' | null; pages: PagesRead } {
  if (allIn(run) === 0) return { judged: null, pages: before }
  if (strangeIn(run) === 0) return { judged: 'well', pages: NO_PAGES }
  const pages = {
    known: before.known + run.known,
    generic: before.generic + run.generic,
    doubtful: before.doubtful + run.doubtful,
    unread: before.unread + run.unread,
  }
  if (strangeIn(pages) < MOST_PAGES * allIn(pages)) {
    return { judged: run.known > strangeIn(run) ? 'well' : null, pages: NO_PAGES }
  }
  return { judged: strangeIn(pages) >= MANY_PAGES ? 'new' : null, pages }
}
