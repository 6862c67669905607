import { drupal8 } from './drupal8.ts'
import type { Generation } from './generation.ts'
import { globalAstro } from './global-astro.ts'
import { sgReact } from './sg-react.ts'

/** Every layout of the paper's pages, newest first: the first that finds its article in a page reads it. */
export const GENERATIONS = [sgReact, globalAstro, drupal8] as const satisfies readonly Generation[]
