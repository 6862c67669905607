import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { program } from '../support/program.ts'
import { rsshubFeed } from '../support/site.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const items = (args: string[], input?: string) =>
  program(['items', ...args], { cwd: fixtures, ...(input === undefined ? {} : { input }) })

describe('items', () => {
  test('prints a line an item of a feed, from a file and from standard input', async () => {
    const story = {
      title: '轮渡',
      url: 'https://www.zaobao.com/realtime/china/story20211110-9000001',
      published: '2021-11-10T07:37:00.000Z',
      bodyHtml: '<p>正文</p>',
    }
    const ended = await items([], rsshubFeed([story]))
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(ended.stdout)).toEqual({
      ...{ id: '9000001', title: '轮渡', url: story.url, published: story.published },
      html: '<div><p>正文</p></div>',
    })
    expect((await items(['site/feed.xml'])).stdout.trim().split('\n')).toHaveLength(6)
  })

  test.each(['astro/list.html', 'react/list.html', 'drupal8/list.html', 'json-page-content/list.json'])(
    'reads a saved list: %s',
    async (path) => {
      const ended = await items([`lists/${path}`])
      expect(ended).toMatchObject({ code: 0, stderr: '' })
      for (const line of ended.stdout.trim().split('\n')) {
        expect(JSON.parse(line)).toMatchObject({ url: expect.stringMatching(/^https:.*\/story\d{8}-\d+/) })
      }
    },
  )

  test.each([
    ['an article', '<!DOCTYPE html><html><body><article><p>x</p></article></body></html>', /HTML/],
    ['an empty list', rsshubFeed([]), /no item/],
    ['nothing', '', /empty/],
  ])('%s is no list', async (_name, input, message) => {
    const ended = await items([], input)
    expect(ended).toMatchObject({ code: 3, stdout: '' })
    expect(ended.stderr).toMatch(message)
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
  })
})
