import { expect, test } from 'vitest'
import { readPage, whatCame } from '../../src/sites/index.ts'
import { PAGES } from '../support/pages.ts'
import { said } from '../../src/words/words.ts'

const URL_ASKED = 'https://www.zaobao.com.sg/news/china/story20260829-9595968'
const LINKS = Array.from({ length: 12 }, (_, i) => `<a href="/news/china/story20260829-95959${i}">第${i}条</a>`).join(
  '',
)
const HYDRATED_404 =
  '{"loaderData":{"0-0":null},"errors":{"0-0":{"status":404,"statusText":"Not Found","__type":"RouteErrorResponse"}}}'

const REFUSED: Array<[string, string, string]> = [
  [
    'challenge',
    'Cloudflare',
    '<title>Just a moment...</title><div id="challenge-running"></div><script>window._cf_chl_opt={cType:"managed"}</script>',
  ],
  [
    'challenge',
    'Akamai',
    '<TITLE>Access Denied</TITLE><H1>Access Denied</H1>Reference #18.2 https://errors.edgesuite.net/18.2',
  ],
  ['challenge', 'a captcha', '<title>验证</title><form><div class="g-recaptcha" data-sitekey="k"></div></form>'],
  ['challenge', 'JavaScript', '<html><script>document.cookie="__jsl_clearance=1";location.reload()</script></html>'],
  ['challenge', 'a captcha of DataDome', '<script src="https://geo.captcha-delivery.com/c.js"></script>'],
  [
    'consent',
    'a consent wall',
    '<title>您的隐私</title><form class="consent-form" action="/consent/save"><button>同意</button></form>',
  ],
  [
    'login',
    'a login page',
    '<title>登录 | 联合早报</title><form><input name="u"><input type="password" name="p"></form>',
  ],
  [
    'home',
    'the home page',
    `<title>联合早报网</title><link rel="canonical" href="https://www.zaobao.com.sg/">${LINKS}`,
  ],
  ['home', 'a list', `<title>中国 | 联合早报</title><div class="card-listing">${LINKS}</div>`],
  ['not-found', 'a soft 404 by its title', '<title>404 | 联合早报</title><main><h1>404</h1><p>去别处看看</p></main>'],
  ['not-found', 'a soft 404 in Chinese', '<title>您要找的页面不存在 | 早报</title><main></main>'],
  [
    'not-found',
    'an error of the router',
    `<script>window.__staticRouterHydrationData = JSON.parse(${JSON.stringify(HYDRATED_404)});</script>`,
  ],
  [
    'not-found',
    'an error page in the dress of an article',
    '<title>页面不存在 | 联合早报网</title><h1>页面不存在</h1><div class="article-content-rawhtml"><p>请返回首页。</p></div>',
  ],
  ['unclaimed', 'another layout', '<title>一篇文章</title><h1>一篇文章</h1><div class="post"><p>文字。</p></div>'],
  ['no-page', 'nothing', ''],
  [
    'empty',
    'a body of ads',
    '<h1>标题</h1><div class="article-content-rawhtml"><p>&nbsp;</p><section id="imu"><p>广告</p></section></div>',
  ],
  [
    'empty',
    'data that did not come',
    '<article><h1>标题</h1><img src="/a.jpg"><div class="articleBody"></div></article>',
  ],
]

test.each(REFUSED)('%s: %s', (reason, _, html) => {
  const read = readPage({ html, url: URL_ASKED })
  expect(read).toMatchObject({ kind: 'refused', reason })
  expect(read.kind === 'refused' && said(read.detail)).not.toMatch(/\n|^$/)
})

const GUARD_SCRIPTS = [
  'window._cf_chl_opt={}',
  'u="https://errors.edgesuite.net/1"',
  'k="bm-verify"',
  'u="/_sec/cp_challenge/verify"',
  'c="akam-logo"',
  'u="/_Incapsula_Resource?x"',
  't="Incapsula incident ID: 1"',
  'u="https://geo.captcha-delivery.com/c.js"',
  'window._pxAppId="PX1"',
  'awsWafCookieDomainList=[]',
  'window.gokuProps={}',
  'AwsWafIntegration.getToken()',
  'k="__jsl_clearance_s"',
  'k="acw_sc__v2"',
  'k="aliyun_waf_aa"',
  'f=sucuri_cloudproxy_js',
  'k="__ddg1_"',
]
const GUARD_IDS = [
  'challenge-form',
  'challenge-running',
  'challenge-error-text',
  'cf-error-details',
  'cf-wrapper',
  'sec-if-cpt-container',
  'px-captcha',
]

test.each([
  ...GUARD_SCRIPTS.map((mark) => `<script>${mark}</script>`),
  ...GUARD_IDS.map((mark) => `<div id="${mark}"></div>`),
])('a page in the dress of an article is a challenge by %s', (mark) => {
  const html = `<h1>请稍候</h1><div class="article-content-rawhtml"><p>正在检查您的浏览器。</p></div>${mark}`
  expect(readPage({ html, url: URL_ASKED })).toMatchObject({ kind: 'refused', reason: 'challenge' })
})

const STORY = {
  title: '验证码为何令人烦恼：登录、404与同意书',
  url: URL_ASKED,
  published: '2026-08-29T01:00:00.000Z',
  bodyHtml: '<p>Just a moment，页面不存在，请登录，最新热门，上一篇，广告。</p><p>此文章为早报订户专享内容。</p>',
}

test.each(Object.entries(PAGES))('no word in a story makes it anything else (%s)', (_, makePage) => {
  const guarded = `<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><div id="onetrust-consent-sdk"></div><input type="password">`
  const read = readPage({ html: makePage(STORY).replace('</body>', `${guarded}</body>`), url: URL_ASKED })
  if (read.kind !== 'story') throw new Error(read.reason)
  expect(read.extract.body.text).toContain('最新热门，上一篇，广告。')
  expect(read.extract.access).toBe('public')
})

test.each(['http://www.zaochenbao.com/a/1.html', 'https://sczaobao.com/x'])(
  'the imitator %s is refused by name',
  (url) => {
    const [makePage] = Object.values(PAGES)
    if (makePage === undefined) throw new Error('no page')
    expect(readPage({ html: makePage(STORY), url })).toMatchObject({ reason: 'imitator' })
  },
)

test.each<[string, string | null, string | null]>([
  [
    '<title>Just a moment...</title><script>window._cf_chl_opt={}</script>',
    'the page is a challenge by Cloudflare, not a list',
    'the page is a challenge by Cloudflare, not a feed',
  ],
  [
    '<title>安全验证</title><div>请稍候</div>',
    'the page is a challenge, not a list',
    'the page is a challenge, not a feed',
  ],
  [
    '<title>登录 | 联合早报</title><form><input type="password" name="p"></form>',
    'the page asks to log in',
    'the page asks to log in',
  ],
  [
    '<title>系统维护中</title><p>请稍后再来</p>',
    'the page says that the site is under maintenance',
    'the page says that the site is under maintenance',
  ],
  [
    '<html><head><title>Scheduled maintenance</title></head></html>',
    'the page says that the site is under maintenance',
    'the page says that the site is under maintenance',
  ],
  [
    '<title>404 | 联合早报</title><main><h1>404</h1></main>',
    'the page says that there is no such page',
    'the page says that there is no such page',
  ],
  [
    `<title>联合早报网</title><link rel="canonical" href="https://www.zaobao.com.sg/">${LINKS}`,
    'the page is a home page, or a list in an unknown layout',
    null,
  ],
  ['<title>一篇文章</title><div class="post"><p>文字。</p></div>', null, null],
  ['{"code":500}', null, null],
  ['', null, null],
])('%s', (html, list, feed) => {
  const came = (wanted: 'list' | 'feed') => [whatCame({ html, url: URL_ASKED }, wanted)].map((one) => one && said(one))
  expect([...came('list'), ...came('feed')]).toEqual([list, feed])
})
