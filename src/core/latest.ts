/**
 * A few values by their keys: those used last, as many as `most` together by `sizeOf`, which counts each as one where it is left out.
 * The last one stays whatever its size.
 */
export function latestOf<T>(
  most: number,
  sizeOf: (value: T) => number = () => 1,
): { get(key: string): T | undefined; set(key: string, value: T): void; delete(key: string): void } {
  const kept = new Map<string, T>()
  let size = 0
  function drop(key: string): void {
    const value = kept.get(key)
    if (value === undefined) return
    size -= sizeOf(value)
    kept.delete(key)
  }
  return {
    get(key) {
      const value = kept.get(key)
      if (value === undefined) return value
      kept.delete(key)
      kept.set(key, value)
      return value
    },
    set(key, value) {
      drop(key)
      kept.set(key, value)
      size += sizeOf(value)
      for (const oldest of kept.keys()) {
        if (size <= most || kept.size === 1) break
        drop(oldest)
      }
    },
    delete: drop,
  }
}
