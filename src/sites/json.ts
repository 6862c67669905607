import { isObject } from '../core/shape.ts'

/** JSON of unknown shape, looked into without trust. */

export { isObject }
export type Json = Record<string, unknown>

/** The value at a path of keys; `undefined` where the path ends. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value
  for (const key of path) here = isObject(here) ? here[key] : undefined
  return here
}

/** A string that holds something, trimmed; else `null`. */
export function textAt(value: unknown, ...path: string[]): string | null {
  const found = at(value, ...path)
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : null
}

export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** Strings (one without an end too, so that none is looked for twice), and commas behind which nothing comes. */
const TRAILING_COMMA = /("(?:[^"\\]|\\.)*(?:"|\\?$))|,(?=\s*[}\]])/gs

/** Parses, or `undefined`. Control characters that pages leave raw in strings, and commas too many, are no reason to fail. */
export function parseJson(text: string): unknown {
  const clean = (): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
  for (const spelling of [() => text, clean, () => clean().replace(TRAILING_COMMA, '$1')]) {
    try {
      return JSON.parse(spelling())
    } catch {
      continue
    }
  }
  return undefined
}

/** Names in a list of strings or of objects with a name. */
export function namesAt(value: unknown, ...path: string[]): string[] {
  const found = at(value, ...path)
  if (typeof found === 'string') return [found]
  return listAt(value, ...path).flatMap((each) => {
    const name = typeof each === 'string' ? each : at(each, 'name')
    return typeof name === 'string' ? [name] : []
  })
}
