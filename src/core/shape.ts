/**
 * The form of a value that was read from a file, said once: `shaped({ id: isText, day: orNull(isText) })` checks it, and
 * `Of<typeof thatCheck>` is its type. Loading a library for it would cost each poll its start.
 */

export type Check<T> = (value: unknown) => value is T

/** The type of what a check lets pass. */
export type Of<C> = C extends Check<infer T> ? T : never

type Checks = Readonly<Record<string, Check<unknown>>>

/** Keys that may be absent are optional. */
type Shaped<C extends Checks> = {
  -readonly [K in keyof C as undefined extends Of<C[K]> ? never : K]: Of<C[K]>
} & {
  -readonly [K in keyof C as undefined extends Of<C[K]> ? K : never]?: Exclude<Of<C[K]>, undefined>
}

export const isText: Check<string> = (value) => typeof value === 'string'

export const isNumber: Check<number> = (value) => typeof value === 'number'

/** A whole number. */
export const isCount = ((value) => Number.isSafeInteger(value)) as Check<number>

/** A time as JavaScript reads it: ISO 8601 UTC in all that the program writes. */
export const isTime = ((value) => isText(value) && !Number.isNaN(Date.parse(value))) as Check<string>

/** True for an object as JSON has them: no list, and not `null`. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function oneOf<const T extends string | number | boolean>(...values: readonly T[]): Check<T> {
  return (value): value is T => (values as readonly unknown[]).includes(value)
}

export function either<A, B>(one: Check<A>, other: Check<B>): Check<A | B> {
  return (value): value is A | B => one(value) || other(value)
}

export function both<A, B>(one: Check<A>, other: Check<B>): Check<A & B> {
  return (value): value is A & B => one(value) && other(value)
}

export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value)
}

export function orAbsent<T>(check: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value)
}

export function listOf<T>(check: Check<T>): Check<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every((each) => check(each))
}

export function byName<T>(check: Check<T>): Check<Record<string, T>> {
  return (value): value is Record<string, T> => isObject(value) && Object.values(value).every((each) => check(each))
}

/** An object with these keys; others are no fault. */
export function shaped<C extends Checks>(checks: C): Check<Shaped<C>> {
  const all = Object.entries(checks)
  return (value): value is Shaped<C> => isObject(value) && all.every(([key, check]) => check(value[key]))
}

/** The value that a text is in JSON, where it has the form; `null` for any other text. */
export function parsedAs<T>(check: Check<T>, text: string): T | null {
  try {
    const value: unknown = JSON.parse(text)
    return check(value) ? value : null
  } catch {
    return null
  }
}
