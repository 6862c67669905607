import { parse } from 'parse5'

/** What of a page runs, or is none of a page's own, or stands where a control would. */
export function faultsIn(page: string): string[] {
  const faults: string[] = []
  const visit = (node: {
    nodeName: string
    attrs?: { name: string; value: string }[]
    childNodes?: unknown[]
  }): void => {
    const attributes = Object.fromEntries((node.attrs ?? []).map(({ name, value }) => [name, value]))
    if (
      /^(?:style|iframe|object|embed|base|svg|math|frame|template)$/.test(node.nodeName) &&
      attributes['class'] !== 'plot'
    )
      faults.push(node.nodeName)
    if (node.nodeName === 'script' && !/^(?:\/|\.\.\/)?(?:script|search)\.js$/.test(attributes['src'] ?? ''))
      faults.push('script')
    if (node.nodeName === 'meta' && !/^(?:undefined|content-security-policy)$/.test(String(attributes['http-equiv'])))
      faults.push('refresh')
    for (const [name, value] of Object.entries(attributes)) {
      if (/^on|^style$|^srcdoc$|^srcset$/.test(name)) faults.push(name)
      if (
        /^(?:href|src|action)$/.test(name) &&
        !/^(?:https?:|mailto:|tel:|\/(?!\/)|#|(?:\.\.\/)?[\w-]+(?:\/[\w-]+)*\.[a-z]+$)/.test(value)
      )
        faults.push(value)
    }
    for (const child of node.childNodes ?? []) visit(child as Parameters<typeof visit>[0])
  }
  visit(parse(page))
  return [
    ...faults,
    ...(/[\0-\x08\x0b-\x1f\x7f-\x9f]/.exec(page) ?? []),
    ...(/[\u202a-\u202e\u2066-\u2069]/.exec(page) ?? []),
  ]
}
