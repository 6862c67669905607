import { childElements } from '../html/dom.ts'
import { emit, type Flow, within } from './flow.ts'
import type { ReadContext, Reader } from './reading.ts'
import { type MarkKind, markOf, text } from '../blocks.ts'

function readRaised(mark: MarkKind, element: Element | undefined, flow: Flow, reading: ReadContext): void {
  if (element === undefined) return
  within(flow, [...flow.path, markOf(mark)], () => reading.node(element, flow, reading))
}

/** Reads what stands over, under or beside a part of a formula: the part, then each of the others by its mark. */
function readAround(...marks: readonly MarkKind[]): Reader {
  return (element, flow, reading) => {
    const [base, ...others] = childElements(element)
    if (base !== undefined) reading.node(base, flow, reading)
    for (const [index, other] of others.entries()) readRaised(marks[index] ?? 'sup', other, flow, reading)
  }
}

/** In brackets where it is more than one sign or number. */
function readPart(element: Element | undefined, flow: Flow, reading: ReadContext): void {
  if (element === undefined) return
  const isLong = childElements(element).length > 1
  if (isLong) emit(flow, text('('))
  reading.node(element, flow, reading)
  if (isLong) emit(flow, text(')'))
}

/** Readers of the elements of MathML that mean more than their letters: in a line, `a/b`, `√(x)` and marks tell it. */
export const MATH_READERS: Readonly<Record<string, Reader>> = {
  MSUP: readAround('sup'),
  MOVER: readAround('sup'),
  MSUB: readAround('sub'),
  MUNDER: readAround('sub'),
  MSUBSUP: readAround('sub', 'sup'),
  MUNDEROVER: readAround('sub', 'sup'),
  MFRAC: (element, flow, reading) => {
    const [over, under] = childElements(element)
    readPart(over, flow, reading)
    emit(flow, text('/'))
    readPart(under, flow, reading)
  },
  MSQRT: (element, flow, reading) => {
    emit(flow, text('√('))
    for (const child of childElements(element)) reading.node(child, flow, reading)
    emit(flow, text(')'))
  },
  MROOT: (element, flow, reading) => {
    const [base, index] = childElements(element)
    readRaised('sup', index, flow, reading)
    emit(flow, text('√'))
    readPart(base, flow, reading)
  },
}
