/** Paths of sections, and what is made of them. */

/** A path without the slashes at its ends, as sections are named. */
export function withoutSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '')
}

/** The address of RSSHub's feed of a route at an instance of it. */
export function rsshubUrl(instance: string, route: string): string {
  return `${instance.replace(/\/+$/, '')}/${route}`
}
