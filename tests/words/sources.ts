import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

const SRC = fileURLToPath(new URL('../../src/', import.meta.url))

/** A node of the syntax tree (ESTree), as far as it is looked at here. */
export interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

export interface Found {
  /** `pipeline/run.ts:12`. */
  place: string
  node: Node
  /** From the file down to the node's parent. */
  parents: readonly Node[]
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

/** Types, and the names of modules, say nothing to anyone. */
function isSilent({ type }: Node): boolean {
  return /^(?:TSType|TSInterface|TSTypeAlias|TSLiteral|Import(?!Expression)|ExportAll)/.test(type)
}

function* nodesIn(node: Node, parents: readonly Node[]): Generator<{ node: Node; parents: readonly Node[] }> {
  if (isSilent(node)) return
  yield { node, parents }
  const below = [...parents, node]
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) yield* nodesIn(child, below)
    }
  }
}

/** Every node of a source text. */
export function* nodesOf(file: string, text: string): Generator<Found> {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  for (const { node, parents } of nodesIn(program as unknown as Node, [])) {
    yield { node, parents, place: `${file}:${text.slice(0, node.start).split('\n').length}` }
  }
}

/** Every node of the program's sources but the catalogue. */
export function* nodesOfSources(): Generator<Found> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  for (const file of files.toSorted().filter((name) => !name.startsWith('words/')))
    yield* nodesOf(file, readFileSync(join(SRC, file), 'utf8'))
}

/** The English of a literal or a template, `{0}` for its holes; `null` for any other node. */
export function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null
  if (node.type !== 'TemplateLiteral') return null
  const quasis = node['quasis'] as { value: { cooked: string } }[]
  return quasis.map(({ value }) => value.cooked).reduce((before, text, at) => `${before}{${at - 1}}${text}`)
}

/** The name of what is called, made or used as a tag; empty where it has none. */
export function calleeOf(node: Node): string {
  const callee = (node['callee'] ?? node['tag']) as Node | undefined
  if (callee === undefined) return ''
  if (callee.type === 'Identifier') return callee['name'] as string
  const property = callee['property'] as Node | undefined
  return callee.type === 'MemberExpression' && property?.type === 'Identifier' ? (property['name'] as string) : ''
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

/** True for what runs when its module is loaded. */
export function isOnLoad({ parents }: Found): boolean {
  return !parents.some(({ type }) => FUNCTIONS.has(type))
}
