import type { Paper } from '../page/paper.ts'
import { readersOf } from '../readers.ts'
import { data } from './data.ts'
import { chrome, PAYWALL } from './drop.ts'
import { GENERATIONS } from './generations.ts'
import { zaobao } from './index.ts'
import { LISTS } from './lists/index.ts'
import { pictureRules } from './pictures.ts'
import { restoreOrder } from './shuffle.ts'

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
  generations: GENERATIONS,
  data,
}

/** How its pages and lists are read. */
export const readers = readersOf(paper, LISTS)
