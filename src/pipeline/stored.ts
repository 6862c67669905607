import type { Document } from '../core/document/document.ts'
import type { Archive } from '../edge/archive/archive.ts'

/** A story's file as it stands. The reader takes a YAML parser, which most runs do without: it is loaded here alone. */
export async function readStored(path: string, archive: Archive): Promise<Document> {
  const { parseDocument } = await import('../core/document/parse.ts')
  return parseDocument(await archive.read(path))
}
