import { childElements } from '../html/dom.ts'
import type { Wrapper } from './flow.ts'
import { readNumberedCode } from './read-code.ts'
import { withoutInvisible } from './space.ts'
import { tidy } from './tidy.ts'
import { type ReadContext } from './reading.ts'
import { type Block, type Inline, markOf, paragraph, type Table, text } from '../blocks.ts'

/** Wider tables come from attributes that lie; what stands beyond is joined to the last column. */
const MAX_COLUMNS = 100

type Row = Inline[][]
type Align = Table['align'][number]

interface Source {
  caption: Element[]
  rows: Element[]
  headed: boolean
}

function cellsOf(row: Element): Element[] {
  return childElements(row).filter(({ tagName }) => tagName === 'TD' || tagName === 'TH')
}

function isRow({ tagName }: Element): boolean {
  return tagName === 'TR'
}

function collect(table: Element): Source {
  const parts = childElements(table)
  const rowsIn = (name: RegExp): Element[] =>
    parts
      .filter(({ tagName }) => name.test(tagName))
      .flatMap((part) => (part.tagName === 'TR' ? [part] : childElements(part).filter(isRow)))
  const heads = rowsIn(/^THEAD$/)
  const rows = [...heads, ...rowsIn(/^T(?:R|BODY)$/), ...rowsIn(/^TFOOT$/)].filter((row) => cellsOf(row).length > 0)
  const [first] = rows
  const headed =
    first !== undefined && (heads.includes(first) || cellsOf(first).every(({ tagName }) => tagName === 'TH'))
  return { caption: parts.filter(({ tagName }) => tagName === 'CAPTION'), rows, headed }
}

/** A table that arranges a page rather than data: it holds one cell, another table, pictures above their words, or says so. */
function isLayout(table: Element, rows: readonly Element[]): boolean {
  if (/^(?:presentation|none)$/.test(table.getAttribute('role') ?? '')) return true
  const cells = rows.map(cellsOf)
  const isColumn = cells.every(([cell, another]) => cell?.tagName === 'TD' && another === undefined)
  const isOfPictures = isColumn && table.getElementsByTagName('img').length > 0
  const isSingle = rows.length === 1 && cells[0]?.length === 1
  return isSingle || isOfPictures || table.getElementsByTagName('table').length > 0
}

function joinLines(lines: readonly Inline[][]): Inline[] {
  return lines
    .filter(({ length }) => length > 0)
    .flatMap((line, index): Inline[] => (index === 0 ? line : [{ kind: 'break', tag: false }, ...line]))
}

/** Blocks as the lines of one cell. */
function linesOf(block: Block): Inline[][] {
  switch (block.kind) {
    case 'paragraph':
      return block.caption === null ? [block.inlines] : [block.inlines, block.caption]
    case 'heading':
      return [[{ ...markOf('strong'), children: block.inlines }]]
    case 'quote':
      return block.blocks.flatMap(linesOf)
    case 'list':
      return block.items.flatMap(({ blocks, checked }, index) => {
        const [first = [], ...more] = blocks.flatMap(linesOf)
        const bullet = block.start === null ? '•' : `${block.start + index}.`
        const box = checked === null ? '' : checked ? '☑ ' : '☐ '
        return [[text(`${bullet} ${box}`), ...first], ...more]
      })
    case 'code-block':
      return withoutInvisible(block.text)
        .split('\n')
        .map((line) => (line.trim() === '' ? [] : [{ kind: 'code', text: line.trim() }]))
    case 'table':
      return block.rows.map((row) => row.flatMap((cell, index) => (index === 0 ? cell : [text(' '), ...cell])))
    default:
      return []
  }
}

function span(cell: Element, name: 'colspan' | 'rowspan'): number {
  const value = Number.parseInt(cell.getAttribute(name) ?? '1', 10)
  return Number.isNaN(value) || value < 1 ? 1 : value
}

function alignOf(cell: Element): Align {
  const style = /text-align\s*:\s*(left|center|right)/i.exec(cell.getAttribute('style') ?? '')?.[1]
  const value = (style ?? cell.getAttribute('align') ?? '').toLowerCase()
  return value === 'left' || value === 'center' || value === 'right' ? value : null
}

interface Grid {
  rows: Row[]
  align: Align[]
}

/** Lays the cells out: what a cell spans beyond its first place stays empty, so that no word comes twice. */
function layOut(rows: readonly Element[], read: (cell: Element) => Inline[]): Grid {
  const grid: Grid = { rows: rows.map(() => []), align: [] }
  const until: number[] = []
  for (const [y, row] of rows.entries()) {
    const line = grid.rows[y] ?? []
    let x = 0
    for (const cell of cellsOf(row)) {
      while ((until[x] ?? 0) > y && x < MAX_COLUMNS - 1) x += 1
      const content = read(cell)
      const before = line[x]
      if (before === undefined || before.length === 0) line[x] = content
      else if (content.length > 0) {
        before.push({ kind: 'break', tag: false })
        for (const inline of content) before.push(inline)
      }
      if (y === 0) grid.align[x] = alignOf(cell)
      const width = Math.min(span(cell, 'colspan'), MAX_COLUMNS - x)
      const end = Math.min(y + span(cell, 'rowspan'), rows.length)
      for (let column = x; column < x + width; column += 1) until[column] = Math.max(until[column] ?? 0, end)
      x = Math.min(x + width, MAX_COLUMNS - 1)
    }
  }
  return grid
}

function isBlankRow(row: Row): boolean {
  return Array.from(row, (cell) => cell ?? []).every((cell) => cell.length === 0)
}

function squared(grid: Grid, headed: boolean): Table | null {
  const kept = grid.rows.filter((row, index) => (headed && index === 0) || !isBlankRow(row))
  if (kept.every(isBlankRow)) return null
  const used = kept.map((row) => row.findLastIndex((cell) => cell !== undefined && cell.length > 0) + 1)
  const header = headed ? (kept[0]?.length ?? 0) : 0
  const width = used.reduce((most, length) => Math.max(most, length), header)
  const rows = headed ? kept : [[], ...kept]
  return {
    kind: 'table',
    rows: rows.map((row) => Array.from({ length: width }, (_, x) => row[x] ?? [])),
    align: Array.from({ length: width }, (_, x) => grid.align[x] ?? null),
  }
}

/** Reads a table; one that only arranges things is read as the things it arranges. */
export function readTable(element: Element, reading: ReadContext, path: readonly Wrapper[]): Block[] {
  const { caption, rows, headed } = collect(element)
  const before = caption.flatMap((it) => reading.blocks(it, reading, path))
  if (isLayout(element, rows)) {
    return [...before, ...rows.flatMap(cellsOf).flatMap((cell) => reading.blocks(cell, reading, path))]
  }
  const code = readNumberedCode(rows.map(cellsOf), reading.base)
  if (code !== null) return [...before, ...code]
  const grid = layOut(rows, (cell) => tidy(joinLines(reading.blocks(cell, reading, path).flatMap(linesOf))))
  const table = squared(grid, headed)
  const [row, more] = table?.rows ?? []
  const [cell, another] = row ?? []
  // One cell is what a layout table would be when it is read again.
  if (cell !== undefined && more === undefined && another === undefined) return [...before, paragraph(cell)]
  return [...before, ...(table === null ? [] : [table])]
}
