import { afterAll, beforeAll, expect, test } from 'vitest'
import { dateOf, msOfDate } from '../../src/core/document/document.ts'
import { parseDocument } from '../../src/core/document/parse.ts'
import { renderDocument } from '../../src/core/document/render.ts'

const zone = process.env['TZ']
beforeAll(() => void (process.env['TZ'] = 'America/New_York'))
afterAll(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

const MOMENT = Date.UTC(2021, 10, 10, 7, 37)

test.each([
  ['2021-11-10T07:37:00.000Z', MOMENT],
  ['2021-11-10T07:37:00', MOMENT],
  ['2021-11-10T07:37', MOMENT],
  ['2021-11-10T07:37:00.000', MOMENT],
  ['2021-11-10 07:37:00', MOMENT],
  ['2021/11/10 07:37', MOMENT],
  ['2021-11-10T15:37:00+08:00', MOMENT],
  ['2021-11-10T15:37:00+0800', MOMENT],
  ['2021-11-10 15:37:00 +0800', MOMENT],
  ['2021-11-10 15:37:00 +08:00', MOMENT],
  ['2021-11-10T02:37:00.000-05:00', MOMENT],
  ['Wed, 10 Nov 2021 07:37:00 GMT', MOMENT],
  ['2021-11-10', Date.UTC(2021, 10, 10)],
  ['Nov 10, 2021', Date.UTC(2021, 10, 10)],
  ['Invalid Date', Number.NaN],
  [null, Number.NaN],
])('the date %s is the same on every machine', (value, ms) => {
  expect(msOfDate(value)).toBe(ms)
})

const text = (date: string, stamp: string) => `---
layout: post
title: "渡口复航"
date: ${date}
author: 联合早报
from: https://www.zaobao.com/realtime/china/story20211110-1212150
tags: [ 联合早报 ]
categories: [ 联合早报 ]
---
<!--${stamp}-->
[渡口复航](https://www.zaobao.com/realtime/china/story20211110-1212150)
------

第一段。
`

test.each([
  ['2021-11-10', String(MOMENT), MOMENT],
  ['2021-11-10', 'NaN', Date.UTC(2021, 10, 10)],
  ['2021-11-10', String(MOMENT + 86_400_000), Date.UTC(2021, 10, 10)],
  ['2021-11-10T07:37:00', String(MOMENT - 60_000), MOMENT],
  // A site generator's: the clock of a place that it does not name, of which the comment tells the instant.
  ['2021-11-10 15:37:00', String(MOMENT), MOMENT],
  ['2021/11/10 15:37', String(MOMENT + 59_999), MOMENT + 59_999],
  ['2021-11-10T13:22', String(MOMENT), MOMENT],
  ['2021-11-10 15:38:00', String(MOMENT), MOMENT + 28_860_000],
  ['2021-11-10 15:37:00 +0000', String(MOMENT), MOMENT + 28_800_000],
  ['2021-11-10T15:37:00Z', String(MOMENT), MOMENT + 28_800_000],
  ['2021-11-10 22:37:00', String(MOMENT), MOMENT + 15 * 3_600_000],
  ['2021-11-10 07:37:00', String(MOMENT + 28_800_000), MOMENT],
])('of %s and the comment %s the time is taken', (date, stamp, ms) => {
  expect(dateOf(parseDocument(text(date, stamp)))).toBe(ms)
})

test.each(['NaN', 'undefined', 'null', 'Invalid Date', '', ' '])('the comment <!--%s--> names no time', (stamp) => {
  const document = parseDocument(text('2021-11-10T07:37:00.000Z', stamp))
  expect(document.stamp.ms).toBeNaN()
  expect(renderDocument(document)).toBe(text('2021-11-10T07:37:00.000Z', stamp))
})
