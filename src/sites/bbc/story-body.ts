import { boxesAsFigures } from '../body/boxes.ts'
import { linkLine } from '../body/embeds.ts'
import { all } from '../../core/html/dom.ts'
import { parseJson, textAt } from '../json.ts'
import { before } from '../page/parts.ts'
import { layout } from '../page/layout.ts'

/** What a player is told: the page in which it plays alone, and what it plays. */
function linkPlayers(box: Element): void {
  for (const player of all(box, '[data-playable]')) {
    const settings = parseJson(player.getAttribute('data-playable') ?? '')
    const url = textAt(settings, 'settings', 'externalEmbedUrl')
    if (url === null) continue
    const title = textAt(settings, 'settings', 'playlistObject', 'title') ?? '视频'
    box.parentNode?.insertBefore(linkLine(box, url, title), box.nextSibling)
  }
}

const BOXES = { boxes: '.media-landscape, .media-portrait, .media-with-caption', captions: '.media-caption' }

/** The site before, of which the feeds of 2020 have the bodies. */
export const storyBody = layout({
  name: 'bbc-story-body',
  era: '2014 to 2020-10',
  matches: (html) => html.includes('story-body'),
  parts: {
    body: '.story-body__inner',
    h1: '.story-body__h1',
    date: '.date',
    byline: '.byline__name',
    keyword: '.tags-list__tags',
  },
  names: (texts) => texts,
  also({ published, titles, body: own }, page, { date = [], body }) {
    const dates = before(date, body[0])
    return {
      titles: titles.some((title) => title !== null) ? titles : [page.head.headline],
      body: boxesAsFigures(own, BOXES, linkPlayers),
      published: [
        ...dates.map((part) => part.attribute('data-seconds')).filter((seconds) => seconds !== null),
        ...published,
      ],
    }
  },
})
