import { addressOf, identify, ownerOf, siteOfHost, storyId } from '../../sites/publishers.ts'
import { urlOf } from '../../core/url.ts'

/** Which stories of captures are asked for. */
export interface Selection {
  /** By id; `null`: all of the papers that are known, and those that sources name. */
  ids: ReadonlySet<string> | null
  /** Hosts of stories that no known paper's addresses tell. */
  hosts: readonly string[]
  /** Lists and feeds that may have been captured, too. */
  sources: readonly { url: string }[]
}

/** By what a capture is told to be that of a list or feed. */
export const keyOf = (url: string): string => (urlOf(url) === null ? url : addressOf(url))

/** Tells of an address whether its capture may say something of the stories of a selection. */
export function wantsOf({ ids, hosts, sources }: Selection): (url: string) => boolean {
  const keys = new Set(sources.map(({ url }) => keyOf(url)))
  const foreign = [...hosts, ...sources.map(({ url }) => urlOf(url)?.hostname ?? '')].filter(
    (host) => ownerOf(host) === null,
  )
  const sites = new Set(foreign.map(siteOfHost))
  return (url) => {
    const host = urlOf(url)?.hostname
    if (host === undefined) return false
    // A redirect may lead to another story: of a known paper all are wanted, of which those that are asked for are archived.
    return (
      storyId(url) !== null ||
      sites.has(siteOfHost(host)) ||
      keys.has(keyOf(url)) ||
      ids?.has(identify(url).id) === true
    )
  }
}
