/** These values without the keys of which nothing is told, `null` or `undefined`: to be spread where such keys are left out. */
export function present<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const there: { [K in keyof T]?: NonNullable<T[K]> } = {}
  for (const key in values) {
    const value = values[key]
    if (value !== null && value !== undefined) there[key] = value
  }
  return there
}
