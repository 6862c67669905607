import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  type Coding,
  codingOf,
  codingsNamed,
  gzipHeaderLength,
  looksLikeText,
  unreadableCoding,
} from '../../src/core/web/coding.ts'

const TEXT = Buffer.from(`<p>${'渡口重开。'.repeat(50)}`)

test.each<[string, Coding[]]>([
  ['gzip', ['gzip']],
  ['X-GZIP', ['gzip']],
  ['deflate, br', ['br', 'deflate']],
  ['gzip,gzip', ['gzip', 'gzip']],
  ['none', []],
  ['UTF-8', []],
  ['aws-chunked, gzip', ['gzip']],
  ['x-gzip-no', []],
  ['brotli', []],
  ['', []],
])('the header %j names %j', (header, expected) => {
  expect(codingsNamed(header)).toEqual(expected)
})

test.each<[string, Uint8Array, Coding | null, Coding | null]>([
  ['gzip that is announced', gzipSync(TEXT), 'gzip', 'gzip'],
  ['gzip that is not', gzipSync(TEXT), null, 'gzip'],
  ['gzip that is announced as another', gzipSync(TEXT), 'br', 'gzip'],
  ['two bytes of gzip', Buffer.from([0x1f, 0x8b]), null, null],
  ['zlib as deflate', deflateSync(TEXT), 'deflate', 'zlib'],
  ['zlib of the least work', deflateSync(TEXT, { level: 1 }), 'deflate', 'zlib'],
  ['zlib that nobody announced', deflateSync(TEXT), null, null],
  ['zlib as gzip', deflateSync(TEXT), 'gzip', 'zlib'],
  ['bare deflate', deflateRawSync(TEXT), 'deflate', 'deflate'],
  ['a window that is too large', Buffer.from([0x88, 0x1c, 0]), 'deflate', 'deflate'],
  ['another method', Buffer.from([0x77, 0x09, 0]), 'deflate', 'deflate'],
  ['a sum that is wrong', Buffer.from([0x78, 0x9d, 0]), 'deflate', 'deflate'],
  ['text as br', TEXT, 'br', null],
  ['text as gzip', TEXT.subarray(0, 9), 'gzip', null],
  ['too little text to tell', TEXT.subarray(0, 127), 'br', 'br'],
  ['just enough', TEXT.subarray(0, 128), 'br', null],
  ['nothing', Buffer.alloc(0), 'br', null],
])('%s', (_name, body, named, expected) => {
  expect(codingOf(body, named)).toBe(expected)
})

test.each<[string, Uint8Array, boolean]>([
  ['text', TEXT, true],
  ['line ends, tabs, feeds and escapes', Buffer.from('\t\n\v\f\r \u001b~'), true],
  ['a backspace', Buffer.from('a\b'), false],
  ['what follows a return', Buffer.from([0x0e]), false],
  ['a unit separator', Buffer.from([0x1f]), false],
  ['UTF-16', Buffer.from([0xff, 0xfe, 0x41, 0]), true],
  ['UTF-16, big end first', Buffer.from([0xfe, 0xff, 0, 0x41]), true],
  ['half a mark', Buffer.from([0xff, 0x41, 0]), false],
  ['another half', Buffer.from([0xfe, 0x41, 0]), false],
  ['zeros behind the sample', Buffer.concat([Buffer.alloc(512, 0x41), Buffer.alloc(9)]), true],
  ['a zero at its end', Buffer.concat([Buffer.alloc(511, 0x41), Buffer.alloc(9)]), false],
])('%s looks like text: %j', (_name, body, expected) => {
  expect(looksLikeText(body)).toBe(expected)
})

test.each<[number[], string | null]>([
  [[0x28, 0xb5, 0x2f, 0xfd, 1], 'zstd'],
  [[0x28, 0xb5, 0x2f, 0xfe], null],
  [[0x1f, 0x9d, 1], 'compress'],
  [[0x1f, 0x8b], null],
  [[], null],
])('the compression of %j that cannot be read: %j', (bytes, expected) => {
  expect(unreadableCoding(Uint8Array.from(bytes))).toBe(expected)
})

test.each<[string, number, number[], number]>([
  ['nothing', 0, [], 0],
  ['a sum', 2, [9, 9], 2],
  ['more', 4, [2, 1, ...Array<number>(258).fill(7)], 260],
  ['a name', 8, [65, 66, 0, 3], 3],
  ['a comment', 16, [65, 0, 3], 2],
  ['a name and a comment', 24, [65, 0, 66, 67, 0, 3], 5],
  ['all', 30, [1, 0, 7, 65, 0, 66, 0, 9, 9], 9],
])('a gzip header with %s', (_name, flags, more, length) => {
  expect(gzipHeaderLength(Uint8Array.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3, ...more]))).toBe(10 + length)
})
