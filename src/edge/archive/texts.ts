/** Texts of files by their paths, as many as fit `max` characters: the oldest go. */
export interface Texts {
  get(path: string): string | undefined
  keep(path: string, text: string): void
  forget(path: string): void
}

export function createTexts(max: number): Texts {
  const texts = new Map<string, string>()
  let size = 0

  function forget(path: string): void {
    size -= texts.get(path)?.length ?? 0
    texts.delete(path)
  }

  return {
    get: (path) => texts.get(path),
    keep(path, text) {
      forget(path)
      texts.set(path, text)
      size += text.length
      for (const oldest of texts.keys()) {
        if (size <= max) return
        forget(oldest)
      }
    },
    forget,
  }
}
