import { expect, test } from 'vitest'
import { siteOfHost } from '../../src/sites/publishers.ts'

test.each([
  ['www.zaobao.com.sg', 'zaobao.com'],
  ['zaobao.com', 'zaobao.com'],
  ['news.example.com', 'example.com'],
  ['a.b.c.example.com', 'example.com'],
  ['example.com', 'example.com'],
  ['www.example.co.uk', 'example.co.uk'],
  ['news.example.com.sg', 'example.com.sg'],
  ['news.example.de', 'example.de'],
  ['www.abc.net.au', 'abc.net.au'],
  ['www.gov.uk', 'gov.uk'],
  ['rsshub', 'rsshub'],
  ['localhost', 'localhost'],
  ['127.0.0.1', '127.0.0.1'],
  ['news.example.com1', 'example.com1'],
  ['a.1.example', '1.example'],
  ['2130706433', '2130706433'],
  ['192.168.10.20', '192.168.10.20'],
  ['2606:4700::6810:84e5', '2606:4700::6810:84e5'],
])('the site of %s is %s', (host, site) => {
  expect(siteOfHost(host)).toBe(site)
})
