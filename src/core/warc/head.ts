import type { Field } from './record.ts'

/** What a head says: its first line, and its fields in order. */
interface ParsedHead {
  first: string
  fields: Field[]
  /** Bytes of it, with the empty line. */
  length: number
}

/** The value of a field, whatever the case of its name; `null` when it is absent. The first of several counts. */
export function valueIn(fields: readonly Field[], name: string): string | null {
  return fields.find(([own]) => own.toLowerCase() === name)?.[1] ?? null
}

/** Fields whose lines go on in the next one, as old writers broke them. */
const FOLDED = /\r?\n[\t ]+/g

/** The head with which bytes begin; `null` where its empty line is not among them. Lines may end in LF alone. */
export function parseHead(bytes: Buffer): ParsedHead | null {
  const crlf = bytes.indexOf('\r\n\r\n')
  const lf = bytes.subarray(0, crlf === -1 ? bytes.length : crlf).indexOf('\n\n')
  const end = lf === -1 ? crlf : lf
  if (end === -1) return null
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).replace(FOLDED, ' ').split(/\r?\n/)
  const fields = lines.flatMap((line): Field[] => {
    const colon = line.indexOf(':')
    return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]] : []
  })
  return { first, fields, length: end + (lf === -1 ? 4 : 2) }
}
