import { afterEach, describe, expect, test } from 'vitest'
import type { RequestListener } from 'node:http'
import { inWords, testHttp } from '../support/http.ts'
import { serve, type TestServer } from '../support/server.ts'

let server: TestServer
afterEach(() => server.close())

const PROSE = '<p>The ferry was back on the river this morning, and its first boat was full of people.</p>'.repeat(4)
const SHORT = '<h1>The ferry is back</h1><p>It was full of people.</p>'

/** Asks for `/old` where pages lead on by themselves. */
async function ask(pages: Readonly<Record<string, string>>, options = {}, header?: string) {
  const listener: RequestListener = (request, response) => {
    const body = pages[request.url ?? '']
    const refresh = header !== undefined && request.url === '/old' ? { refresh: header } : {}
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html', ...refresh }).end(body ?? '')
  }
  server = await serve(listener)
  return testHttp(options).get(`${server.origin}/old`)
}

const meta = (content: string) => `<!DOCTYPE html><html><head><meta http-equiv="refresh" content="${content}"></head>`

describe('a page that only leads on', () => {
  test.each([
    ['as Jekyll writes it', `${meta('0; url=/new')}<h1>Redirecting…</h1><a href="/new">Click here.</a></html>`],
    [
      'as Hugo writes it',
      `<html lang=en><title>/new</title><link rel=canonical href=/new><meta http-equiv=refresh content="0; url=/new">`,
    ],
    ['after seconds', `${meta('5;URL=/new')}<p>We have moved. You are led on in 5 seconds.</p>`],
    ['with quotes', `<META HTTP-EQUIV=Refresh CONTENT="0; URL='/new'">`],
    ['without the name', meta('0;/new')],
    ['for whom runs no script', `<script>location.replace("/new")</script><noscript>${meta('0; URL=/new')}</noscript>`],
    ['in UTF-16', `\ufeff${meta('0; url=/new')}`],
    ['as a header', ['0; url=/new', '<p>Moved.</p>']],
  ])('is followed, for now: %s', async (_, page) => {
    const [header, body] = typeof page === 'string' ? [undefined, page] : page
    const response = await ask({ '/old': body ?? '', '/new': PROSE }, {}, header)
    expect(response).toMatchObject({ kind: 'ok', url: `${server.origin}/new`, permanentUrl: null })
  })

  test.each([
    ['that loads itself anew after minutes', meta('300; url=/new')],
    ['that loads itself anew', meta('0')],
    ['that loads itself anew by its address', meta('0; url=/old')],
    ['of a challenge, with a token', meta('5; url=/old?bm-verify=AAQAAA')],
    ['that leads to the front page', meta('3; url=/')],
    ['that leads to a script', meta('0; url=javascript:go()')],
    ['that says it in a comment', `<html><!-- ${meta('0; url=/new')} -->`],
    ['that has a story', `${meta('0; url=/new')}${PROSE}`],
    ['that has a story, for whom runs no script', `<noscript>${meta('0; url=/new')}</noscript>${PROSE}`],
    [
      'that has its story as data',
      `${meta('0; url=/new')}<script type="application/ld+json">{"articleBody":"a"}</script>`,
    ],
    ['that says it is an article', `${meta('5; url=/m/old')}<meta property="og:type" content="article">${SHORT}`],
    [
      'that says when it appeared',
      `${meta('5; url=/m/old')}<meta property="article:published_time" content="">${SHORT}`,
    ],
    [
      'that has an article in its data, for whom runs no script',
      `<noscript>${meta('0; url=/amp/old')}</noscript><script type="application/ld+json">{"@type":"NewsArticle"}</script>`,
    ],
    [
      'that has its text in other data',
      `<noscript>${meta('0; url=/new')}</noscript><script>window.state={"text":"<p>${'渡船今早又开了，'.repeat(4)}</p>"}</script>`,
    ],
    [
      'that has its text in data, escaped',
      `<noscript>${meta('0; url=/new')}</noscript><script>let a="${String.raw`\u6e21`.repeat(20)}"</script>`,
    ],
    ['that names its own address', `${meta('5; url=/login')}<link rel="canonical" href="/old/">${SHORT}`],
    ['that has a story in a form', `${meta('5; url=/new')}<form>${PROSE}</form>`],
    ['that has a story as a list', `${meta('5; url=/new')}<ul>${PROSE.replaceAll('p>', 'li>')}</ul>`],
    ['whose body is named for its comments', `${meta('5; url=/new')}<body class="no-comments">${PROSE}`],
    ['that has a short story in Chinese', `${meta('5; url=/new')}<p>${'渡口今早重开，船上坐满了人。'.repeat(8)}</p>`],
    ['that leads to a front page by its name', meta('3; url=/index.html')],
    ['that leads to a front page of its language', meta('3; url=/zh-hans/')],
    ['that is a feed', `<?xml version="1.0"?><rss><channel><item><description><![CDATA[<p>${meta('0; url=/new')}]]>`],
    ['that is JSON', `[{"html":"<meta http-equiv='refresh' content='0; url=/new'>"}]`],
  ])('is none %s', async (_, page) => {
    const response = await ask({ '/old': page, '/new': PROSE })
    expect(response).toMatchObject({ kind: 'ok', url: `${server.origin}/old` })
    expect(server.requests).toEqual(['GET /old'])
  })

  test('is none that leads to itself by a detour: it stands', async () => {
    server = await serve((request, response) => {
      if (request.url === '/old/') response.writeHead(302, { location: '/old' }).end()
      else response.writeHead(200, { 'content-type': 'text/html' }).end(`${meta('0; url=/old/')}${SHORT}`)
    })
    expect(await testHttp().get(`${server.origin}/old`)).toMatchObject({ kind: 'ok', url: `${server.origin}/old` })
    expect(server.requests).toEqual(['GET /old', 'GET /old/', 'GET /old'])
  })

  test('leads from a spelling to the other', async () => {
    const response = await ask({ '/old': meta('0; url=/old/'), '/old/': PROSE })
    expect(response).toMatchObject({ kind: 'ok', url: `${server.origin}/old/` })
  })

  test('is under the rules of a redirect: hosts, robots.txt, how many, a missing page', async () => {
    const elsewhere = { '/old': meta('0; url=https://other.example/new') }
    expect(await ask(elsewhere, { allowHosts: (host: string) => host === '127.0.0.1' })).toMatchObject({
      reason: 'refused-host',
    })
    await server.close()
    const forbidden = { '/old': meta('0; url=/new'), '/new': PROSE, '/robots.txt': 'User-agent: *\nDisallow: /new' }
    expect(await ask(forbidden, { obeyRobots: true })).toMatchObject({ reason: 'robots' })
    expect(server.requests).toEqual(['GET /robots.txt', 'GET /old'])
    await server.close()
    const circle = { '/old': meta('0; url=/new'), '/new': meta('0; url=/old') }
    expect(inWords(await ask(circle))).toMatchObject({ detail: 'it redirects more than 5 times' })
    await server.close()
    expect(await ask({ '/old': meta('0; url=/gone') })).toMatchObject({ reason: 'missing' })
  })
})
