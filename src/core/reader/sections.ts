import { type Message, message, said } from '../../words/words.ts'

/** What readers call sections, by the names that papers have for them. */
const TITLES: Readonly<Record<string, Message>> = {
  china: message`China`,
  finance: message`Finance`,
  news: message`News`,
  sea: message`Southeast Asia`,
  simp: message`Simplified Chinese`,
  singapore: message`Singapore`,
  sports: message`Sports`,
  trad: message`Traditional Chinese`,
  world: message`World`,
}

/** A section as a reader calls it: a name such as `china`, of a paper (`paper:china`), or a path of a site, as it stands. */
export function sectionTitle(name: string): string {
  const [, paper = '', own = ''] = /^(?:([a-z]+):)?(.*)$/s.exec(name) ?? []
  const title = Object.hasOwn(TITLES, own) ? TITLES[own] : undefined
  if (title === undefined) return name
  return paper === '' ? said(title) : `${said(title)} (${paper})`
}
