import { proseOf } from '../../core/html/prose.ts'
import type { Extract } from '../../core/model.ts'
import { fewerWords, missingSentences, outsideProse } from '../../core/witness.ts'
import { ownArticle } from './extract.ts'
import type { Sheet } from './paper.ts'
import type { Message } from '../../words/words.ts'

/** What the page itself says against a reading of it: lines with figures, none where it agrees. */
export function witnessesAgainst(sheet: Sheet, extract: Extract): Message[] {
  const outside = extract.access === 'subscriber' ? null : outsideProse(sheet.prose(), extract.body.text)
  return [...(outside === null ? [] : [outside]), ...dataAgainst(sheet, extract)]
}

/** What the page's ld+json and the markup of its body say against a reading of it, in the same way. */
export function dataAgainst(sheet: Sheet, extract: Extract): Message[] {
  // The rest of a teaser is for others to read.
  if (extract.access === 'subscriber') return []
  const body = extract.body.text
  const article = ownArticle(sheet, [extract.title])
  const told =
    article?.articleBody == null
      ? fewerWords(article?.wordCount ?? null, body)
      : missingSentences(article.articleBody, body, 'articleBody', () => proseOf(extract.body.html))
  return told === null ? [...extract.doubts] : [...extract.doubts, told]
}
