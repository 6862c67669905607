import { shellWord } from './schedule.ts'

/** A path with the slashes that shells and Node take on every system. */
const slashed = (path: string): string => (/^(?:[a-z]:)?\\/i.test(path) ? path.replaceAll('\\', '/') : path)

/**
 * How a shell in a folder calls this program (`script`: its first file), both absolute: by its name where it is installed for all folders, by
 * npx where it is for this one or belongs to npx, and as a script of Node in a clone.
 */
export function callOf(script: string, folder: string): string {
  const path = slashed(script)
  const here = `${slashed(folder).replace(/\/$/, '')}/`
  const [, home] = /^(.*?\/)node_modules\//.exec(path) ?? []
  if (home === undefined) return `node ${shellWord(path.startsWith(here) ? path.slice(here.length) : path)}`
  return home.includes('/_npx/') || here.startsWith(home) ? 'npx zaobao-archiver' : 'zaobao-archiver'
}
