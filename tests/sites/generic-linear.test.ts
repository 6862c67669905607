import { test } from 'vitest'
import { readPage } from '../../src/sites/index.ts'
import { expectInProportion } from '../support/cost.ts'

/** Pages of no known layout that are made to cost: what is looked for in each of their parts is not looked for in all others. */

const PROSE = '<p>渡口星期五清晨重新开放，停航三个月的小轮船载着第一批乘客驶往对岸。</p>'
const LINK = '<a href="/news/1">对岸的集市恢复夜市</a>'
const COUNT = 3000

test.each<[string, (part: number) => string]>([
  ['paragraphs', (part) => PROSE.repeat(COUNT * part)],
  ['lines', (part) => `<div>${'渡口星期五清晨重新开放，乘客驶往对岸。<br>'.repeat(COUNT * part)}</div>`],
  ['cards', (part) => `<div><h2>${LINK}</h2>${PROSE}</div>`.repeat(COUNT * part)],
  ['headings that link, in one box', (part) => `<h2>${LINK}</h2>`.repeat(COUNT * part)],
  ['links, deep in boxes', (part) => `${'<div>'.repeat(100)}${`${LINK}<br>`.repeat(COUNT * part)}`],
  ['headings of other stories', (part) => `<h3>相关新闻</h3><p>${LINK}</p>`.repeat(COUNT * part)],
  ['headlines', (part) => '<div><h1>渡口重新开放的消息</h1></div>'.repeat(COUNT * part)],
  ['boxes over the page, in one another', (part) => '<div role="dialog">'.repeat(100) + PROSE.repeat(COUNT * part)],
  ['paragraphs beside boxes in one another', (part) => `<div>${PROSE}`.repeat(COUNT * part)],
  ['boxes that are never ended', (part) => '<section class="related"><li>渡口'.repeat(COUNT * part)],
  ['figures', (part) => `<figure><figcaption>渡口</figcaption></figure>${PROSE}`.repeat(COUNT * part)],
  ['attributes of a template that has no end', (part) => `<template${' shadowroot='.repeat(COUNT * part)}`],
  ['blanks behind data', (part) => `<script>window.page = {"n": 1}${' '.repeat(10 * COUNT * part)}x</script>`],
  [
    'blanks in the text that data tell',
    (part) =>
      `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', articleBody: `渡口${' '.repeat(10 * COUNT * part)}重新开放` })}</script>`,
  ],
  [
    'signs that begin a tag, in data',
    (part) => `<script>window.page = ${JSON.stringify({ body: `<p>${'<'.repeat(10 * COUNT * part)}` })}</script>`,
  ],
  [
    'signs that begin a tag, in a list in data',
    (part) =>
      `<script>window.page = ${JSON.stringify({ body: [PROSE, `${PROSE}${'<'.repeat(10 * COUNT * part)}`] })}</script>`,
  ],
])('a page of many %s is read in time in proportion', async (_, make) => {
  await expectInProportion(make, (body) => {
    const html = `<html><head><title>渡口重新开放的消息</title><meta property="og:type" content="article"></head><body><h1>渡口重新开放的消息</h1>${PROSE}${body}</body></html>`
    readPage({ html, url: 'https://news.example/2026/03/ferry' })
  })
})

test.each<[string, (part: number) => string]>([
  ['attributes of a time', (part) => `<div ${'data-time="1746266400" '.repeat(COUNT * part)}`],
  ['times in the name of an attribute', (part) => `<div data-${'time'.repeat(10 * COUNT * part)}="1746266400">5</div>`],
  ['names of an attribute', (part) => `<div ${'time '.repeat(10 * COUNT * part)}>5</div>`],
  ['names of a class', (part) => `<div class="${'today '.repeat(10 * COUNT * part)}">29 November 2021</div>`],
  ['capitals in the name of a class', (part) => `<div class="${'aRelated'.repeat(COUNT * part)}b"><p>x</p></div>`],
  ['days in a line', (part) => '10 November 2021, 15:37 '.repeat(COUNT * part)],
  ['lines of a day', (part) => '<div>10 November 2021, 15:37</div>'.repeat(COUNT * part)],
  ['figures that are never ended', (part) => '<figure><a href="#">'.repeat(COUNT * part)],
])('%s above and below a headline are read in time in proportion', async (_, make) => {
  await expectInProportion(make, (body) => {
    const html = `<html><head><title>渡口重新开放的消息</title><meta property="og:type" content="article"></head><body>${body}<h1>渡口重新开放的消息</h1>${body}<div>${PROSE.repeat(5)}</div></body></html>`
    readPage({ html, url: 'https://news.example/2026/03/ferry' })
  })
})
