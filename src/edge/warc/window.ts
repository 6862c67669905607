/** What is at hand of a source that is read from its beginning to its end. */
export interface Window {
  /** What is at hand, from where reading stands. */
  readonly bytes: Buffer
  /** Where reading stands: bytes from the beginning of the source. */
  readonly position: number
  /** Nothing comes behind what is at hand. */
  readonly isLast: boolean
  /** Has so many bytes at hand, or all there are; true where there is one. */
  fill(count: number): Promise<boolean>
  /** Goes on by so many bytes, which need not be at hand. */
  skip(count: number): Promise<void>
  /** Lets go of the source. */
  close(): Promise<unknown>
}

/** All that is left of a window's source, from where reading stands. */
export async function* restOf(window: Window): AsyncGenerator<Uint8Array> {
  while (await window.fill(1)) {
    const { bytes } = window
    yield bytes
    await window.skip(bytes.length)
  }
}

/** A window on a source. `position`: where in the source what it gives begins. */
export function createWindow(source: AsyncIterable<Uint8Array>, position = 0): Window {
  const chunks = source[Symbol.asyncIterator]()
  let bytes: Buffer = Buffer.alloc(0)
  let isLast = false

  async function fill(count: number): Promise<boolean> {
    const parts: Uint8Array[] = [bytes]
    let length = bytes.length
    while (length < count && !isLast) {
      const next = await chunks.next()
      if (next.done === true) isLast = true
      else {
        parts.push(next.value)
        length += next.value.length
      }
    }
    if (parts.length > 1) bytes = Buffer.concat(parts, length)
    return bytes.length > 0
  }

  return {
    get bytes() {
      return bytes
    },
    get position() {
      return position
    },
    get isLast() {
      return isLast
    },
    fill,
    async skip(count) {
      let left = count
      while (left > bytes.length && !isLast) {
        left -= bytes.length
        position += bytes.length
        bytes = Buffer.alloc(0)
        await fill(1)
      }
      const taken = Math.min(left, bytes.length)
      position += taken
      bytes = bytes.subarray(taken)
    },
    close: async () => chunks.return?.(),
  }
}
