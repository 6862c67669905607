import manifest from '../package.json' with { type: 'json' }

/** The page of the project: `repository` in package.json, the one place where it is set. */
export const PROJECT_PAGE = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '')
