import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '../../core/hash.ts'
import { failed } from './failure.ts'
import { message } from '../../words/words.ts'
import type { Http } from './http.ts'

interface Recording {
  url: string
  file: string
  contentType: string
}

/**
 * A client that answers from recorded files instead of the network: `site.json` in the folder names the file of each
 * address. Validators are of the bytes, so that what did not change answers 304 as a server would.
 */
export async function openRecorded(folder: string): Promise<Http> {
  const recordings = JSON.parse(await readFile(join(folder, 'site.json'), 'utf8')) as Recording[]
  return {
    async get(url, request) {
      const recording = recordings.find((one) => one.url === url)
      if (recording === undefined) {
        return failed('missing', message`status ${404}`, { status: 404 })
      }
      const body = await readFile(join(folder, recording.file))
      const validators = {
        etag: `"${sha256(body).slice(0, 16)}"`,
        lastModified: null,
      }
      if (request?.validators?.etag === validators.etag) {
        return { kind: 'unchanged', url, permanentUrl: null, validators }
      }
      return { kind: 'ok', url, permanentUrl: null, body, contentType: recording.contentType, validators }
    },
    close: () => Promise.resolve(),
  }
}
