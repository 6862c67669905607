import { shellWord } from './schedule.ts'

/** A path with the slashes that Node takes on every system. */
const slashed = (path: string): string => (/^(?:[a-z]:)?\\/i.test(path) ? path.replaceAll('\\', '/') : path)

/** True for a copy that npx keeps for itself, and may remove. */
export const isOfNpx = (script: string): boolean => slashed(script).includes('/_npx/')

/**
 * How a shell of Unix in a folder calls this program (`script`: its first file), both absolute: by its name where it is installed for all
 * folders, by npx where it is for this one or belongs to npx, and else as a script of Node.
 */
export function callOf(script: string, folder: string): string {
  const path = slashed(script)
  const here = `${slashed(folder).replace(/\/$/, '')}/`
  const [, home] = /^(.*?\/)node_modules\//.exec(path) ?? []
  if (isOfNpx(script) || (home !== undefined && here.startsWith(home))) return 'npx zaobao-archiver'
  // Where npm puts what is installed for all folders, on Unix and on Windows.
  if (home !== undefined && /\/(?:lib|npm)\/$/.test(home)) return 'zaobao-archiver'
  // A folder may have a name that begins with a dash.
  return `node ${shellWord(path.startsWith(here) ? path.slice(here.length).replace(/^-/, './-') : path)}`
}
