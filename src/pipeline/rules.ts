import manifest from '../../package.json' with { type: 'json' }

/** By what pages are read: another version has other rules. */
export const RULES: string = manifest.version
