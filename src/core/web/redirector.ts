import { urlOf } from './url.ts'

/** Pages that lead on to another site, by host and path: search engines, readers' and chats' warnings before one leaves. */
const REDIRECTORS =
  /^(?:(?:www|news)\.google\.[a-z.]{2,6}\/url|(?:www\.)?bing\.com\/news\/apiclick\.aspx|(?:www\.)?duckduckgo\.com\/l\/|link\.(?:zhihu|juejin|csdn)\.(?:com|cn|net)\/|(?:www\.)?jianshu\.com\/go-wild|(?:www\.)?douban\.com\/link2\/?|gitee\.com\/link|(?:passport\.)?weibo\.(?:com|cn)\/sinaurl|c\.pc\.qq\.com\/\w+\.html|lm?\.facebook\.com\/l\.php|l\.(?:instagram|threads)\.(?:com|net)\/|(?:www\.)?youtube\.com\/redirect|out\.reddit\.com\/[\w-]*|slack-redir\.net\/link|[\w-]+\.safelinks\.protection\.outlook\.com\/)$/

/** Where they have the address. */
const PARAMETERS = ['url', 'u', 'q', 'target', 'uddg', 'pfurl']

/** Where an address leads that is a redirector's; itself for every other one. */
export function whereItLeads(address: string): string {
  if (!address.includes('?')) return address
  const url = urlOf(address)
  if (url === null || !REDIRECTORS.test(`${url.hostname}${url.pathname}`)) return address
  const targets = PARAMETERS.flatMap((name) => url.searchParams.get(name) ?? [])
  return targets.find((target) => /^https?:\/\//i.test(target) && urlOf(target) !== null) ?? address
}
