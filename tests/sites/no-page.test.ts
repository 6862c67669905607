import { expect, test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'

const url = 'https://www.zaobao.com.sg/realtime/china/story20260312-9000001'

test.each([
  ['nothing', '', 'the answer is empty'],
  ['white space', ' \r\n ', 'the answer is empty'],
  ['a word', 'not found', 'the answer is no web page'],
  ['JSON', '{"error":{"code":500}}', 'the answer is no web page'],
  ['XML of a store', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'the answer is no web page'],
  [
    'a feed',
    `<?xml version="1.0"?>\n<!-- made -->\n<rss version="2.0"><channel><title>即时新闻</title><item><title>轮渡</title><description>&lt;p>${'轮渡试航。'.repeat(60)}&lt;/p></description></item></channel></rss>`,
    'the answer is a feed or a sitemap, no web page',
  ],
  [
    'a sitemap',
    `\ufeff<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${url}</loc></url></urlset>`,
    'the answer is a feed or a sitemap, no web page',
  ],
  [
    'a page that leads on',
    '<!DOCTYPE html><html><meta http-equiv="refresh" content="0; url=/new"><h1>Redirecting…</h1></html>',
    'the page only leads on to {0}',
  ],
  ['a document', '%PDF-1.7 \u0001\u0002', 'the answer is no web page'],
])('a page that is %s is none, and no sign of a new layout', (_, html, detail) => {
  expect(readPage({ html, url })).toMatchObject({ kind: 'refused', reason: 'no-page', detail: { template: detail } })
})

test('a page of an unknown layout is one', () => {
  const html = '<!DOCTYPE html><html><body><div id="root"></div></body></html>'
  expect(readPage({ html, url })).toMatchObject({ kind: 'refused', reason: 'unclaimed' })
})
