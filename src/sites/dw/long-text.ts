import { boxesAsFigures } from '../body/boxes.ts'
import { before } from '../page/parts.ts'
import { layout } from '../page/layout.ts'
import { textOfHtml } from '../text.ts'

/** A picture and a paragraph in a box: the paragraph is its caption. */
function captioned(html: string): string {
  return html.includes('picBox') ? boxesAsFigures(html, { boxes: '.picBox', captions: 'p' }) : html
}

/** What the box beside a story says behind a label: `作者 王凡`. */
function labelled(lines: readonly string[], label: RegExp): string[] {
  return lines.flatMap((line) => (label.test(line) ? [line.replace(label, '')] : []))
}

/** The site before: `longText`, with what is said of a story in a list beside it. */
export const longText = layout({
  name: 'dw-long-text',
  era: 'to 2023-06',
  matches: (html) => html.includes('longText'),
  parts: {
    body: '.longText',
    intro: 'p.intro',
    box: '.picBox',
    facts: '.smallList',
    updated: '[itemprop=dateModified]',
  },
  also({ published }, _page, { body, intro = [], box = [], facts = [] }) {
    const [first] = body
    const lines = facts.flatMap(({ inner }) => inner.split(/<\/li>/i)).map((line) => textOfHtml(line))
    const names = labelled(lines, /^作者\s*[:：]?\s*/)
    return {
      lead: before(box, first).map(({ outer }) => captioned(outer)),
      body: captioned([...before(intro, first).slice(-1), ...body].map(({ outer }) => outer).join('')),
      published: [...published, ...labelled(lines, /^日期\s*[:：]?\s*/)],
      bylines: names.flatMap((text) => text.split(/[、,，/]/)),
      keywords: labelled(lines, /^关键词\s*[:：]?\s*/).flatMap((text) => text.split(/[、,，]\s*/)),
    }
  },
})
