const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
const decoder = new TextDecoder(LITTLE_ENDIAN ? 'utf-16le' : 'utf-16be', { ignoreBOM: true })

/** The text of these units of UTF-16; what is half a character is `\ufffd`. */
export function textOfUnits(units: Uint16Array): string {
  return decoder.decode(units)
}
