import { describe, expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'

const URL = 'https://www.zaobao.com.sg/realtime/china/story20260103-9700001'

/** A page of the paper's template; described by data as a story is, when asked. */
function read(title: string, body: string, isDescribed: boolean) {
  const data = `{"@type":"NewsArticle","headline":"${title}","datePublished":"2026-01-03T10:00:00+08:00"}`
  const script = isDescribed ? `<script type="application/ld+json">${data}</script>` : ''
  const html = `<html><head><title>${title} | 联合早报</title>${script}</head><body><h1>${title}</h1><article class="article-body">${body}</article></body></html>`
  const page = readPage({ html, url: URL })
  return page.kind === 'refused' ? page.reason : page.kind
}

const NOTICES: Array<[string, string, string]> = [
  ['not-found', '页面不存在', '<p>抱歉，您访问的页面不存在。</p><p>请返回首页。</p>'],
  ['not-found', '文章已下架', '<p>很遗憾，该文章已被删除或移除。</p>'],
  ['not-found', '404', '<p>找不到您要的网页。请检查网址，或返回首页。</p>'],
  [
    'not-found',
    'Page not found',
    '<p>Sorry, the page you are looking for does not exist.</p><p>Please return to the home page.</p>',
  ],
  ['not-found', '頁面不存在', '<p>抱歉，您訪問的頁面不存在。</p><p>請返回首頁。</p>'],
  ['not-found', '找不到網頁', '<p>很遺憾，該文章已被刪除或移除。</p>'],
  ['maintenance', '系統維護中', '<p>系統正在維護，請稍後再訪問。不便之處，敬請諒解。</p>'],
  ['maintenance', '系统维护中', '<p>系统正在维护，请稍后再访问。不便之处，敬请谅解。</p>'],
  ['maintenance', '网站升级公告', '<p>本站正在进行升级维护，预计两小时后恢复。</p><p>感谢您的支持。</p>'],
  ['maintenance', 'Site maintenance', '<p>We are under scheduled maintenance. Please try again later.</p>'],
  ['maintenance', '503 Service Unavailable', '<p>The service is temporarily unavailable.</p>'],
]

describe.each(NOTICES)('a notice (%s) under the headline %s', (reason, title, body) => {
  test('is refused', () => {
    expect(read(title, body, false)).toBe(reason)
  })

  test('whatever data describe it', () => {
    expect(read(title, body, true)).toBe(reason)
  })
})

test.each(NOTICES)('a notice (%s) under the name of the paper is refused', (reason, _, body) => {
  expect(read('联合早报', body, false)).toBe(reason)
})

const STORIES: Array<[string, string]> = [
  [
    '银行系统维护 今晚暂停服务',
    '<p>本地三家银行今晚进行系统维护，网上转账服务暂停四小时。</p><p>金管局要求银行事后交代。</p>',
  ],
  ['系统维护中', '<p>地铁公司说，信号系统维护中出现的故障已经排除，列车今早恢复运行。</p><p>乘客曾等候一小时。</p>'],
  ['404：展览开到年底', '<p>艺术家把找不到的网页做成作品，展览在美术馆开幕。</p><p>展期到十二月。</p>'],
  [
    '页面不存在',
    '<p>新书《页面不存在》收录作者十年来的散文，上周在书展发布。</p><p>编辑说，书名来自一次上网的经历。</p>',
  ],
  ['政府网站昨晚出现故障', '<p>网站故障。</p><p>部门说，原因是机房停电，两小时后恢复。</p>'],
]

test.each(STORIES)('a story with the headline %s is none', (title, body) => {
  expect(read(title, body, true)).toBe('story')
})
