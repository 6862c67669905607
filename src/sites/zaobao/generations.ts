import { drupal7 } from './drupal7.ts'
import { drupal8 } from './drupal8.ts'
import type { Generation } from '../page/paper.ts'
import { globalAstro } from './global-astro.ts'
import { globalBootstrap } from './global-bootstrap.ts'
import { sgReact } from './sg-react.ts'
import { staticPages } from './static.ts'

/** Every layout of the paper's pages, newest first: the first that finds its article in a page reads it. */
export const GENERATIONS = [
  sgReact,
  globalAstro,
  globalBootstrap,
  drupal7,
  drupal8,
  staticPages,
] as const satisfies readonly Generation[]
