import { inSimplified } from '../../core/language.ts'

/**
 * What a site says where a story should be: that there is none, or that it is being worked on. A notice is told by all of
 * what it says, never by a word: a story about maintenance, or whose headline is "404", says more.
 */

const THING = '(?:页面|网页|文章|内容|新闻|链接|网址|地址|信息)'
const GONE =
  '(?:不存在|未找到|找不到|没有找到|不见了|走丢了|飞走了|无法(?:显示|访问|找到|打开)|(?:已经?被?|已经|被)(?:删除|移除|下架|下线|失效|撤下|撤回|过期))'
const MISSING_SENTENCE = new RegExp(
  `^[^。]{0,24}${THING}[^。]{0,8}${GONE}|^[^。]{0,12}(?:找不到|未找到|没有找到)[^。]{0,10}${THING}|^(?:error\\s*)?(?:404|410)\\b|\\b(?:page|article|content|story)\\b.{0,60}\\b(?:not found|does(?:n['’]?t| not) exist|no longer (?:exists|available)|(?:can(?:no|')t|could not|couldn't) be found|(?:has been|was) (?:removed|deleted|moved))|^(?:page )?not found`,
  'i',
)
const MAINTENANCE_SENTENCE =
  /^[^。]{0,10}(?:系统|网站|本站|服务器|服务|平台|网页)[^。]{0,6}(?:维护|升级|检修|繁忙|暂停|不可用|故障|出错|异常)|^[^。]{0,6}(?:正在|进行)[^。]{0,6}(?:维护|升级|检修)|^(?:维护中|暂停服务|访问出错|出错了)|\bunder (?:scheduled )?maintenance\b|\b(?:scheduled|site|system) maintenance\b|\btemporarily (?:unavailable|down|offline)\b|\bservice unavailable\b|\bbe (?:right )?back (?:soon|shortly|online)\b|\binternal server error\b|\bbad gateway\b|^(?:error\s*)?50[0234]\b/i
/** What stands beside it. */
const COURTESY =
  /^(?:抱歉|对不起|很遗憾|非常抱歉|哎呀|oops|sorry|错误|error|提示|通知|公告)|^(?:或者?|并|也|再|然后)?(?:请您?|您可以?|你可以?|敬请)[^。]{0,24}(?:稍后|稍候|返回|检查|刷新|点击|尝试|重试|联系|谅解|见谅|期待|浏览|搜索|访问)|^(?:或者?|并|也|再)?(?:点击)?返回|^(?:回到|前往)?首页|不便|^感谢|\btry again\b|^(?:please )?(?:go |return )?(?:back )?(?:to )?(?:the )?home ?page\b|^thank you|\bapologi[sz]e|\binconvenience\b|^please\b|^预计/i

/** A notice is short. */
export const MAX_NOTICE_LENGTH = 300

export type Notice = 'not-found' | 'maintenance'

function kindOf(sentence: string): Notice | 'courtesy' | null {
  if (MISSING_SENTENCE.test(sentence)) return 'not-found'
  if (MAINTENANCE_SENTENCE.test(sentence)) return 'maintenance'
  return COURTESY.test(sentence) ? 'courtesy' : null
}

/** What a text says that says nothing else than that there is no such page, or that the site is being worked on. */
export function noticeIn(text: string): Notice | null {
  if (text.length > MAX_NOTICE_LENGTH) return null
  const sentences = inSimplified(text)
    .split(/[。！？!?，,；;：:]|\.(?:\s|$)|(?<=\p{Script=Han})\s+/u)
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const kinds = sentences.map(kindOf)
  if (kinds.includes(null)) return null
  return kinds.find((kind) => kind === 'not-found' || kind === 'maintenance') ?? null
}
