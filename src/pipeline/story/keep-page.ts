import { isoTime } from '../../core/time.ts'
import type { Fetched } from '../../edge/http/http.ts'
import type { Tools } from '../run.ts'

const MB = 1024 * 1024

/**
 * Keeps a page or a list as it came, for a version of the program that may read it better; where, relative to the archive.
 * `id`: the story's, or the list's name.
 */
export async function keepPage(
  { id, url, capturedAt }: { id: string; url: string; capturedAt?: string },
  { url: foundAt, contentType, body }: Fetched,
  { archive, config, io }: Pick<Tools, 'archive' | 'config' | 'io'>,
): Promise<string> {
  const page = { id, url, foundAt, contentType, fetched: capturedAt ?? isoTime(io.now()), body }
  return archive.keepPage(page, config.keepPages * MB)
}
