/** What is read of the first candidate that has it; `null` where none has. */
export function firstOf<T>(candidates: readonly T[], read: (candidate: T) => string | null): string | null {
  for (const candidate of candidates) {
    const value = read(candidate)
    if (value !== null) return value
  }
  return null
}
