import type { ListKind } from '../../lists/html-list.ts'
import type { Lists } from '../../lists/read-list.ts'
import { astroList } from './astro-list.ts'
import { bootstrapList } from './bootstrap-list.ts'
import { drupal7List, drupal8List } from './drupal-lists.ts'
import { jsonLists } from './json.ts'
import { reactList } from './react-list.ts'

export const LIST_KINDS = [
  astroList,
  reactList,
  bootstrapList,
  drupal8List,
  drupal7List,
] as const satisfies readonly ListKind[]

/** The paper's lists. */
export const LISTS = { kinds: LIST_KINDS, json: jsonLists } satisfies Lists
