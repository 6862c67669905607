import { describe, expect, test } from 'vitest'
import { parseHtml } from '../../src/core/html/html.ts'
import { readContent, readPage } from '../../src/sites/index.ts'
import { PAGES, rsshubDescription } from '../support/pages.ts'
import type { PageStory } from '../support/pages.ts'
import { postsIn, sharedFolder } from '../support/shared.ts'
import { elementOf } from '../support/body.ts'

const folder = sharedFolder()

function blocks(html: string): string[] {
  const body = parseHtml(`<!DOCTYPE html><body>${html}`).body
  return Array.from(body.querySelectorAll('p, figcaption'))
    .map((each) => each.textContent.trim())
    .filter((text, index, all) => text !== '' && (index === 0 || text !== all[index - 1]))
}

function read(body: Element): string[] {
  return Array.from(body.querySelectorAll('p, figcaption')).map((each) => each.textContent.trim())
}

function suite(shared: string): void {
  const posts = postsIn(shared)
  const stories = posts.map((post): PageStory & { file: string } => ({
    file: post.file,
    title: post.title,
    url: post.url,
    published: new Date(post.stampMs - 8 * 3_600_000).toISOString(),
    bodyHtml: post.bodyHtml,
    keywords: ['甲', '乙'],
  }))

  test.each(Object.entries(PAGES))('laid into pages of %s come back whole', (_, makePage) => {
    expect(stories.length).toBeGreaterThan(100)
    for (const story of stories) {
      const read1 = readPage({ html: makePage(story), url: 'http://127.0.0.1:1/x' })
      if (read1.kind !== 'story') throw new Error(`${story.file}: ${read1.reason}`)
      expect(read1.doubts, story.file).toEqual([])
      expect(read(elementOf(read1.extract.body)), story.file).toEqual(blocks(story.bodyHtml))
      expect(read1.extract.body.text.replace(/\s+/g, '')).toBe(blocks(story.bodyHtml).join('').replace(/\s+/g, ''))
      expect(read1.extract.published, story.file).toBe(story.published.replace(/:\d\d\.000Z$/, ':00.000Z'))
      expect(read1.extract.title).toBe(story.title.trim())
      expect(read1.extract.keywords).toEqual(['甲', '乙'])
      expect(read1.extract.body.html).not.toMatch(/<section|<script|dfp-ad|innity/)
    }
  })

  test('come back whole from a feed', () => {
    for (const story of stories) {
      for (const html of [story.bodyHtml, rsshubDescription(story)]) {
        const content = readContent(html, story.url)
        expect(read(elementOf(content?.body)), story.file).toEqual(blocks(story.bodyHtml))
      }
    }
  })
}

if (folder === null) test('the real posts are not beside the repository', () => expect(folder).toBeNull())
else describe('bodies of real posts', () => suite(folder))
