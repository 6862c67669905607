/** A text as a pattern that finds it and nothing else: `a.b` is `a\.b`. */
export function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
