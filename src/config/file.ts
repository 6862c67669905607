import { statSync } from 'node:fs'
import type * as Parser from 'jsonc-parser'
import { printable, shownText } from '../core/text/printable.ts'
import { UsageError } from '../errors.ts'
import { type Message, clauses, message, said, t } from '../words/words.ts'

/** A text that may be written where one is wanted: one line, not empty. */
export const LINE = /^[^\u0000-\u001f\u007f]+$/

/** The file that is read from the working folder when `--config` names none. */
export const CONFIG_FILE = 'zaobao.config.jsonc'

/** By the parser's code of a fault: what it expected. */
const EXPECTED: Readonly<Record<number, Message>> = {
  1: message`a text in double quotes, a number, true or false`,
  3: message`a key in double quotes`,
  4: message`a value`,
  5: message`":"`,
  6: message`","`,
  7: message`"}"`,
  8: message`"]"`,
  9: message`the end of the file`,
  11: message`"*/"`,
  12: message`a closing quote`,
  15: message`"\\\\" for a backslash`,
}

/** What a configuration file holds. */
export interface ConfigFile {
  values: Readonly<Record<string, unknown>>
  /** What is wrong with the file whatever its values mean: keys that stand there twice; each says its line. */
  faults: readonly (() => string)[]
  /** The line in which a value stands, by the keys and places that lead to it; of its nearest part that stands there. */
  lineOf(path: readonly PropertyKey[]): number
}

/** No configuration is near this. */
const MAX_BYTES = 16 * 1024 * 1024

const EMPTY: ConfigFile = { values: {}, faults: [], lineOf: () => 1 }

/**
 * What a configuration file holds; nothing where it is not there and nobody `named` it. Throws `UsageError`; nothing that waits at a
 * pipe outlives `signal`.
 */
export async function readConfigFile(file: string, named: boolean, signal: AbortSignal): Promise<ConfigFile> {
  const path = printable(file)
  // Most runs have none: what reads one is loaded where it is there.
  if (!named && isAbsent(file)) return EMPTY
  const { bytesOf, gathered, tooLarge, whyUnread } = await import('../edge/given.ts')
  const bytes = await gathered(bytesOf(file, signal), MAX_BYTES).catch((error: unknown) => {
    throw new UsageError(`${path}: ${said(whyUnread(error))}`)
  })
  if (bytes === null) throw new UsageError(`${path}: ${said(tooLarge(MAX_BYTES))}`)
  const text = decoded(bytes)
  if (text === null) throw new UsageError(`${path}: ${t`it is not UTF-8; save it in that encoding`}`)
  const parser = await import('jsonc-parser')
  try {
    return parsed(path, text, parser)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new UsageError(`${path}: ${t`too many values stand in one another`}`)
  }
}

/** By the mark at its beginning. */
const WIDE: Readonly<Record<string, string>> = { fffe: 'utf-16le', feff: 'utf-16be' }

/** UTF-8, or UTF-16 that says so; `null` where it is neither. */
function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder(WIDE[bytes.toString('hex', 0, 2)] ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Whether nothing stands at a path; not, where that cannot be told. */
function isAbsent(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined
  } catch {
    return false
  }
}

function parsed(path: string, text: string, { getNodeValue, parseTree }: typeof Parser): ConfigFile {
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length
  const errors: { error: number; offset: number; length: number }[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  const first = errors[0]
  if (first !== undefined) {
    const line = lineAt(first.offset)
    const what = EXPECTED[first.error]
    const expected = what === undefined ? [] : [t`${said(what)} is expected`]
    throw new UsageError(`${path}: ${clauses([t`line ${line}: not valid JSON with comments`, ...expected])}`)
  }
  if (tree?.type !== 'object') throw new UsageError(`${path}: ${t`must hold an object of keys and values`}`)
  return {
    // The parser's objects are of no kind, and no text can be made of them.
    values: structuredClone(getNodeValue(tree)),
    faults: twins(tree).map(
      ({ key, before, offset }) =>
        () =>
          `${t`line ${lineAt(offset)}`}: ${t`"${shownText(key)}" stands there twice, before in line ${lineAt(before)}; leave one of the two`}`,
    ),
    lineOf: (parts) => lineAt(offsetOf(tree, parts)),
  }
}

interface Member {
  key: string
  value: Parser.Node
  /** Where it begins. */
  offset: number
}

/** What an object holds, in its order. */
function members(node: Parser.Node): Member[] {
  const properties = node.type === 'object' ? (node.children ?? []) : []
  return properties.flatMap(({ offset, children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [{ key: String(key.value), value, offset }],
  )
}

/** The members of an object, and of those in it, whose key stands before them already. */
function twins(node: Parser.Node): (Member & { before: number })[] {
  const seen = new Map<string, number>()
  const own = members(node).flatMap((member) => {
    const before = seen.get(member.key)
    seen.set(member.key, member.offset)
    return before === undefined ? [] : [{ ...member, before }]
  })
  return [...own, ...(node.children ?? []).flatMap(twins)]
}

/** Where a value begins, or its member of an object, or what it stands in. */
function offsetOf(node: Parser.Node, [part, ...rest]: readonly PropertyKey[]): number {
  const member = members(node).findLast(({ key }) => key === part)
  const value = member?.value ?? (node.type === 'array' ? node.children?.[Number(part)] : undefined)
  if (value === undefined) return node.offset
  return rest.length === 0 ? (member?.offset ?? value.offset) : offsetOf(value, rest)
}
