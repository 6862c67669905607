import { textOfHtml } from '../text.ts'
import { labelledNames } from './bylines.ts'
import { extractOf, type LayoutExtract } from './extract.ts'
import { before, headlineOf, holds, leadBetween, ownParts } from './parts.ts'
import { timeAbove, timesIn } from './shown-times.ts'
import type { Part, PartSelectors } from './page.ts'
import type { Generation, Sheet } from './paper.ts'

type Names = (texts: readonly string[]) => readonly string[]

/** A layout by the elements in which its pages have a story: selectors of `core/html/selector.ts`. */
interface Described extends Pick<Generation, 'name' | 'era' | 'isHandMade' | 'matches'> {
  /** `h1` and `time` where others do not say it; what `also` asks for besides. */
  readonly parts: PartSelectors & {
    readonly body: string
    /** What holds headline and body: what stands above it is of other stories. */
    readonly article?: string
    /** Pictures and players above the body; all between headline and body where it is left out. */
    readonly lead?: string
    readonly byline?: string
    readonly keyword?: string
  }
  /** The names in the texts of bylines; those behind a label where it is left out. */
  readonly names?: Names
  /** What is found in other ways, in the place of what the elements say; `null` where the page is of another layout. */
  readonly also?: (
    found: Required<Omit<LayoutExtract, 'subscriber'>>,
    page: Sheet,
    parts: Record<string, Part[]> & { body: [Part, ...Part[]] },
  ) => Partial<LayoutExtract> | null
}

/** What the elements of a page say of its story, as `layout` names them; little where it has no body. `names`: see `Described`. */
export function shownIn(page: Sheet, found: Readonly<Record<string, Part[]>>, names: Names = labelledNames) {
  const of = (name: string): Part[] => found[name] ?? []
  const [body] = of('body')
  const h1 = of('h1')
  const article = of('article').find((each) => body !== undefined && holds(each, body))
  const own = (name: string): Part[] => (body === undefined ? [] : ownParts(of(name), h1, body, article))
  const shown = timesIn(page, own('time'))
  return {
    titles: [headlineOf(h1, body)],
    lead:
      found['lead'] === undefined || body === undefined
        ? leadBetween(page, article, h1, body)
        : before(found['lead'], body).map((part) => part.outer),
    body: body?.inner ?? '',
    published: [...shown.published, () => timeAbove(page, h1, body)],
    updated: shown.updated,
    bylines: names(own('byline').map((part) => textOfHtml(part.inner))),
    keywords: of('keyword').map((part) => textOfHtml(part.inner)),
  }
}

/** The layout whose stories are read out of the elements that are described. */
export function layout({ parts, names, also, ...named }: Described): Generation {
  const wanted: PartSelectors = { h1: 'h1', time: 'time', ...parts }
  return {
    ...named,
    parts: wanted,
    extract(page) {
      const found: Record<string, Part[]> = page.parts(wanted)
      const [body, ...bodies] = found['body'] ?? []
      if (body === undefined) return null
      const story = shownIn(page, found, names)
      const other = also === undefined ? {} : also(story, page, { ...found, body: [body, ...bodies] })
      return other === null ? null : extractOf(page, { ...story, ...other })
    },
  }
}
