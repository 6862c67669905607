import type { Paper } from '../page/paper.ts'
import { readersOf } from '../readers.ts'
import { data } from './data.ts'
import { chrome, PAYWALL } from './drop.ts'
import { drupal7 } from './drupal7.ts'
import { drupal8 } from './drupal8.ts'
import { globalAstro } from './global-astro.ts'
import { globalBootstrap } from './global-bootstrap.ts'
import { zaobao } from './index.ts'
import { astroList } from './lists/astro-list.ts'
import { bootstrapList } from './lists/bootstrap-list.ts'
import { drupal7List, drupal8List } from './lists/drupal-lists.ts'
import { jsonLists } from './lists/json.ts'
import { reactList } from './lists/react-list.ts'
import { pictureRules } from './pictures.ts'
import { sgReact } from './sg-react.ts'
import { restoreOrder } from './shuffle.ts'
import { staticPages } from './static.ts'

/** The global site wrote this, month first, into its ld+json. */
const MONTH_FIRST = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})\s+-\s+(?=\d)/
/** Drupal 7 shows the day first. */
const DAY_FIRST = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(?=\d)/

/** What those who read its pages are told of the paper. */
export const paper: Paper = {
  publisher: zaobao,
  names: ['联合早报', '联合早报网', '早报', 'zaobao', 'Zaobao', 'Lianhe Zaobao', '联合早报 Lianhe Zaobao'],
  tail: /\s*[|｜_-]\s*(?:联合早报网?|早报网?|lianhe\s*zaobao|(?:www\.)?zaobao(?:\.com(?:\.sg)?)?)\s*$/i,
  spelledOut: (text) => text.replace(MONTH_FIRST, '$3-$1-$2 ').replace(DAY_FIRST, '$3-$2-$1 '),
  body: { ...chrome, pictures: pictureRules, shuffled: { by: 'data-s', restore: restoreOrder } },
  paywall: PAYWALL,
  forSubscribers: /早报订户专享/,
  storyLink: /\/story\d{8}-\d+/,
  home: /^\/(?:node|home|index\.s?html?|global|sg)?\/?$/,
  generations: [sgReact, globalAstro, globalBootstrap, drupal7, drupal8, staticPages],
  data,
}

/** The markups of its list pages, newest first. */
export const LIST_KINDS = [astroList, reactList, bootstrapList, drupal8List, drupal7List]

/** How its pages and lists are read. */
export const readers = readersOf(paper, { kinds: LIST_KINDS, json: jsonLists })
