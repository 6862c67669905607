/**
 * Selectors for start tags as they stand in text: a comma list of `name`, `.class`, `#id`, `[attribute]`,
 * `[attribute=value]`, `[attribute^=value]`, `[attribute*=value]`, joined without combinators. Class and id are compared
 * in case, as in CSS.
 */

/** A start tag. Attribute values are decoded; a missing attribute is `null`, one without a value is empty. */
export interface Tag {
  /** Lower case. */
  readonly name: string
  attribute(name: string): string | null
}

/** One selector of the list. */
interface Simple {
  name: string | null
  conditions: Array<(tag: Tag) => boolean>
  /** What the text of a tag must hold for this selector to match it. */
  literal: string | null
}

/** A compiled list. */
export interface Selector {
  matches(tag: Tag): boolean
  /** Names of elements that match by their name, whatever their attributes hold. */
  readonly names: readonly string[]
  /** For the rest: strings of which the attributes of a matching tag hold one. */
  readonly literals: readonly string[]
}

const SIMPLE = /^([a-z][\w-]*|\*)?((?:\.[\w-]+|#[\w-]+|\[[^\]]+\])*)$/i
const CONDITION = /\.([\w-]+)|#([\w-]+)|\[([\w-]+)(?:([*^]?)=["']?([^\]"']*)["']?)?\]/g

function classCondition(name: string): (tag: Tag) => boolean {
  return (tag) => {
    const value = tag.attribute('class')
    return value !== null && value.includes(name) && value.split(/\s+/).includes(name)
  }
}

function attributeCondition(name: string, operator: string, value: string | undefined): (tag: Tag) => boolean {
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
    names: simples.flatMap(({ name, literal }) => (name !== null && literal === null ? [name] : [])),
    literals: simples.flatMap(({ literal }) => (literal === null ? [] : [literal])),
  }
}

/**
 * A quick test of a tag's name and the text of its attributes, false only where none of the selectors can match.
 * References in attribute values hide text: then it answers true.
 */
export function compileProbe(selectors: readonly Selector[]): (name: string, attributes: string) => boolean {
  const names = new Set(selectors.flatMap((selector) => selector.names))
  const literals = [...new Set(selectors.flatMap((selector) => selector.literals))]
  if (literals.length === 0) return (name) => names.has(name)
  const pattern = literals.map((each) => each.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|')
  const held = new RegExp(`${pattern}|&`, 'i')
  return (name, attributes) => names.has(name) || (attributes.length > 1 && held.test(attributes))
}
