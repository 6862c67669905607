/** A picture of more is one. */
const MOST_PIXELS = 80
const LONGEST = 40

const EMOJI =
  /^(?:(?:\p{RI}{2}|[#*\d]\ufe0f?\u20e3|\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*)[\u{e0020}-\u{e007f}]*\s?)+$/u
/** As forums and microblogs name their faces: `[doge]`, `:smile:`, `;-)`. */
const FACE = /^(?:\[[^[\]\s]{1,10}\]|:\w{1,20}:|[:;]-?[()DPpOo|/])$/
const NAMED_SO = /(?:^|[\s_-])(?:emoji|emoticon|smil(?:ey|ie)|face)s?(?:$|[\s_-])/i
const LETTER_HIGH = /(?:^|[;\s])(?:width|height)\s*:\s*[012]?(?:\.\d+)?em\b/i

/** The characters that a picture stands for, as large as they are: an emoji, a face; `null` for every other picture. */
export function emojiOf(image: Element): string | null {
  const of = (name: string): string => image.getAttribute(name) ?? ''
  const alt = of('alt').trim()
  const isLarge = ['width', 'height'].some((name) => Number.parseInt(of(name), 10) > MOST_PIXELS)
  if (alt === '' || alt.length > LONGEST || isLarge) return null
  if (EMOJI.test(alt)) return alt
  return FACE.test(alt) && (NAMED_SO.test(of('class')) || LETTER_HIGH.test(of('style'))) ? alt : null
}
