import { inSimplified } from '../../core/language.ts'
import type { Refusal } from '../../core/model.ts'
import { isOfAny, type Paper, type Sheet, withoutSiteName } from './paper.ts'
import { type Message, message } from '../../words/words.ts'
import { urlOf } from '../../core/url.ts'
import { isFrontPage } from '../../core/web/front-page.ts'

/** Why a page is no article, and how that was told. */
interface RefusedPage {
  reason: Refusal
  detail: Message
  /** What a challenge is, without what it is not. */
  what?: Message
  /** An article may carry the sign as well: a form to log in, a banner for consent, a guard's script, links to stories. */
  weak?: true
}

/** Who guards a site, and what their pages carry that stories do not. */
const GUARDS: ReadonlyArray<readonly [string | Message, RegExp]> = [
  [
    'Cloudflare',
    /_cf_chl_opt|id=["']?(?:challenge-form|challenge-running|challenge-error-text|cf-error-details|cf-wrapper)\b/,
  ],
  ['Akamai', /errors\.edgesuite\.net|id=["']?sec-if-cpt-container|\bbm-verify\b|\/_sec\/cp_challenge\/|akam-logo/],
  ['Imperva', /_Incapsula_Resource|Incapsula incident ID/],
  ['DataDome', /captcha-delivery\.com/],
  ['PerimeterX', /id=["']?px-captcha|window\._pxAppId/],
  ['AWS WAF', /awsWafCookieDomainList|\bgokuProps\b|AwsWafIntegration/],
  [message`a JavaScript challenge`, /__jsl_clearance|acw_sc__v2|aliyun_waf|\bsucuri_cloudproxy_js\b|__ddg\d?_/],
]
/** Every mark of them holds one of these: seven looks at a page, of which some are slow, are spared where none does. */
const GUARD_HINT =
  /_cf_chl_opt|challenge-|cf-error|cf-wrapper|edgesuite|sec-if-cpt|bm-verify|cp_challenge|akam-logo|Incapsula|captcha-delivery|px-captcha|_pxAppId|wsWaf|gokuProps|__jsl_|acw_sc_|aliyun_waf|sucuri_|__ddg/
const WEAK_GUARDS: ReadonlyArray<readonly [string | Message, RegExp]> = [
  ['Cloudflare', /\/cdn-cgi\/challenge-platform\/|challenges\.cloudflare\.com/],
  [
    message`a captcha`,
    /g-recaptcha|h-captcha|hcaptcha\.com|recaptcha\/(?:api|enterprise)|geetest|\bcf-turnstile\b|id=["']?captcha/i,
  ],
  [
    message`a JavaScript challenge`,
    /document\.cookie\s*=[\s\S]{0,400}location\.(?:reload|href|replace)|location\.reload\(/,
  ],
]
const CHALLENGE_TITLE =
  /^(?:just a moment|attention required|access denied|403 forbidden|checking your browser|security check|请稍候|安全验证|人机验证|访问验证|verify(?:ing)? you are human)/i
const CONSENT =
  /id=["']?(?:onetrust-consent-sdk|didomi-host|usercentrics-root|qc-cmp2-container|sp_message_container)|fundingchoicesmessages|consent\.(?:google|yahoo)|action=["'][^"']{0,300}consent|class=["'][^"']{0,300}\b(?:consent-(?:form|page|wall)|cookie-wall|privacy-wall)\b/i
const LOGIN = /<input\b[^>]{0,500}type\s*=\s*["']?password/i
const MISSING_PATH =
  /^\/(?:[a-z]{2}\/)?(?:404|not-?found|page-not-found|error(?:\/404|-404|404)?|system\/404)(?:\.s?html?|\.aspx|\/)?$/i
const MISSING_TITLE =
  /^(?:(?:error\s*)?404\b.{0,30}|(?:page )?not found|(?:(?:抱歉|对不起)[，,]?\s*)?(?:您|你)?(?:要|所|想要)?(?:访问|查找|寻找|浏览|请求|找)?的?(?:页面|网页|文章|内容)(?:不存在|未找到|找不到|没有找到|已(?:被)?(?:删除|移除|下架))|(?:找不到|未找到|没有找到)(?:该|此|您要的)?(?:页面|网页|文章|内容)?)[。！!]?$/i
const MISSING_MARK =
  /<(?:html|body)\b[^>]{0,500}\bclass\s*=\s*["'][^"'>]{0,500}\b(?:page-404|error-?404|path-404|page-not-found|page-system-404|not-found)\b|<meta\b[^>]{0,200}prerender-status-code[^>]{0,200}\b(?:404|410)\b/i

function pathOf(url: string | null, base: string): string | null {
  return url === null ? null : (urlOf(url, base)?.pathname ?? null)
}

function hostOf(url: string | null): string {
  return (
    urlOf(url ?? '')
      ?.hostname.toLowerCase()
      .replace(/\.$/, '') ?? ''
  )
}

function guardOf(html: string, guards: typeof GUARDS): RefusedPage | null {
  const guard = guards.find(([, marks]) => marks.test(html))
  return guard === undefined ? null : challenge(message`the page is a challenge by ${guard[0]}`)
}

function challenge(what: Message): RefusedPage {
  return { reason: 'challenge', what, detail: message`${what}, not an article` }
}

const NO_SUCH_PAGE: RefusedPage = { reason: 'not-found', detail: message`the page says that there is no such page` }

function missing(page: Sheet): RefusedPage | null {
  const status = page.paper.data?.status(page.data())
  if (status === 404 || status === 410) return { reason: 'not-found', detail: message`the page says ${status} inside` }
  const named = [page.head.canonical, page.url].some((url) => MISSING_PATH.test(pathOf(url, page.url) ?? ''))
  const marked = MISSING_MARK.test(page.html.slice(0, 100_000))
  return named || marked ? NO_SUCH_PAGE : null
}

/**
 * Signs that hold whatever else the page contains. Scripts and ids alone are looked at, and only where nothing
 * describes an article: a guard's script on a story's page is no challenge.
 */
export function certainRefusal(page: Sheet): RefusedPage | null {
  const { isImitator, title } = page.paper.publisher
  for (const host of [hostOf(page.url), hostOf(page.head.canonical)]) {
    if (isImitator(host))
      return { reason: 'imitator', detail: message`${host} republishes ${title} and is not ${title}` }
  }
  if (page.head.articles.length > 0 || page.paper.data?.holdStory(page.data()) === true) return null
  const guarded = GUARD_HINT.test(page.html) ? guardOf(markup(page), GUARDS) : null
  return guarded ?? missing(page)
}

/** The page's tags and scripts, its text left out. */
function markup(page: Sheet): string {
  const parts = page.parts({ script: 'script', marked: '[id]' })
  const tags = parts.marked.map((part) => part.outer.slice(0, part.outer.indexOf('>') + 1))
  return [...tags, ...parts.script.map((part) => part.outer)].join('\n')
}

/** True for the headline of an error page: told of a page that names no time and no article in its data. */
export function isMissingTitle(title: string, paper: Paper): boolean {
  return MISSING_TITLE.test(inSimplified(withoutSiteName(title, paper)))
}

function home(page: Sheet): RefusedPage | null {
  const path = pathOf(page.head.canonical, page.url)
  const declared = path !== null && page.paper.home.test(path)
  const stories = new Set(page.html.match(new RegExp(page.paper.storyLink, 'g')))
  if (!declared && stories.size < 8) return null
  const detail = message`the page is a home page or a list of stories, not a story`
  // At sites that nobody knows every page may name the home page as its own address.
  const isCertain = declared && (!isOfAny(page.paper) || isFrontPage(page.url))
  return isCertain ? { reason: 'home', detail } : { reason: 'home', detail, weak: true }
}

/** Signs that count once no layout found an article. */
export function likelyRefusal(page: Sheet): RefusedPage | null {
  const title = page.head.title ?? ''
  if (CHALLENGE_TITLE.test(inSimplified(title))) return challenge(message`the page is a challenge`)
  const guard = guardOf(page.html, GUARDS)
  if (guard !== null && page.head.articles.length === 0) return guard
  const gone = missing(page)
  if (gone !== null) return gone
  if ([title, page.head.headline ?? ''].some((each) => isMissingTitle(each, page.paper))) return NO_SUCH_PAGE
  const weakGuard = guardOf(page.html, WEAK_GUARDS)
  if (weakGuard !== null && page.head.articles.length === 0) return { ...weakGuard, weak: true }
  if (LOGIN.test(page.html)) return { reason: 'login', detail: message`the page asks to log in`, weak: true }
  if (CONSENT.test(page.html)) return { reason: 'consent', detail: message`the page asks for consent`, weak: true }
  return home(page)
}
