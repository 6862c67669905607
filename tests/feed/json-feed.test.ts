import { describe, expect, test } from 'vitest'
import { tellApart } from '../../src/core/feed/apart.ts'
import { readJsonFeed } from '../../src/core/feed/json-feed.ts'
import type { Item } from '../../src/core/model.ts'
import { addresses } from '../../src/sites/publishers.ts'

const FEED = 'https://a.example/feed.json'
const VERSION = { version: 'https://jsonfeed.org/version/1.1' }
const read = (feed: object | string, most = 9) =>
  readJsonFeed(typeof feed === 'string' ? feed : JSON.stringify(feed), FEED, most, addresses)
const titled = (count: number) => Array.from({ length: count }, () => ({ title: '渡口' }))
const of = (item: unknown) => read({ ...VERSION, items: [item] })?.items[0]

describe('a JSON Feed', () => {
  test.each<[string, object | string, object | null]>([
    ['is told by its version', { ...VERSION, items: [] }, { items: [], end: 'whole' }],
    ['is told by an item', { items: [1, { title: '渡口' }] }, { items: [{ title: '渡口' }] }],
    ['is none without either', { items: [{ name: '渡口' }, { title: ' ' }, 'title'] }, null],
    ['is none without a list of items', { ...VERSION, items: { title: '渡口' } }, null],
    ['is none as a list', [{ title: '渡口' }], null],
    [
      'names its site and its language',
      { ...VERSION, home_page_url: '/n/', language: 'fr', items: [] },
      { home: 'https://a.example/n/', lang: 'fr' },
    ],
    ['names neither', { ...VERSION, language: ' ', items: [] }, { items: [], end: 'whole' }],
    ['is whole at its bound', { ...VERSION, items: titled(9) }, { end: 'whole' }],
    ['goes on beyond its bound', { ...VERSION, items: titled(10) }, { end: 'beyond' }],
    [
      'is cut',
      '{"version":"https://jsonfeed.org/version/1","items":[{"title":"渡口"},{"title":"灯',
      { end: 'cut', items: [{ title: '渡口' }] },
    ],
    [
      'has what is broken before its items',
      '{"title": 题, "items": [{"title": "渡口"}]}',
      { items: [{ title: '渡口' }] },
    ],
  ])('%s', (_name, feed, found) => {
    const listing = read(feed)
    if (found === null) expect(listing).toBeNull()
    else expect(listing).toMatchObject(found)
    for (const key of ['home', 'lang']) expect(key in (listing ?? {})).toBe(found !== null && key in found)
  })

  test.each<[string, object, Partial<Item>]>([
    [
      'an address',
      { url: '/1', external_url: 'https://b.example/2', id: 'https://c.example/3' },
      { url: 'https://a.example/1' },
    ],
    [
      'an address elsewhere',
      { external_url: 'https://b.example/2', id: 'https://c.example/3' },
      { url: 'https://b.example/2' },
    ],
    [
      'an address for its id',
      { id: 'HTTPS://c.example/3' },
      { url: 'HTTPS://c.example/3', guid: 'HTTPS://c.example/3' },
    ],
    [
      'an id that only holds an address',
      { id: 'tag:https://c.example/3' },
      { url: null, guid: 'tag:https://c.example/3' },
    ],
    ['a number for its id', { id: 7 }, { url: null, guid: '7' }],
    ['another id', { id: true }, { url: null }],
    [
      'a time',
      { date_published: '2026-11-22T04:00:00Z', date_modified: '2026-11-23T04:00:00Z' },
      { published: '2026-11-22T04:00:00.000Z' },
    ],
    ['a time as a number', { date_published: 1_795_320_000 }, { published: '2026-11-22T04:00:00.000Z' }],
    ['a blank headline', { title: ' ', summary: '渡口' }, { title: null, html: '渡口' }],
    ['a text and HTML', { content_html: '<p>渡</p>', content_text: '口', summary: '灯' }, { html: '<p>渡</p>' }],
    ['a text', { content_text: '1 < 2', summary: '灯' }, { html: '1 &lt; 2' }],
    ['HTML that is blank', { content_html: ' ', content_text: '口' }, { html: '口' }],
  ])('has an item with %s', (_name, item, found) => {
    const { guid, ...rest } = of({ title: '题', ...item })!
    expect({ guid, ...rest }).toMatchObject(found)
    if (!('id' in item) || item.id === true) expect(guid).toBeUndefined()
  })

  test('has the pictures below the text that an item names beside it, and no other files', () => {
    const html = of({
      content_text: '文',
      image: '/a.jpg',
      attachments: [
        { url: '/b.jpg', mime_type: 'image/jpeg' },
        { url: '/c.mp3', mime_type: 'audio/image/mpeg' },
        { url: '/d.jpg' },
        'e.jpg',
        null,
      ],
    })?.html
    expect([...(html ?? '').matchAll(/src="([^"]*)"/g)].map(([, src]) => src)).toEqual([
      'https://a.example/a.jpg',
      'https://a.example/b.jpg',
    ])
  })
})

describe('items of one link', () => {
  const LINK = 'https://a.example/live'
  const item = (guid: string | undefined, html: string | null, url: string | null = LINK): Item => ({
    title: '渡口',
    url,
    published: null,
    html,
    ...(guid === undefined ? {} : { guid }),
  })
  const STORY = 'https://www.zaobao.com.sg/realtime/china/story20261122-1212150'

  test.each<[string, Item[], boolean[]]>([
    ['say different things', [item('1', '一'), item('2', '二')], [true, true]],
    ['say the same', [item('1', '一'), item('2', '一')], [false, false]],
    ['are one under one guid', [item('1', '一'), item('1', '二')], [false, false]],
    ['are spelled differently', [item('1', '一'), item('2', '二', `${LINK}/?utm_source=x`)], [true, true]],
    ['have no guid', [item(undefined, '一'), item(undefined, '二')], [false, false]],
    ['have their link for a guid', [item(LINK, '一'), item('2', '二'), item('3', '三')], [false, true, true]],
    ['say nothing', [item('1', null), item('2', '二'), item('3', '三')], [false, true, true]],
    ['are of a paper that numbers its stories', [item('1', '一', STORY), item('2', '二', STORY)], [false, false]],
    ['have no link', [item('1', '一', null), item('2', '二', null)], [false, false]],
    ['have a link of no web', [item('1', '一', 'mailto:a@b'), item('2', '二', 'mailto:a@b')], [false, false]],
    [
      'stand beside others',
      [item('1', '一'), item('2', '二'), item('3', '三', 'https://a.example/3')],
      [true, true, false],
    ],
  ])('%s', (_name, items, apart) => {
    const told = tellApart(items, addresses)
    expect(told.map(({ url }, at) => url !== items[at]!.url)).toEqual(apart)
    expect(new Set(told.filter((_, at) => apart[at]).map(({ url }) => url)).size).toBe(apart.filter(Boolean).length)
  })
})
