import { CELLS, ENDS_ITS_LIKE, IN_LINE, isBlock, SCOPES, TABLE_PARTS } from './elements.ts'
import type { TagToken } from './tokenize.ts'

/** `p`, and what ends its like. */
const NONE_OPEN = ['p', ...ENDS_ITS_LIKE].map((name) => [name, false] as [string, boolean])

/** What may be open around the elements that are cut out of a text, as far as it bears on where those end. */
export class Around {
  isFormOpen = false
  /** Which of these may be open. No set: one to which names come and go at each tag is made anew again and again. */
  private readonly maybeOpen = new Map(NONE_OPEN)
  /** Tables that are open, outermost first: true for one of which a cell is open. Elsewhere a cell is none. */
  private readonly tables: boolean[] = []

  mayHave(name: string): boolean {
    return this.maybeOpen.get(name) === true
  }

  /** True within a table, but in no cell of it. */
  get isBetweenCells(): boolean {
    return this.tables.at(-1) === false
  }

  /** True for a start tag whose element stands elsewhere: before the table around it, or nowhere, as a cell of none. */
  displaces({ name, isRaw }: TagToken): boolean {
    return CELLS.has(name) ? this.tables.length === 0 : !isRaw && this.isBetweenCells
  }

  /** Takes note of a tag. */
  note(tag: TagToken): void {
    const { kind, name } = tag
    if (name === 'table' || TABLE_PARTS.has(name)) this.noteTable(tag)
    if (name === 'form') this.isFormOpen = kind === 'start'
    if (kind === 'start') {
      if (this.maybeOpen.has(name)) this.maybeOpen.set(name, true)
      else if (isBlock(name) && !IN_LINE.has(name) && name !== 'table') this.maybeOpen.set('p', false)
    } else {
      if (this.maybeOpen.has(name)) this.maybeOpen.set(name, false)
      // A paragraph around it may go on.
      if (SCOPES.has(name) || name === 'button') this.maybeOpen.set('p', true)
    }
  }

  private noteTable({ kind, name }: TagToken): void {
    if (name !== 'table') {
      if (this.tables.length > 0) this.tables[this.tables.length - 1] = kind === 'start' && CELLS.has(name)
    } else if (kind === 'end') this.tables.pop()
    else if (this.tables.at(-1) !== false) this.tables.push(false)
  }
}
