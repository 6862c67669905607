import type { StoryRecord } from '../model.ts'
import { headlineHtml, type PictureAt, storyHtml } from '../publish/story-html.ts'
import { escapeXml } from '../publish/xml.ts'

/** A piece of a page. Only this module makes one, so that no text stands in a page that was not escaped. */
class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

export type Html = Markup

/** What stands in a hole of a page: text is escaped, nothing stands for `null` and `false`. */
type Hole = string | number | Html | null | false | readonly Hole[]

function written(hole: Hole): string {
  if (hole === null || hole === false) return ''
  if (hole instanceof Markup) return String(hole)
  return typeof hole === 'object' ? hole.map(written).join('') : escapeXml(String(hole))
}

/**
 * A piece of a page, of a template: `` markup`<b title="${words}">${words}</b>` ``. Holes stand between tags or in double quotes;
 * line breaks of the template are left out.
 */
export function markup(texts: TemplateStringsArray, ...holes: Hole[]): Html {
  const [first = '', ...rest] = texts.map((text) => text.replace(/\n\s*/g, ''))
  return new Markup(rest.reduce((before, text, at) => before + written(holes[at] ?? null) + text, first))
}

/** A headline that breaks between its clauses first. */
export function headline(title: string): Html {
  return new Markup(headlineHtml(title))
}

/** The body of a story, of the shapes of Markdown alone. */
export function storyBody(record: Pick<StoryRecord, 'markdown' | 'url'>, pictureAt: PictureAt): Html {
  return new Markup(storyHtml(record, pictureAt))
}
