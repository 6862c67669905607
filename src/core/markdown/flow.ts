import { type Block, type Inline, type Link, type Mark, paragraph } from '../blocks.ts'
import { withoutInvisible } from './space.ts'
import { tidy } from './tidy.ts'

/** An inline element that is open: what it wraps may be cut by blocks, and goes on behind them. */
export type Wrapper = Omit<Mark, 'children'> | Omit<Link, 'children'>

/** Blocks being read, and the line that is not ended yet. */
export interface Flow {
  blocks: Block[]
  path: readonly Wrapper[]
  /** Children of the unfinished line, then of each wrapper opened in it. */
  open: Inline[][]
  explicit: boolean
  afterBreak: boolean
}

export function newFlow(path: readonly Wrapper[]): Flow {
  return { blocks: [], path, open: [[]], explicit: false, afterBreak: false }
}

function cursor(flow: Flow): Inline[] {
  for (const wrapper of flow.path.slice(flow.open.length - 1)) {
    const node = { ...wrapper, children: [] as Inline[] }
    flow.open.at(-1)?.push(node)
    flow.open.push(node.children)
  }
  return flow.open.at(-1) ?? []
}

export function emit(flow: Flow, inline: Inline): void {
  cursor(flow).push(inline)
  if (inline.kind !== 'text' || /[^\s\u0085]/.test(withoutInvisible(inline.text))) flow.afterBreak = false
}

/** Two line breaks in a row end a paragraph. */
export function emitBreak(flow: Flow): void {
  if (flow.afterBreak) {
    endLine(flow)
    return
  }
  cursor(flow).push({ kind: 'break', tag: false })
  flow.afterBreak = true
}

/** Makes `path` what is open: of what was, that goes on which is in it too. */
function goInto(flow: Flow, path: readonly Wrapper[]): void {
  const left = flow.path.findIndex((wrapper, depth) => wrapper !== path[depth])
  if (left >= 0) flow.open.length = Math.min(flow.open.length, left + 1)
  flow.path = path
}

/** Reads what stands within other wrappers than what is around it. */
export function within(flow: Flow, path: readonly Wrapper[], read: () => void): void {
  const around = flow.path
  goInto(flow, path)
  read()
  goInto(flow, around)
}

/** Ends the line: what it holds becomes a paragraph, if it holds anything. */
export function endLine(flow: Flow): void {
  const inlines = flow.open[0] ?? []
  flow.open = [[]]
  flow.afterBreak = false
  if (inlines.length === 0) return
  const clean = tidy(inlines)
  if (clean.length > 0) flow.blocks.push(paragraph(clean, flow.explicit))
}

export function addBlocks(flow: Flow, blocks: readonly Block[]): void {
  endLine(flow)
  for (const block of blocks) flow.blocks.push(block)
}
