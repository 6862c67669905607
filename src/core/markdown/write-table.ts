import type { Table } from '../blocks.ts'
import { writeInlines } from './write-inline.ts'

const RULES = { left: ':---', center: ':---:', right: '---:' } as const

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** A table of GFM. */
export function writeTable({ rows, align }: Table): string {
  const [header = [], ...body] = rows.map((cells) => row(cells.map((cell) => writeInlines(cell, 'cell'))))
  const rule = row(align.map((side) => (side === null ? '---' : RULES[side])))
  return [header, rule, ...body].join('\n')
}
