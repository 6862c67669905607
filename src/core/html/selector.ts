import { quoted } from '../text/quoted.ts'
import type { TagToken } from './tokenize.ts'

/**
 * Selectors for start tags as they stand in text: a comma list of `name`, `.class`, `#id`, `[attribute]`,
 * `[attribute=value]`, `[attribute^=value]`, `[attribute*=value]`, joined without combinators. Class and id are compared
 * in case, as in CSS.
 */

/** A start tag. Attribute values are decoded; a missing attribute is `null`, one without a value is empty. */
export interface StartTag {
  /** Lower case. */
  readonly name: string
  attribute(name: string): string | null
}

/** One selector of the list. */
interface Simple {
  name: string | null
  conditions: Array<(tag: StartTag) => boolean>
  /** What the text of a tag must hold for this selector to match it. */
  literal: string | null
}

/** A compiled list. */
interface Selector {
  matches(tag: StartTag): boolean
  /** What a matching tag has, for one of these: its name (`null`: any), and a string that its attributes hold (`null`: any). */
  readonly needs: ReadonlyArray<{ name: string | null; literal: string | null }>
}

const SIMPLE = /^([a-z][\w-]*|\*)?((?:\.[\w-]+|#[\w-]+|\[[^\]]+\])*)$/i
const CONDITION = /\.([\w-]+)|#([\w-]+)|\[([\w-]+)(?:([*^]?)=["']?([^\]"']*)["']?)?\]/g

function classCondition(name: string): (tag: StartTag) => boolean {
  return (tag) => {
    const value = tag.attribute('class')
    return value !== null && value.includes(name) && value.split(/\s+/).includes(name)
  }
}

function attributeCondition(name: string, operator: string, value: string | undefined): (tag: StartTag) => boolean {
  return (tag) => {
    const actual = tag.attribute(name)
    if (actual === null || value === undefined) return actual !== null
    if (operator === '*') return actual.includes(value)
    return operator === '^' ? actual.startsWith(value) : actual === value
  }
}

function simpleOf(text: string): Simple {
  const match = SIMPLE.exec(text)
  if (match === null || text === '') throw new TypeError(`no selector: ${text}`)
  const conditions: Simple['conditions'] = []
  let literal: string | null = null
  for (const [, className, id, attribute, operator = '', value] of (match[2] ?? '').matchAll(CONDITION)) {
    if (className !== undefined) conditions.push(classCondition(className))
    else if (id !== undefined) conditions.push(attributeCondition('id', '', id))
    else if (attribute !== undefined) conditions.push(attributeCondition(attribute, operator, value))
    const held = className ?? id ?? (value === undefined || value === '' ? attribute : value) ?? ''
    if (literal === null || held.length > literal.length) literal = held
  }
  const name = match[1] === undefined || match[1] === '*' ? null : match[1].toLowerCase()
  return { name, conditions, literal }
}

/** Compiles a list of selectors. Throws `TypeError` on what it does not know. */
export function compileSelector(list: string): Selector {
  const simples = list.split(',').map((each) => simpleOf(each.trim()))
  return {
    matches: (tag) =>
      simples.some(
        ({ name, conditions }) =>
          (name === null || name === tag.name) && conditions.every((condition) => condition(tag)),
      ),
    needs: simples.map(({ name, literal }) => ({ name, literal })),
  }
}

/**
 * A quick test of a tag in a text by its name and the text of its attributes, false only where none of the selectors can match.
 * References in attribute values hide text: then it answers true.
 */
function compileProbe(selectors: readonly Selector[]): (html: string, tag: TagToken) => boolean {
  const ofAny = new Set<string>()
  const byName = new Map<string, Set<string> | 'always'>()
  for (const { name, literal } of selectors.flatMap((selector) => selector.needs)) {
    const held = name === null ? ofAny : (byName.get(name) ?? new Set<string>())
    if (name !== null) byName.set(name, literal === null ? 'always' : held)
    if (held !== 'always') held.add(literal ?? '')
  }
  const probes = new Map(
    Array.from(
      byName,
      ([name, held]) => [name, held === 'always' ? held : holdsOne(new Set([...held, ...ofAny]))] as const,
    ),
  )
  const anyHeld = ofAny.size === 0 ? null : holdsOne(ofAny)
  return (html, { name, attributesAt, end }) => {
    const probe = probes.get(name) ?? anyHeld
    if (probe === 'always' || probe === null) return probe !== null
    return end - attributesAt > 2 && probe.test(html.slice(attributesAt, end - 1))
  }
}

function holdsOne(literals: ReadonlySet<string>): RegExp {
  const pattern = [...literals].map(quoted).join('|')
  return new RegExp(`${pattern}|&`, 'i')
}

/** Selectors by what they are asked for, and a cheap test of whether a tag is worth comparing with any of them. */
export interface Compiled<K extends string> {
  selectors: ReadonlyArray<readonly [K, Selector]>
  worthTesting: ReturnType<typeof compileProbe>
}

/** An empty list for each of what is asked for. */
export function listsFor<K extends string, T>({ selectors }: Compiled<K>): Record<K, T[]> {
  return Object.fromEntries(selectors.map(([key]) => [key, []])) as unknown as Record<K, T[]>
}

/** A layout's selectors are compiled once, not for each page. */
const compiledOf = new WeakMap<object, Compiled<string>>()

export function compileAll<K extends string>(wanted: Record<K, string>): Compiled<K> {
  const known = compiledOf.get(wanted) as Compiled<K> | undefined
  if (known !== undefined) return known
  const selectors = Object.entries<string>(wanted).map(([key, list]) => [key as K, compileSelector(list)] as const)
  const compiled = { selectors, worthTesting: compileProbe(selectors.map(([, selector]) => selector)) }
  compiledOf.set(wanted, compiled)
  return compiled
}
