/** Bytes of each character that double-byte encodings hold, made from the platform's own decoder. */
function table(label: string): Map<string, [number, number]> {
  const decoder = new TextDecoder(label)
  const found = new Map<string, [number, number]>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let tail = 0x40; tail <= 0xfe; tail++) {
      const text = decoder.decode(Uint8Array.of(lead, tail))
      if (text.length === 1 && text !== '\uFFFD' && !found.has(text)) found.set(text, [lead, tail])
    }
  }
  return found
}

const tables = new Map<string, Map<string, [number, number]>>()

/** Text in a double-byte encoding of the platform (GBK, Big5, EUC-KR, …). */
export function doubleByte(text: string, label: string): Uint8Array {
  const known = tables.get(label) ?? table(label)
  tables.set(label, known)
  const characters = Array.from(text)
  return Uint8Array.from(
    characters.flatMap((character) => {
      if (character < '\u0080') return [character.charCodeAt(0)]
      const bytes = known.get(character)
      if (bytes === undefined) throw new Error(`${label} has no ${character}`)
      return bytes
    }),
  )
}

export function gbk(text: string): Uint8Array {
  return doubleByte(text, 'gbk')
}
