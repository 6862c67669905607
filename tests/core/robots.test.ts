import { expect, test } from 'vitest'
import { allowed, crawlDelay, parseRobots } from '../../src/core/web/robots.ts'

const US = 'us-bot'

test.each<[string, string, string, boolean]>([
  ['a mark leads', '\ufeffUser-agent: us-bot\nDisallow: /x', '/x', false],
  ['a mark within', 'User-agent: us-bot\nDisallow: /\ufeffx', '/%EF%BB%BFx', false],
  ['lines of all ends', 'User-agent: us-bot\rDisallow: /a\r\nDisallow: /x\n', '/x', false],
  ['an empty line within a group', 'User-agent: us-bot\n\r\n\nDisallow: /x', '/x', false],
  ['white space', ' user-AGENT :\tUS-Bot/1.0 more \n DISALLOW :  /x  # why', '/x', false],
  ['no colon', 'user-agent us-bot\n  Disallow \t /x  ', '/x', false],
  ['three words without a colon', 'User-agent: us-bot\nDisallow /x y', '/x', true],
  ['one word', 'User-agent: us-bot\nDisallow', '/x', true],
  ['a line that begins with a colon', 'User-agent: us-bot\n: /x\nDisallow: /y', '/y', false],
  ['nothing disallowed', 'User-agent: us-bot\nDisallow:', '/x', true],
  ['a rule before all groups', 'Disallow: /\nUser-agent: us-bot\nDisallow: /y', '/x', true],
  ['everyone, with words behind', 'User-agent: * all\nDisallow: /', '/x', false],
  ['a star that is no everyone', 'User-agent: *bot\nDisallow: /', '/x', true],
  ['an agent behind a star', 'User-agent: x*\nDisallow: /', '/x', true],
  ['an agent without letters', 'User-agent: 7\nDisallow: /', '/x', true],
  ['several agents', 'User-agent: them\nUser-agent: us-bot\nDisallow: /', '/x', false],
  ['another agent behind ours', 'User-agent: us-bot\nUser-agent: them\nDisallow: /', '/x', false],
  ['a star that stands for much', 'User-agent: us-bot\nDisallow: /a*b*c', '/a/b/b/d/c/e', false],
  ['a star without what follows it', 'User-agent: us-bot\nDisallow: /a*b*c', '/a/c/b', true],
  ['a path that goes on', 'User-agent: us-bot\nDisallow: /x$', '/x/y', true],
  ['a fragment', 'User-agent: us-bot\nDisallow: /x$', '/x#y', false],
  ['other lines between agents', 'User-agent: them\nCrawl-delay: 1\nUser-agent: us-bot\nDisallow: /', '/x', false],
  ['agents after a rule', 'User-agent: us-bot\nDisallow: /y\nUser-agent: them\nDisallow: /', '/x', true],
  ['escapes in small letters', 'User-agent: us-bot\nDisallow: /%e6%b8%a1', '/%E6%B8%A1', false],
  ['letters without escapes', 'User-agent: us-bot\nDisallow: /渡口/a', '/%e6%b8%a1%e5%8f%a3/a', false],
  ['its own file', 'User-agent: us-bot\nDisallow: /', '/robots.txt', true],
  ['an index page', 'User-agent: us-bot\nDisallow: /\nAllow: /x/index.html', '/x/', true],
  ['no index page', 'User-agent: us-bot\nDisallow: /\nAllow: /x/index.php', '/x/', false],
  ['the end of a path', 'User-agent: us-bot\nDisallow: /*.gif$', '/a.gif?b', true],
  ['stars that overlap', 'User-agent: us-bot\nDisallow: /ab*ba$', '/aba', true],
  ['equally long', 'User-agent: us-bot\nDisallow: /x\nAllow: /x', '/x', true],
])('robots.txt: %s', (_name, text, path, expected) => {
  expect(allowed(parseRobots(text), US, `https://a.example${path}`)).toBe(expected)
})

test.each<[string, string, number | null]>([
  ['none', 'User-agent: us-bot\nDisallow: /', null],
  ['ours', 'User-agent: US-bot\nCrawl-delay: 2', 2],
  ["everyone's", 'User-agent: *\nCrawl-delay: 2.5', 2.5],
  ["not everyone's where we are named", 'User-agent: *\nCrawl-delay: 2\nUser-agent: us-bot\nDisallow: /y', null],
  ['the slowest of several', 'User-agent: us-bot\nCrawl-delay: 2\nCrawl-delay: .5\nCrawl-delay: 1.', 2],
  ['of many seconds', 'User-agent: us-bot\nCrawl-delay: 120', 120],
  ['of parts of one', 'User-agent: us-bot\nCrawl-delay: 1.25', 1.25],
  ['of a part of one', 'User-agent: us-bot\nCrawl-delay: .25', 0.25],
  ['of several agents', 'User-agent: them\nUser-agent: us-bot\nCrawl-delay: 3', 3],
  ['what is no number', 'User-agent: us-bot\nCrawl-delay: -1\nCrawl-delay: 1e3\nCrawl-delay: 5s\nCrawl-delay: .', null],
  ['before all groups', 'Crawl-delay: 9\nUser-agent: us-bot\nDisallow: /', null],
])('the delay of robots.txt: %s', (_name, text, expected) => {
  expect(crawlDelay(parseRobots(text), US)).toBe(expected)
})
