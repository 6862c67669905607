import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { addressesOf, ID, isLoopbackHost, withGuid, withoutGuid } from '../../src/core/identity.ts'
import type { Publisher } from '../../src/core/publisher.ts'
import { isTracking } from '../../src/core/web/twins.ts'
import {
  addressOf,
  canonicalUrl,
  formerIds,
  identify,
  paperOf,
  publisherOf,
  sectionOf,
  storyId,
  whoOf,
} from '../../src/sites/publishers.ts'
import { zaobao } from '../../src/sites/zaobao/index.ts'
import { outOfProportion } from '../support/cost.ts'

const PATH = '/realtime/china/story20260312-9000001'
const PLAIN = `https://www.zaobao.com${PATH}`

const HOSTS = [
  'www.zaobao.com',
  'zaobao.com',
  'www.zaobao.com.sg',
  'WWW.Zaobao.COM',
  'www.zaobao.com.',
  'www.zaobao.com:443',
]
const PATHS = [
  ...[
    PATH,
    `${PATH}/`,
    `${PATH}//`,
    '/realtime/x/../china/story20260312-9000001',
    `/./realtime//china/story20260312-9000001`,
  ],
  ...['/realtime/china/%73tory20260312-9000001', '/news/china/story20260312-9000001', '/story20260312-009000001'],
]
const BEHIND = [
  ...[
    '',
    '?ref=home-top-news',
    '#x',
    '?utm_source=a#b',
    '%20',
    ' ',
    '%20%20',
    '\u3000',
    '\u00a0',
    '%E3%80%82',
    '。',
    '）',
    '，',
  ],
  ...[
    '、',
    '；',
    '：',
    '！',
    '？',
    '」',
    '』',
    '”',
    '’',
    '》',
    '】',
    '…',
    '——',
    '.',
    ',',
    ';',
    ':',
    '!',
    ')',
    ']',
    '}',
    '"',
    "'",
    '>',
  ],
  ...[
    '*',
    '**',
    '_',
    '~',
    '|',
    '`',
    '\\',
    ').',
    '.)',
    '）。',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u2060',
    '\u200e',
    '\u00ad',
    '%E2%80%8B',
  ],
  ...['（图）', '详情请看', '，详情请看https', '%0A', '%22', '%3Fref=a', '&amp;ref=a', '/（图）', '%E4%', '%'],
]

test('one story has one identity and one address in all spellings', () => {
  const spellings = ['https', 'http'].flatMap((scheme) =>
    HOSTS.flatMap((host) => PATHS.flatMap((path) => BEHIND.map((behind) => `${scheme}://${host}${path}${behind}`))),
  )
  expect(spellings.length).toBeGreaterThan(5000)
  for (const url of spellings) {
    expect(identify(url), url).toEqual({ id: '9000001', day: '2026-03-12' })
    expect(addressOf(url), url).toMatch(
      /^https:\/\/(?:www\.)?zaobao\.com(?:\.sg)?\/(?:(?:realtime|news)\/china\/)?story20260312-0*9000001$/,
    )
  }
  for (const behind of BEHIND) expect(addressOf(PLAIN + behind), behind).toBe(PLAIN)
})

test.each(['2', 'a', '-2', '_2', '.html', '/amp', '/comments/3', '%32', '-a。', 'x）'])(
  'what is joined to the number is another address: %s',
  (behind) => {
    expect(storyId(PLAIN + behind)).not.toBe('9000001')
    expect(identify(PLAIN + behind).id).not.toBe(identify(PLAIN).id)
  },
)

test.each(['00000101', '99991231', '19941231', '21000101', '20260230', '20261301', '20260100'])(
  'no story is of the day %s',
  (day) => {
    const url = `https://www.zaobao.com/realtime/china/story${day}-9000001`
    expect(storyId(url)).toBeNull()
    expect(identify(url)).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{10}$/) as string, day: null })
  },
)

test('numbers are told apart', () => {
  const urls = [
    `${PLAIN}1`,
    `${PLAIN}0`,
    PLAIN.replace('9000001', '900001'),
    'https://www.zaobao.com/a',
    'https://a.example/a',
  ]
  expect(new Set(urls.map((url) => identify(url).id)).size).toBe(urls.length)
})

test.each([
  ['https://example.org/a/', 'https://example.org/a'],
  ['http://www.Example.org.:443/a?utm_source=x&b=1#c', 'https://example.org/a?b=1'],
  ['https://example.org:80/a%20', 'https://example.org/a'],
  ['https://example.org/a\u200b', 'https://example.org/a'],
  ['https://example.org/x/../a%E3%80%80/', 'https://example.org/a'],
  ['https://example.org/wiki/%E4%B8%8A%EF%BC%89', 'https://example.org/wiki/%E4%B8%8A%EF%BC%89'],
  ['https://example.org/a%20b', 'https://example.org/a%20b'],
  ['https://example.org/', 'https://example.org'],
  // One spelling (RFC 3986, 6.2.2); what is reserved stays: `/` and `%2F` may be two pages.
  ['https://example.org/%e4%b8%ad', 'https://example.org/%E4%B8%AD'],
  ['https://example.org/中', 'https://example.org/%E4%B8%AD'],
  ['https://example.org/%41%7Eb%2ehtml', 'https://example.org/A~b.html'],
  ['https://example.org/?q=%e4%b8%ad&r=%41', 'https://example.org?q=%E4%B8%AD&r=A'],
  ['https://example.org/a|b^c', 'https://example.org/a%7Cb%5Ec'],
  ['https://example.org/a[1]', 'https://example.org/a%5B1%5D'],
  ['https://example.org/100%', 'https://example.org/100%25'],
  ['https://example.org/%d6%d0', 'https://example.org/%D6%D0'],
  ['https://example.org/a%2fb', 'https://example.org/a%2Fb'],
  ['https://example.org/a+b', 'https://example.org/a+b'],
  ['https://example.org/a%2bb', 'https://example.org/a%2Bb'],
  ['https://example.org/?a=1%262', 'https://example.org?a=1%262'],
  ['https://example.org/?a', 'https://example.org?a'],
  ['https://example.org/a?', 'https://example.org/a'],
  ['https://example.org/a?&', 'https://example.org/a'],
  ['https://example.org/%2e%2e/a', 'https://example.org/a'],
  ['HTTPS://EXAMPLE.org/A', 'https://example.org/A'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example'],
  ['https://XN--BCHER-kva.example/', 'https://xn--bcher-kva.example'],
  ['https://example.org/a;jsessionid=0F3A.node1', 'https://example.org/a'],
  ['https://example.org/a.do;JSESSIONID=0F3A?id=1', 'https://example.org/a.do?id=1'],
  ['https://example.org/a;v=1', 'https://example.org/a;v=1'],
  ['https://example.org/a;phpsessid=1/b;jsessionid=', 'https://example.org/a/b'],
  ['https://example.org:8080/a', 'https://example.org:8080/a'],
  ['http://www.a.www.example./', 'https://a.www.example'],
  ['  no address ', 'no address'],
  ['mailto:a@www.example.org', 'mailto:a@www.example.org'],
  ['https://example.org/a#guid=1', 'https://example.org/a#guid=1'],
  ['https://example.org/a?UTM_Source=x&FBCLID=y&utm%5Fmedium=z&b=1', 'https://example.org/a?b=1'],
])('%s is, for identity, %s', (url, expected) => {
  expect(canonicalUrl(url)).toBe(expected)
})

test.each([
  ['https://example.org/%e4%b8%ad', ['https://example.org/%E4%B8%AD', 'https://example.org/中']],
  ['https://example.org/%41', ['https://example.org/A']],
])('what %s was archived under is found in every spelling', (url, others) => {
  // As earlier versions made it: of the escapes that the source wrote.
  const former = createHash('sha256').update(url).digest('hex').slice(0, 10)
  expect(formerIds(url)).toContain(former)
  expect(identify(url, former)).toEqual({ id: former, day: null })
  for (const other of others) expect(identify(other).id).toBe(identify(url).id)
  expect(formerIds('https://example.org/%E4%B8%AD')).toHaveLength(1)
})

test('every spelling of a part of the escapes is found', () => {
  const hashOf = (url: string) => createHash('sha256').update(url).digest('hex').slice(0, 10)
  const former = ['%4f%4F', '%4f%4f', '%4F%4F'].map((path) => hashOf(`https://example.org/${path}`))
  expect(formerIds('https://example.org/%4f%4F').toSorted()).toEqual(former.toSorted())
})

test.each([...['0', '1'.repeat(20), '0123456789', 'abcdef0123', 'dw.5', 'abcdefghijkl.0z', `ab.${'x'.repeat(20)}`]])(
  '%s is an id',
  (id) => {
    expect(ID.test(id)).toBe(true)
  },
)

test.each([
  ...['', '1'.repeat(21), 'abcdef012', 'abcdef01234', 'abcdefg012', 'd.5', 'abcdefghijklm.5', 'dw.', 'DW.5', 'dw.A'],
  ...[`ab.${'x'.repeat(21)}`, 'dw5', '-1', '1 ', '1/2'],
])('%j is none', (id) => {
  expect(ID.test(id)).toBe(false)
})

test.each<[string, boolean]>([
  ...[
    'utm_source',
    'fbclid',
    'gclid',
    'dclid',
    'gbraid',
    'wbraid',
    'msclkid',
    'yclid',
    'igshid',
    'mc_cid',
    'mc_eid',
  ].map((name): [string, boolean] => [name, true]),
  ...['spm', '_ga', 'ref_src', 'UTM_X'].map((name): [string, boolean] => [name, true]),
  ...['utm_', 'xutm_a', 'spmx', 'xspm', 'id', ''].map((name): [string, boolean] => [name, false]),
])('the parameter %j tells where a reader came from: %j', (name, expected) => {
  expect(isTracking(name)).toBe(expected)
})

test.each([
  ['https://a.example/x#y\nz', 'a b/1', 'https://a.example/x#guid=a%20b%2F1'],
  ['https://a.example/x', '半\ud800个', 'https://a.example/x#guid=%E5%8D%8A%E4%B8%AA'],
  ['https://a.example/x', 'g'.repeat(501), `https://a.example/x#guid=${'g'.repeat(500)}`],
])('of items that share %j the one of %j has the address %s', (link, guid, expected) => {
  expect(withGuid(link, guid)).toBe(expected)
  expect(withoutGuid(expected)).toBe(link.replace(/#.*/s, ''))
  expect(withoutGuid(link)).toBe(link)
  expect(addressOf(expected)).toBe(expected)
  expect(identify(expected).id).not.toBe(identify(link).id)
})

test.each([
  ['LOCALHOST', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['::1', true],
  ['::2', false],
  ['news.example', false],
])('%s is this machine: %s', (host, is) => {
  expect(isLoopbackHost(host)).toBe(is)
})

test.each<[string, string | null]>([
  [PLAIN, 'zaobao'],
  ['http://ZAOBAO.com./x', 'zaobao'],
  [`http://localhost:8080${PATH}`, 'zaobao'],
  ['http://127.0.0.1/x', 'zaobao'],
  ['http://[::1]/x', 'zaobao'],
  ['http://127.example/x', null],
  ['http://localhost.example/x', null],
  ['http://a.localhost/x', null],
  [`https://a.example${PATH}`, null],
  [PLAIN.replace('https', 'ftp'), null],
  ['zaobao.com', null],
])('the paper of %s is %s', (url, name) => {
  expect(publisherOf(url)?.name ?? null).toBe(name)
  if (name === null) expect(storyId(url)).toBeNull()
})

test.each([
  [`http://127.0.0.1:1200${PATH}`, 'zaobao'],
  ['http://127.0.0.1:1200/feed/1.html', null],
  ['http://localhost/x', null],
  ['https://www.zaobao.com.sg/x', 'zaobao'],
])('the paper of a story at %s is %s', (url, name) => {
  expect(whoOf(url).publisher).toBe(name)
  const host = new URL(url).hostname
  expect(paperOf(url)).toBe(name === null ? host : '联合早报')
})

test.each([
  [`https://me:word@www.zaobao.com:80${PATH}?a=1#b`, PLAIN],
  [`http://www.zaobao.com.${PATH}`, PLAIN],
  ['http://www.zaobao.com:8080/a?b=1', 'https://www.zaobao.com:8080/a'],
  ['http://me:word@a.example:80/x?b=1#c', 'http://a.example/x?b=1'],
  ['https://a.example:80/x', 'https://a.example:80/x'],
])('the address of %s is kept as %s', (url, expected) => {
  expect(addressOf(url)).toBe(expected)
})

test('a story that never had another id keeps its own', () => {
  expect(formerIds(PLAIN)).toEqual([])
  expect(formerIds('https://example.org/a/b?c=1')).toEqual([])
  expect(identify(PLAIN, '0123456789').id).toBe('9000001')
  expect(identify('https://example.org/a', '0123456789').id).not.toBe('0123456789')
})

test.each([
  [`https://www.zaobao.com${PATH}。`, 'realtime/china'],
  ['https://www.zaobao.com//realtime//china/story20260312-9000001', 'realtime/china'],
  ['https://www.zaobao.com/story20260312-9000001', null],
  ['https://example.org/a/b', 'a'],
  ['https://example.org/a/b/', 'a'],
  ['https://example.org/b/', null],
  ['https://example.org/2026/03/12/b/', null],
  ['https://example.org/a/2026/03/b.html', 'a'],
  ['https://example.org/a/7/c/b', 'a/7/c'],
  ['https://example.org/b', null],
])('the section of %s is %s', (url, expected) => {
  expect(sectionOf(url)).toBe(expected)
})

test('the address of a mirror keeps its port and query', () => {
  expect(addressOf(`http://127.0.0.1:8080${PATH}%20?x=1#y`)).toBe(`http://127.0.0.1:8080${PATH}?x=1`)
})

test('a path of many blanks or stories takes time in proportion', async () => {
  const pieces = ['%20', '/story20260312-1.', '%E4']
  const paths = pieces.map(
    (piece) => [piece, (part: number) => `https://www.zaobao.com/${piece.repeat(40_000 * part)}x`] as const,
  )
  const read = (url: string): void => {
    for (let again = 0; again < 5; again += 1) identify(url)
  }
  expect(await outOfProportion(paths, read)).toEqual([])
})

const STORY = 'https://news.example.org/2026/03/ferry-reopens'

test.each([
  ...[
    '?utm_id=1',
    '?fbclid=x&_hsmi=2',
    '?at_medium=rss&at_campaign=rss',
    '?source=rss----1a2b---4',
    '?gad_source=1#top',
  ],
  ...['?hmsr=toutiao', '?share_source=weibo', '/amp', '/amp/', '?amp', '?amp=1', '?outputType=amp', '?ns_mchannel=rss'],
])('%s leads to the same story', (end) => {
  expect(canonicalUrl(`${STORY}${end}`)).toBe(STORY)
})

test.each([
  ['https://amp.news.example.org/2026/03/ferry-reopens', STORY],
  ['http://m.example.org/a/1.html', 'https://example.org/a/1.html'],
  ['https://mobile.example.org/a/1', 'https://example.org/a/1'],
  ['https://www.example.org/a/1.amp.html', 'https://example.org/a/1.html'],
  ['https://www.example.org/a/story-1.amp', 'https://example.org/a/story-1'],
  ['https://news-example-org.cdn.ampproject.org/c/s/news.example.org/2026/03/ferry-reopens/amp', STORY],
  ['https://www.google.com/amp/s/amp.news.example.org/2026/03/ferry-reopens', STORY],
  // None of these is a twin.
  ['https://m.me/1', 'https://m.me/1'],
  ['https://amp.dev/a', 'https://amp.dev/a'],
  ['https://example.org/topics/amp', 'https://example.org/topics/amp'],
  ['https://example.org/a?p=1&source=town', 'https://example.org/a?p=1&source=town'],
  ['https://example.org/a?ref=2&from=3&id=4', 'https://example.org/a?ref=2&from=3&id=4'],
  ['https://www.google.com/search?q=amp', 'https://google.com/search?q=amp'],
])('%s is %s', (url, canonical) => {
  expect(canonicalUrl(url)).toBe(canonical)
})

test.each([`${STORY}?fbclid=1&gad_source=2`, `${STORY}/amp`, 'https://m.example.org/a/1?pk_source=x'])(
  'a story that an earlier version archived at %s keeps its id',
  (url) => {
    const former = url.replace('fbclid=1&', '')
    const id = createHash('sha256').update(former).digest('hex').slice(0, 10)
    expect(formerIds(url)).toEqual([id])
    expect(identify(url, id).id).toBe(id)
  },
)

test('what an address told before its paper was known is forgotten', () => {
  const papers: Publisher[] = []
  const addresses = addressesOf(papers)
  expect(addresses.storyId(PLAIN)).toBeNull()
  papers.push(zaobao)
  expect(addresses.storyId(PLAIN)).toBe('9000001')
  papers[0] = { ...zaobao, idPrefix: 'other.' }
  expect(addresses.storyId(PLAIN)).toBe('other.9000001')
})
