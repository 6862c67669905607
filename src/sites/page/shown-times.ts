import { firstOf } from '../../core/first.ts'
import { inSimplified } from '../../core/language.ts'
import { textOfHtml } from '../text.ts'
import type { Page, Part } from './page.ts'
import type { Sheet } from './paper.ts'
import { belowHeadline, isInPlace } from './parts.ts'
import { eachTime, firstTime } from './times.ts'

/** The times that a page shows, told by their labels: of publication, or of an update. */

const ABOVE_MAX_LENGTH = 10_000

/** The time shown between the headline and the body, where no element is known to hold it. */
export function timeAbove(page: Sheet, h1: readonly Part[], body: Part | undefined): string | null {
  const above = body === undefined ? null : belowHeadline(page, h1, body)
  return above === null ? null : timeShown(page, above)
}

/** The first time that the HTML above a body shows as that of publication. */
export function timeShown(page: Sheet, above: string): string | null {
  const text = textOfHtml(above.slice(0, ABOVE_MAX_LENGTH))
  const { paper, day } = page
  const times = shownTimes([text]).published.flatMap((each) => eachTime(each, paper))
  return firstTime(times, paper, day)
}

const LABEL_MAX_LENGTH = 100

/** What a page calls the time of an update for machines, and how it shows that. */
export const UPDATE_NAME = /modif|updat/i
export const UPDATE =
  /更新|修改|最[后後][编編][辑輯]|(?<![가-힣])(?:최종)?수정|업데이트|อัปเดต|अपडेट|تحديث|به.?روز|עודכן|обновл|оновл|ενημερώθηκε|\b(?:updated|corrected|mise? à jour|zuletzt|laatste update|bijgewerkt|gewijzigd|uppdaterad|oppdatert|opdateret|päivitetty|frissítve|güncelle(?:me|ndi)|diperbarui|cập nhật|stand(?=:))\b|\b(?:last (?:updat|edit|chang|revi)|a[ckt]t?uali[sz]|aggiorna|modifi)[^\s\d:<>]*/i
export const PUBLICATION =
  /发[布表]|입력|등록|نشر|опубл|\b(?:published|posted|veröffentlicht|publié|publicado|pubblicato|gepubliceerd|publicerad|opublikowano|diterbitkan)\b/i

/** Attributes in which elements state for machines what they show: of `<time>`, of microdata and RDFa, of `<abbr>`. */
const STATED_IN = ['datetime', 'content', 'value', 'title']

/** What `<time>` elements and their like say, by attribute and by text, each behind the label that stands before it. */
export function timesIn(page: Page, parts: readonly Part[]): { published: string[]; updated: string[] } {
  const texts = parts.flatMap((part, at) => {
    const from = Math.max(parts[at - 1]?.end ?? 0, part.start - LABEL_MAX_LENGTH)
    const leading = isInPlace(page, part)
      ? page.html.slice(from, part.start).replace(/^(?:[^]*<\/h[1-6]\s*>|[^<>]*>)/i, '')
      : ''
    const label = UPDATE_NAME.test(part.attribute('itemprop') ?? '')
      ? '更新'
      : (LABEL.exec(inSimplified(textOfHtml(leading)))?.[0] ?? '')
    const stated = firstOf(STATED_IN, (name) => part.attribute(name))
    const shown = [stated, textOfHtml(part.inner)].filter((text) => text !== null && text !== '')
    return shown.map((text) => `${label} ${text}`)
  })
  return shownTimes(texts)
}

/** What stands before a time and says which it is: of both, that of publication. */
const LABEL = new RegExp(
  `(?:(?:${PUBLICATION.source})\\W{0,4})?(?:${UPDATE.source}|${PUBLICATION.source})\\D{0,8}$`,
  'i',
)
/** Where the next label begins: a time is near it, and no article before it, nor a label that means both. */
const LABELS = new RegExp(
  `(?<!\\b(?:an?|the)\\s|(?:${PUBLICATION.source})\\W{0,4})(?=(?:${UPDATE.source}|${PUBLICATION.source})\\D{0,24}\\d)`,
  'i',
)

/** The texts of times that a page shows, each from its label on: what follows 更新 or `Updated` is that of an update. */
export function shownTimes(texts: readonly string[]): { published: string[]; updated: string[] } {
  const parts = texts.flatMap((text) => inSimplified(text).split(LABELS))
  const isUpdate = (part: string): boolean => part.search(UPDATE) === 0
  return { published: parts.filter((part) => !isUpdate(part)), updated: parts.filter(isUpdate) }
}
