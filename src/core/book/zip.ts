import { crc32, deflateRawSync } from 'node:zlib'

/** What a ZIP file without the extensions of ZIP64 holds, which e-readers do not read. */
const MAX_FILES = 0xffff
const MAX_BYTES = 0xffffffff

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const VERSION = 20
const DEFLATED = 8
/** The first day that a ZIP file can name: of the same contents it has the same bytes, whenever it is made. */
const FIRST_OF_1980 = 0x21

/** Thrown for the file that no longer fits into a ZIP file. */
export class ZipFullError extends Error {
  override readonly name = 'ZipFullError'
}

/** A ZIP file that is made from its beginning to its end; nothing of what it holds is kept. */
interface Zip {
  /** The bytes that a file adds. `name`: of ASCII alone. `isStored`: as it is, of what cannot be made smaller. */
  add(name: string, content: string | Uint8Array, isStored?: boolean): Uint8Array[]
  /** The bytes that end it. */
  end(): Uint8Array[]
}

/** Begins a ZIP file. */
export function newZip(): Zip {
  const central: Buffer[] = []
  let offset = 0

  return {
    add(name, content, isStored = false) {
      const whole = typeof content === 'string' ? Buffer.from(content) : content
      const packed = isStored ? whole : deflateRawSync(whole)
      // Behind the two signatures the heads of a file and of its entry say the same.
      const about = Buffer.alloc(26)
      about.writeUInt16LE(VERSION, 0)
      about.writeUInt16LE(isStored ? 0 : DEFLATED, 4)
      about.writeUInt16LE(FIRST_OF_1980, 8)
      about.writeUInt32LE(crc32(whole), 10)
      about.writeUInt32LE(packed.length, 14)
      about.writeUInt32LE(whole.length, 18)
      about.writeUInt16LE(name.length, 22)
      const label = Buffer.from(name, 'latin1')
      const head = Buffer.concat([signed(LOCAL), about, label])
      const rest = Buffer.alloc(14)
      if (central.length === MAX_FILES || offset + head.length + packed.length > MAX_BYTES) throw new ZipFullError()
      rest.writeUInt32LE(offset, 10)
      const version = Buffer.from([VERSION, 0])
      central.push(Buffer.concat([signed(CENTRAL), version, about, rest, label]))
      offset += head.length + packed.length
      return [head, packed]
    },
    end() {
      const size = central.reduce((sum, { length }) => sum + length, 0)
      const end = Buffer.alloc(18)
      end.writeUInt16LE(central.length, 4)
      end.writeUInt16LE(central.length, 6)
      end.writeUInt32LE(size, 8)
      end.writeUInt32LE(offset, 12)
      return [...central, signed(END), end]
    },
  }
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(signature)
  return bytes
}
