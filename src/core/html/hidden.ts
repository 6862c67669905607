/** Marks by which pages hide text from readers: labels for screen readers, copy protection, what a script would show. */

/** Classes under which frameworks keep labels for screen readers, and Drupal what is hidden. */
const LABELS = new Set(
  `element-invisible element-hidden visually-hidden visually-hidden-focusable visuallyhidden sr-only sr-only-focusable
  screen-reader-text screen-reader-only screenreader-only`.split(/\s+/),
)

function declarationsOf(style: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const each of style.toLowerCase().split(';')) {
    const colon = each.indexOf(':')
    if (colon < 0) continue
    found.set(
      each.slice(0, colon).trim(),
      each
        .slice(colon + 1)
        .replace('!important', '')
        .trim(),
    )
  }
  return found
}

const HIDING: Readonly<Record<string, RegExp>> = {
  display: /^none$/,
  visibility: /^(?:hidden|collapse)$/,
  opacity: /^0(?:\.0+)?%?$/,
  'font-size': /^0(?:\.0+)?(?:px|pt|em|rem|%)?$/,
  'text-indent': /^-\d{3,}/,
  left: /^-\d{4,}px/,
  top: /^-\d{4,}px/,
  clip: /^rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)$/,
}

/** True for a label that only a screen reader says. */
export function isLabel(element: Element): boolean {
  const classes = element.getAttribute('class')
  return classes !== null && classes.split(/\s+/).some((each) => LABELS.has(each))
}

/** True for what its own attributes hide from every reader. Found by a search in the page (`until-found`), it is shown. */
export function isHidden(element: Element): boolean {
  const hidden = element.getAttribute('hidden')
  if (hidden !== null && hidden.trim().toLowerCase() !== 'until-found') return true
  if (element.localName === 'dialog' && element.getAttribute('open') === null) return true
  const style = element.getAttribute('style')
  if (style === null) return false
  const declarations = declarationsOf(style)
  return Object.entries(HIDING).some(([name, value]) => value.test(declarations.get(name) ?? ''))
}
