import { mediaTypeOf } from '../media/kind.ts'
import { commonestFirst, countsOf, groupsOf } from '../groups.ts'
import type { StoryRecord } from '../model.ts'
import { changedAt, dayOfRecord, publishedAt } from '../publish/story-times.ts'
import { titleOfStories } from '../publish/title.ts'
import { isoTime, minuteIn, type Zone } from '../time.ts'
import { plural, t } from '../../words/words.ts'
import { CONTAINER, type ManifestItem, type Metadata, ncxOf, packageOf } from './package.ts'
import { type BookDay, dayPage, fileOfDay, type BookStory, navPage, storyPage, titlePage } from './pages.ts'
import { STYLE } from './style.ts'
import { newZip } from './zip.ts'

/** The pictures that a book may hold (EPUB 3.3, core media types); AVIF is none of them. */
const SHOWN: ReadonlySet<string> = new Set(['gif', 'jpg', 'png', 'webp'])

/** Before EPUB 3.3 a WebP picture was to have another: a pixel of nothing. */
const PIXEL: ManifestItem = { href: 'pixel.gif', type: 'image/gif' }
const PIXEL_BYTES = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** What a book is told of itself. */
interface BookAbout {
  /** A URI: of one choice of stories the same at each time, so that an e-reader takes the new book for the old one. */
  identifier: string
  /** What stands behind papers and days in its title: its sections. */
  sections: readonly string[]
  /** The clock by which the times of a story are shown, by its URL. */
  zoneOf: (url: string) => Zone
  /** When it is made: the time of a book without stories. */
  nowMs: number
}

/** An EPUB 3 that is made while its stories are read: what it holds of each is its headline. */
export interface Book {
  /** The paths of pictures of a story that the book can hold and does not yet. */
  wants(record: StoryRecord): string[]
  /**
   * The bytes that a story adds; none for one that stands in it. `pictures`: what is kept at those paths; where one is not
   * there its caption and a link stand in its place.
   */
  add(record: StoryRecord, pictures: ReadonlyMap<string, Uint8Array>): Uint8Array[]
  /** The bytes that end it. */
  end(): Uint8Array[]
}

const kindOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** Days in their order, with their stories. */
function byDay(stories: readonly BookStory[]): BookDay[] {
  const order = ({ day, published, file }: BookStory): string => `${day} ${published} ${file}`
  const sorted = stories.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
  return groupsOf(sorted, ({ day }) => day).map((own) => [own[0]!.day, own])
}

/** A section that all stories have says nothing of any. */
function withoutOneSection(stories: readonly BookStory[]): BookStory[] {
  const isOne = new Set(stories.map(({ section }) => section)).size === 1
  return stories.map((story) => (isOne ? { ...story, section: null } : story))
}

/** `2021-11-10`, or the first and the last day. */
function spanOf(days: readonly BookDay[]): string[] {
  const [first, last] = [days[0]?.[0], days.at(-1)?.[0]]
  if (first === undefined || last === undefined) return []
  return [first === last ? first : `${first} – ${last}`]
}

/** Begins a book. The same stories make the same bytes. */
export function newBook({ identifier, sections, zoneOf, nowMs }: BookAbout): Book {
  const zip = newZip()
  const stories = new Map<string, BookStory>()
  const media = new Map<string, ManifestItem>()
  let modified = ''

  /** What e-readers look for at the beginning of the file. */
  let head: Uint8Array[] = [
    ...zip.add('mimetype', 'application/epub+zip', true),
    ...zip.add('META-INF/container.xml', CONTAINER),
    ...zip.add('EPUB/style.css', STYLE),
  ]
  const withHead = (bytes: Uint8Array[]): Uint8Array[] => {
    const all = [...head, ...bytes]
    head = []
    return all
  }

  const isWanted = (path: string | null): path is string => path !== null && SHOWN.has(kindOf(path)) && !media.has(path)

  function addPicture(path: string, bytes: Uint8Array): Uint8Array[] {
    if (!isWanted(path)) return []
    const kind = kindOf(path)
    media.set(path, { href: path, type: mediaTypeOf(kind), ...(kind === 'webp' ? { fallback: PIXEL } : {}) })
    return zip.add(`EPUB/${path}`, bytes, true)
  }

  return {
    wants: ({ images }) => [...new Set(images.map(({ path }) => path).filter(isWanted))],
    add(record, pictures) {
      const { id, title, lang, author, url, published, section } = record
      const file = `story-${id}.xhtml`
      if (stories.has(file)) return []
      const [day, zone] = [dayOfRecord(record), zoneOf(url)]
      const minute = published === null ? null : minuteIn(zone, Date.parse(published))
      stories.set(file, { file, title, lang, paper: author, day, published: publishedAt(record), minute, section })
      const changed = changedAt(record)
      if (changed > modified) modified = changed
      const shown = [...pictures].flatMap(([path, bytes]) => addPicture(path, bytes))
      const text = storyPage(record, day, zone, ({ path }) => (path !== null && media.has(path) ? path : null))
      return withHead([...shown, ...zip.add(`EPUB/${file}`, text)])
    },
    end() {
      const all = [...stories.values()]
      const counted = (of: 'lang' | 'paper') => countsOf(all.map((story) => story[of]).filter((name) => name !== null))
      const papers = counted('paper')
      const days = byDay(withoutOneSection(all))
      const span = spanOf(days)
      const name = titleOfStories(papers, sections)
      const title = [name, ...span].join(' ')
      const lang = commonestFirst(counted('lang'))[0]?.[0] ?? 'und'
      const about: Metadata = {
        identifier,
        title,
        lang,
        creators: [...papers.keys()],
        modified: modified || isoTime(nowMs),
      }
      const number = all.length
      const pages = ['title.xhtml', ...days.flatMap(([day, own]) => [fileOfDay(day), ...own.map(({ file }) => file)])]
      const pixel = [...media.values()].some(({ fallback }) => fallback === PIXEL) ? [PIXEL] : []
      const files: [string, string][] = [
        [
          'title.xhtml',
          titlePage(title, lang, [name, ...span, plural(number, t`${number} story`, t`${number} stories`)]),
        ],
        ...days.map(([day, own]): [string, string] => [fileOfDay(day), dayPage(day, own, lang)]),
        ['nav.xhtml', navPage(title, lang, days)],
        ['toc.ncx', ncxOf(about, days)],
        ['package.opf', packageOf(about, pages, [...media.values(), ...pixel])],
      ]
      const rest = pixel.flatMap(({ href }) => zip.add(`EPUB/${href}`, PIXEL_BYTES, true))
      return withHead([...rest, ...files.flatMap(([file, text]) => zip.add(`EPUB/${file}`, text)), ...zip.end()])
    },
  }
}
