import type { Flow, Wrapper } from './flow.ts'
import type { Block } from '../blocks.ts'

/** What reading an element needs beside it. The two functions let readers of one kind of element read what it holds. */
export interface ReadContext {
  /** The page's address, to make addresses in it absolute. */
  base: string | null
  /** Quotes and lists around the element. */
  depth: number
  /** True where a line break in the text is shown as one. */
  keepsLines: boolean
  /** True within a quotation in a line, whose own quotation has the other quotes. */
  isQuoted: boolean
  blocks: (element: Element, reading: ReadContext, path: readonly Wrapper[]) => Block[]
  node: (node: Node, flow: Flow, reading: ReadContext) => void
}

/** Reads an element into a flow. */
export type Reader = (element: Element, flow: Flow, reading: ReadContext) => void

/** Deeper quotes and lists are read as if they were not there: parsers give up somewhere, and indentation grows. */
const MAX_CONTAINERS = 20

export function isTooDeep(reading: ReadContext): boolean {
  return reading.depth >= MAX_CONTAINERS
}

export function deeper(reading: ReadContext): ReadContext {
  return { ...reading, depth: reading.depth + 1 }
}
