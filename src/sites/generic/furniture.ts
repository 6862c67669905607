import { countsOf, groupsOf } from '../../core/groups.ts'
import { type TextLine, type Box, kindIn } from '../../core/html/outline.ts'
import { isLink } from './blocks.ts'

/** What boxes of a page are by their tags and names. */

/** Elements that hold controls or what the page has around every story. */
const TAGS = new Set('form button input select textarea time dialog template'.split(' '))
/** What readers say of a story, by the names of their boxes in the languages of papers. */
const COMMENTS = 'comments?|comentarios|commentaires|kommentare|commenti|reacties|pinglun|liuyan'
const named = (words: string): RegExp => new RegExp(String.raw`(?:^|[-_\s])(?:${words})(?:$|[-_\s\d])`, 'i')
const NAMES = named(
  String.raw`ads?|newsletter|related|recommend\w*|promo\w*|shar(?:e|ing)|social|bio|byline|breadcrumbs?|tags?|sponsor\w*|advert\w*|copyright|pagination|pager|popular|widget|subscribe|toolbar|sign-?up|disclaimer|modal|pop-?up|lightbox|(?:side|right)-?rail|nocontent|print-?(?:only|header|footer|summary)|(?:post|about)-?author|author-?(?:bio|box|info|profile)|legal|terms|privacy|(?:(?:pay|reg)wall|subscri\w+|membership)[-_](?:offer|prompt|message|overlay|banner|barrier|cta|notice|box|form)|${COMMENTS}`,
)
/** What readers use a page with, in which its words for them may stand. */
const PAGE_TOOLS = named('(?:article|page|post|story)[-_]tools')
/** Controls, or what a story is about: `garden-tools`. */
const CONTROLS = named(String.raw`btns|buttons|tools|(?:text|font)-?size(?=\s|$)`)
/** The same in names whose words begin with capitals, `postByline`, `relatedItems`: a shorter one may be part of a number in letters. */
const JOINED =
  'newsletter related recommended share sharing social byline breadcrumbs sponsored pagination popular widget tools signup disclaimer'.split(
    ' ',
  )
const CAPITALIZED = JOINED.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
const JOINED_NAMES = new RegExp(
  String.raw`(?<![\w-])(?:${JOINED.join('|')})(?=[A-Z])|(?<=[a-z])(?:${CAPITALIZED.join('|')})(?![a-z])`,
)
const INLINE = /^(?:a|abbr|b|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)$/

const OVERLAY_TAGS = new Set(
  'dialog amp-ad amp-embed amp-sidebar amp-consent amp-user-notification template'.split(' '),
)
const OVERLAY_NAMES = named('cookies?|consent|gdpr|onetrust|dialog|fly-?out')

/** True for what is hidden, lies over the page, or is an advertisement by its tag. */
export function isOverlay(box: Box): boolean {
  if (box.isHidden || OVERLAY_TAGS.has(box.localName)) return true
  return OVERLAY_NAMES.test(box.names) || /^(?:alert)?dialog$/.test(box.getAttribute('role') ?? '')
}

const OTHER_TAGS = new Set('nav aside footer'.split(' '))
const OTHER_NAMES = named(String.raw`newsletter|related|recommend\w*|popular|${COMMENTS}`)
/** `commentsHeader`, `articleComments`: what is said of a picture may be called `imageComments`. */
const JOINED_COMMENTS =
  /(?<![\w-])comments(?=[A-Z])|(?:[Aa]rticle|[Pp]ost|[Rr]eader|[Ss]tory|[Uu]ser)s?Comments(?![a-z])/
/** Says of an element what is around or in it, or of what it is, not what it is: `has-comments`, `category-kommentare`. */
const STATE = /(?:^|\s)(?:has|with|no|category)-\S+/g

function ownNames({ names }: Box): string {
  return names.replace(STATE, '')
}

export function isOtherByName(box: Box): boolean {
  const own = ownNames(box)
  return OTHER_NAMES.test(own) || JOINED_COMMENTS.test(own)
}

/** True for what stands around stories or holds others, by its tag or its names. */
export function isNamedOthers(box: Box): boolean {
  // The foot of a quotation says whose it is (HTML, 4.4.4).
  const isOfQuote = box.localName === 'footer' && kindIn(box) === 'blockquote'
  return (OTHER_TAGS.has(box.localName) && !isOfQuote) || isOtherByName(box)
}

/** A post of WordPress or Drupal: its classes name its topics too, `tag-sharing`, `node-promoted`. */
const POST = /(?:^|\s)(?:hentry|h-entry|type-post|node)(?:\s|$)/

/** True for what is furniture under no name. */
function isLineOrPost({ localName, names }: Box): boolean {
  return INLINE.test(localName) || POST.test(names)
}

/** True for controls, and for what is named as something beside the text: sharing, tags, newsletters. */
export function isFurniture(box: Box): boolean {
  return !isLineOrPost(box) && (TAGS.has(box.localName) || NAMES.test(ownNames(box)))
}

/** How many paragraphs what is named as something beside the text may have; -1 where it is not. Some are named by what they are about. */
export function mostParagraphs(box: Box): number {
  if (isLineOrPost(box)) return -1
  const own = ownNames(box)
  if (PAGE_TOOLS.test(own) || JOINED_NAMES.test(own)) return 1
  return CONTROLS.test(own) ? 0 : -1
}

const PICTURE = /<img\b[^<>]*/gi
const STRIP_NAMES = named('thumbs|thumbnails|film-?strip')

/** Tells of a box of a page whether it has small pictures alone, as many of which were shown above under the same words. */
export function stripsOf(html: string): (box: Box) => boolean {
  let places: Map<string, number[]> | null = null
  const altOf = (picture: string) => /\salt\s*=\s*"([^"]+)"/i.exec(picture)?.[1] ?? ''
  function placesByAlt(): Map<string, number[]> {
    const pictures = Array.from(html.matchAll(PICTURE), ({ 0: tag, index }) => ({ alt: altOf(tag), index }))
    const groups = groupsOf(pictures, ({ alt }) => alt)
    return new Map(groups.map((group) => [group[0]?.alt ?? '', group.map(({ index }) => index)]))
  }
  return (box) => {
    if (!STRIP_NAMES.test(box.names)) return false
    const alts = Array.from(html.slice(box.start, box.innerEnd).matchAll(PICTURE), ([tag]) => altOf(tag))
    if (alts.length === 0 || alts.includes('')) return false
    const shown = (places ??= placesByAlt())
    return [...countsOf(alts)].every(([alt, count]) => (shown.get(alt)?.[count - 1] ?? box.start) < box.start)
  }
}

const CREDIT_NAMES = named('credits?')

/** Whose a picture is. More words tell of films, or of taxes. */
export function isNamedCredit(box: Box): boolean {
  return CREDIT_NAMES.test(ownNames(box))
}

const BESIDE_NAMES = named(
  'dek|deck|stand-?first|strap-?line|sub-?head(?:line|ing)?|sub-?title|summary|excerpt|authors?',
)

/** True for what introduces or signs a story that follows, by its names. */
export function isNamedBeside(box: Box): boolean {
  return BESIDE_NAMES.test(ownNames(box))
}

const CAPTION_NAMES = named('caption')

export function isNamedCaption({ names }: Box): boolean {
  return CAPTION_NAMES.test(names)
}

/** 相关新闻, Related stories. */
const OTHER_STORIES_HEADING =
  /^[\s▶►>•*【[（(|]*(?:related|recommended|more (?:on|from|stories|news)|read (?:more|also|next)|you (?:may|might) also|most (?:read|popular)|trending|相关|相關|延伸(?:阅读|閱讀)|推荐|推薦|更多(?:新闻|新聞|报道|報導|文章|内容|精彩)|热门|熱門|猜你喜欢|(?:您|你)可能|大家(?:都)?在看|最新(?:新闻|文章)|関連記事)/i

const HEADING_WORDS = 8
const LINKS_SOON = 3

export function mayHeadOtherStories(text: string): boolean {
  return OTHER_STORIES_HEADING.test(text)
}

/** True for the heading of a list of other stories, where a link soon follows it among `blocks`. */
export function headsOtherStories({ text, words }: TextLine, at: number, blocks: readonly TextLine[]): boolean {
  if (words > HEADING_WORDS || !mayHeadOtherStories(text)) return false
  return blocks.slice(at + 1, at + 1 + LINKS_SOON).some(isLink)
}
