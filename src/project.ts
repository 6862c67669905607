import manifest from '../package.json' with { type: 'json' }

/** The page of the project: `repository` in package.json, the one place where it is set. */
export const PROJECT_PAGE = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '')

/** Where a file of the package is, by its path in it: from `src/` and from the bundle in `dist/` alike. */
export function fileOfProject(path: string): URL {
  return new URL(`../${path}`, import.meta.url)
}
