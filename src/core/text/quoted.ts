/** A text in single quotes, as sh, zsh and bash read it. */
export function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** A text as a pattern that finds it and nothing else: `a.b` is `a\.b`. */
export function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
