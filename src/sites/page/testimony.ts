import { all } from '../../core/html/dom.ts'
import { countsOf } from '../../core/groups.ts'
import { htmlTooLarge } from '../../core/html/bounds.ts'
import { parseHtml } from '../../core/html/html.ts'
import { type TextLine, type Box, outlineOf } from '../../core/html/outline.ts'
import { placeOf, placeOfMost } from '../../core/html/place.ts'
import type { Access } from '../../core/model.ts'
import { withoutOwnNames } from '../../core/probe/shapes.ts'
import type { Testimony } from '../../core/probe/testimony.ts'
import { lettersIn, lettersOutside } from '../../core/witness.ts'
import { collapse, textOfHtml } from '../text.ts'
import { ownArticle } from './extract.ts'
import { isCutOff } from './parts.ts'
import { shownTimes } from './shown-times.ts'
import { type Paper, type Sheet, withoutSiteName } from './paper.ts'
import { firstTime } from './times.ts'
import { readUnknown } from './unknown.ts'

const PARTS = { h1: 'h1' }

/** What says a time is not longer. */
const TIME_MAX_LENGTH = 60
/** Where the page shows no prose its time is looked for in so many lines below the headline. */
const LINES_BELOW = 15
/** Pages of news have some 5,000 elements. */
const MAX_ELEMENTS = 15_000
/** No story is longer. */
const MAX_LENGTH = 1_000_000

/** A page's text as it is shown: its lines, and those among them that are its prose. */
interface Shown {
  blocks: readonly TextLine[]
  proseAt: string | null
  /** Index of the first line of the prose. */
  firstProse: number | null
}

function shownOf(html: string): Shown {
  const { blocks } = outlineOf(html)
  const prose = blocks.filter(({ isProse }) => isProse)
  const lines = countsOf(prose.map(({ box }) => box))
  /** A paragraph stands in what holds all of them; text parted by breaks alone stands in it itself. */
  const around = ({ box }: TextLine): Box | null => (lines.get(box) === 1 ? box.parentElement : box)
  const most = placeOfMost(prose.map((block) => ({ place: around(block), weight: lettersIn(block.text) })))
  const firstProse = most === null ? -1 : blocks.findIndex((block) => block.isProse && around(block) === most)
  return { blocks, proseAt: most === null ? null : placeOf(most), firstProse: firstProse === -1 ? null : firstProse }
}

/** The time that the page shows between its headline and its prose. */
function shownTime({ blocks, firstProse }: Shown, paper: Paper, day: string | null): string | null {
  const until = firstProse ?? blocks.length
  const headline = blocks.findLastIndex(({ kind }, index) => kind === 'h1' && index < until)
  if (headline === -1) return null
  const below = blocks.slice(headline + 1, firstProse ?? headline + LINES_BELOW)
  const texts = below.map(({ text }) => text).filter((text) => text.length <= TIME_MAX_LENGTH)
  const { published } = shownTimes(texts)
  return firstTime(published, paper) ?? firstTime(published, paper, day)
}

/** What each witness in a page says of its story. `text` is what was read of it, `null` where nothing was. */
export function testimonyOf(
  sheet: Sheet,
  { text, day, listed }: { text: string | null; day: string | null; listed: string | null },
): Testimony {
  const { head, html, paper, walls } = sheet
  const { shuffled } = paper.body
  const shownHeadlines = sheet.parts(PARTS).h1.map((part) => part.inner)
  const article = ownArticle(sheet, shownHeadlines)
  const told = paper.data?.told(sheet, [...shownHeadlines, head.headline ?? '']) ?? null
  const shown = shownOf(html)
  const generic = readUnknown(sheet, listed)
  const headline = (said: string | null | undefined) => withoutSiteName(textOfHtml(said ?? ''), paper)
  const time = (...said: unknown[]) => firstTime(said, paper)
  const tier = head.meta('article:content_tier')
  const access = (isSubscriber: boolean): Access => (isSubscriber ? 'subscriber' : 'public')
  return {
    headlines: filled({
      'ld+json': headline(article?.headline),
      'og:title': headline(head.meta('og:title')),
      title: headline(head.title),
      h1: headline(shownHeadlines.find((each) => headline(each) !== '')),
      data: headline(told?.headline),
    }),
    times: filled({
      'ld+json': time(...(article?.published ?? [])),
      meta: time(head.meta('article:published_time')),
      ...Object.fromEntries(Object.entries(told?.times ?? {}).map(([witness, times]) => [witness, time(...times)])),
      shown: shownTime(shown, paper, day),
    }),
    bodies: filled({
      articleBody: article?.articleBody ?? null,
      data: textOfHtml(told?.bodyHtml ?? ''),
      generic: generic === null ? null : generic.extract.body.textContent,
    }),
    wordCount: article?.wordCount ?? null,
    access: {
      ...(article === null ? {} : { 'ld+json': access(article.subscriber) }),
      ...(tier === null ? {} : { head: access(tier === 'locked') }),
      ...(walls.length === 0 ? {} : { wall: access(isCutOff(walls)) }),
    },
    pictures: { data: told?.pictures ?? null, head: head.meta('og:image') !== null },
    isShuffled: shuffled !== undefined && new RegExp(`\\s${shuffled.by}\\s*=`).test(html),
    outside: text === null ? 0 : lettersOutside(sheet.prose(), text),
    proseAt: shown.proseAt,
  }
}

function filled(said: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(said).flatMap(([witness, text]) => {
      const there = collapse((text ?? '').slice(0, MAX_LENGTH))
      return there === '' ? [] : [[witness, there]]
    }),
  )
}

/** How many stories a page links to, and the elements down to most of these links: the markup of a list that nobody knows. */
export function linksTo(html: string, { storyLink }: Paper): { links: number; linksAt: string | null } {
  if (htmlTooLarge(html) !== null) return { links: 0, linksAt: null }
  const page = parseHtml(html).documentElement
  const links = page.querySelectorAll('*').length > MAX_ELEMENTS ? [] : all(page, 'a[href]')
  const stories = links.filter((link) => storyLink.test(link.getAttribute('href') ?? ''))
  const ids = new Set(stories.map((link) => storyLink.exec(link.getAttribute('href') ?? '')?.[0]))
  const [most] = [...countsOf(stories.map(placeOf))].toSorted(([, one], [, other]) => other - one)
  // What one link alone is called may be words of its story.
  const [linksAt = null] = most === undefined || most[1] > 1 ? [most?.[0]] : withoutOwnNames([most[0]])
  return { links: ids.size, linksAt }
}
