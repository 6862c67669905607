import { urlOf } from '../url.ts'

/** Pages that lead on to another site, by host and path: search engines, readers' and chats' warnings before one leaves. */
const REDIRECTORS =
  /^(?:(?:www|news)\.google\.[a-z.]{2,6}\/url|(?:www\.)?bing\.com\/news\/apiclick\.aspx|(?:www\.)?duckduckgo\.com\/l\/|link\.(?:zhihu|juejin|csdn)\.(?:com|cn|net)\/|(?:www\.)?jianshu\.com\/go-wild|(?:www\.)?douban\.com\/link2\/?|gitee\.com\/link|(?:passport\.)?weibo\.(?:com|cn)\/sinaurl|c\.pc\.qq\.com\/\w+\.html|lm?\.facebook\.com\/l\.php|l\.(?:instagram|threads)\.(?:com|net)\/|(?:www\.)?youtube\.com\/redirect|out\.reddit\.com\/[\w-]*|slack-redir\.net\/link|[\w-]+\.safelinks\.protection\.outlook\.com\/)$/

/** Where they have the address. */
const PARAMETERS = ['url', 'u', 'q', 'target', 'uddg', 'pfurl']

/** A mail's warning before a chat's, before a search engine's. */
const MOST_STEPS = 3

/** Where an address leads that is a redirector's, by way of others too; itself for every other one. */
export function whereItLeads(address: string, steps = MOST_STEPS): string {
  if (steps === 0 || !address.includes('?')) return address
  const url = urlOf(address)
  if (url === null || !REDIRECTORS.test(`${url.hostname}${url.pathname}`)) return address
  const targets = PARAMETERS.flatMap((name) => url.searchParams.get(name) ?? [])
  const target = targets.find((each) => /^https?:\/\//i.test(each) && urlOf(each) !== null)
  return target === undefined ? address : whereItLeads(target, steps - 1)
}
