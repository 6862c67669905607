import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { valueOf } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { readMarkdown } from '../../src/core/markdown/read.ts'
import { parseHtml } from '../../src/core/html/html.ts'
import { PAGES, type PageStory } from '../support/pages.ts'
import { call, folder, marksOf, program, storiesIn } from '../support/program.ts'
import { makeCertificate, serveProxy } from '../support/server.ts'
import { type Post, postsIn, sharedFolder } from '../support/shared.ts'
import { rsshubFeed, serveSite, type Site } from '../support/site.ts'

const shared = sharedFolder()
const posts = shared === null ? [] : postsIn(shared)
const idOf = (url: string) => /story\d{8}-(\d+)/.exec(url)?.[1] ?? ''

/** The last post of each story: a headline that was edited made a new file of the same story. */
const stories = [...new Map(posts.map((post) => [idOf(post.url), post])).values()]

function storyOf(post: Post, origin: string | null): PageStory {
  return {
    title: post.title,
    url: origin === null ? post.url : `${origin}${new URL(post.url).pathname}`,
    published: new Date(post.stampMs - 8 * 3_600_000).toISOString(),
    bodyHtml: post.bodyHtml,
  }
}

/** Words alone: white space and zero-width spaces are layout. */
function wordsOf(text: string): string {
  return text.replace(/[\s\u200b]+/g, '')
}

function paragraphsOf(post: Post): string[] {
  const body = parseHtml(`<!DOCTYPE html><body>${post.bodyHtml}`).body
  return Array.from(body.querySelectorAll('p, figcaption'))
    .map((each) => wordsOf(each.textContent))
    .filter((text) => text !== '')
}

/** What each story should hold, whatever page it stands in. */
const paragraphs = new Map(stories.map((post) => [post, paragraphsOf(post)]))

describe.runIf(shared !== null)('the bodies of real posts, in a feed and in pages of every generation', () => {
  let site: Site
  let home: ReturnType<typeof folder>
  beforeAll(async () => {
    site = await serveSite()
    home = folder()
  })
  afterAll(async () => {
    await site.server.close()
    home.remove()
  })

  test.each(Object.entries(PAGES))('%s: every story once, under its day and id, whole', async (name, makePage) => {
    for (const post of stories) site.pages.set(new URL(post.url).pathname, makePage(storyOf(post, site.server.origin)))
    site.pages.set('/feed.xml', rsshubFeed(posts.map((post) => storyOf(post, site.server.origin))))
    const args = [
      '--feed',
      `${site.server.origin}/feed.xml`,
      '--allow-private',
      '--rate',
      '100000/s',
      '--archive',
      name,
    ]
    const ended = await call(['fetch', ...args], { cwd: home.path })
    expect(ended).toMatchObject({ code: 0, stderr: `fetch: ${stories.length} written\n` })

    const files = storiesIn(`${home.path}/${name}`)
    expect(files.size).toBe(stories.length)
    for (const post of stories) {
      const [, day = ''] = /story(\d{8})/.exec(post.url) ?? []
      const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
      const own = [...files].filter(([path]) => path.startsWith(`${date}/${date}-${idOf(post.url)}-`))
      expect(own, post.url).toHaveLength(1)
      const document = parseDocument(own[0]?.[1] ?? '')
      const body = readMarkdown(document.body)
      const text = wordsOf(body.text)
      const captions = new Set(body.images.map(({ caption }) => wordsOf(caption ?? '')))
      let at = 0
      const wanted = paragraphs.get(post) ?? []
      for (const paragraph of wanted) {
        if (captions.has(paragraph)) continue
        const found = text.indexOf(paragraph, at)
        expect(found, `${post.file}: ${paragraph}`).toBeGreaterThanOrEqual(at)
        at = found
      }
      expect([text, ...captions].join('').length, post.file).toBe([...new Set(wanted)].join('').length)
      const minute = Math.floor((post.stampMs - 8 * 3_600_000) / 60_000)
      expect(Math.floor(Date.parse(String(valueOf(document, 'date'))) / 60_000), post.file).toBe(minute)
    }
    const before = marksOf(`${home.path}/${name}`)
    const asked = site.server.requests.length
    expect(await call(['fetch', ...args], { cwd: home.path })).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(site.server.requests.slice(asked)).toEqual(['GET /feed.xml'])
    expect(marksOf(`${home.path}/${name}`)).toEqual(before)
  })

  test('the same from the real addresses, through a proxy', async () => {
    const certificate = makeCertificate(['www.zaobao.com', 'rsshub.example.org'])
    const secure = await serveSite(certificate)
    const proxy = await serveProxy(secure.server.port)
    try {
      for (const post of stories) secure.pages.set(new URL(post.url).pathname, PAGES.drupal8(storyOf(post, null)))
      secure.pages.set('/feed.xml', rsshubFeed(posts.map((post) => storyOf(post, null))))
      const args = ['--feed', 'https://rsshub.example.org/feed.xml', '--rate', '100000/s', '--archive', 'proxied']
      const env = { HTTPS_PROXY: proxy.origin, NODE_EXTRA_CA_CERTS: certificate.caFile }
      const ended = await program(['fetch', ...args], { cwd: home.path, env })
      expect(ended).toMatchObject({ code: 0, stderr: `fetch: ${stories.length} written\n` })
      const digest = (text: string) => createHash('sha256').update(text).digest('hex')
      const direct = [...storiesIn(`${home.path}/drupal8`).values()].map((text) =>
        digest(text.replaceAll(site.server.origin, 'https://www.zaobao.com')),
      )
      // The loopback run named another host and nothing else.
      expect([...storiesIn(`${home.path}/proxied`).values()].map(digest)).toEqual(direct)
    } finally {
      await proxy.close()
      await secure.server.close()
      certificate.remove()
    }
  })
})
