/** Marks by which pages hide text from readers: labels for screen readers, copy protection, what a script would show. */

/** Classes under which frameworks keep labels for screen readers, and Drupal what is hidden. */
const LABELS = new Set(
  `element-invisible element-hidden visually-hidden visually-hidden-focusable visuallyhidden sr-only sr-only-focusable
  screen-reader-text screen-reader-only screenreader-only`.split(/\s+/),
)

/** An element, as far as its own tag tells of it. */
type Named = Pick<Element, 'localName' | 'getAttribute'>

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
  clip: /^rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)$/,
}

/** True for a label that only a screen reader says. */
export function isLabel(element: Named): boolean {
  const classes = element.getAttribute('class')
  return classes !== null && classes.split(/\s+/).some((each) => LABELS.has(each))
}

/**
 * True for what its own attributes hide from every reader. Found by a search in the page (`until-found`), or behind a tab, it is
 * shown to who looks for it.
 */
export function isHidden(element: Named): boolean {
  if (element.getAttribute('role')?.trim().toLowerCase() === 'tabpanel') return false
  const hidden = element.getAttribute('hidden')
  if (hidden !== null && hidden.trim().toLowerCase() !== 'until-found') return true
  if (element.localName === 'dialog' && element.getAttribute('open') === null) return true
  const style = element.getAttribute('style')
  if (style === null) return false
  const declarations = declarationsOf(style)
  return Object.entries(HIDING).some(([name, value]) => value.test(declarations.get(name) ?? ''))
}

/** True for an element of a line that its own style shows as lines of its own: no letter that begins a text in the margin. */
export function isShownAsBlock(element: Pick<Named, 'getAttribute'>): boolean {
  const declarations = declarationsOf(element.getAttribute('style') ?? '')
  const isBlock = /^(?:block|flow-root|flex|grid|table|list-item)\b/.test(declarations.get('display') ?? '')
  const isNamedSo = /(?:^|\s)d-block(?:\s|$)/.test(element.getAttribute('class') ?? '')
  return (isBlock || isNamedSo) && !/^[lr]/.test(declarations.get('float') ?? '')
}
