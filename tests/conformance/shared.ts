import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The folder of facts and samples that stands beside the repository where the project is developed. */
const FOLDER = process.env['ZAOBAO_SHARED'] ?? new URL('../../../shared/', import.meta.url).pathname

export const hasShared = existsSync(FOLDER)

export function readShared(path: string): string {
  return readFileSync(`${FOLDER}/${path}`, 'utf8')
}

export function listShared(path: string): string[] {
  return readdirSync(`${FOLDER}/${path}`)
}
