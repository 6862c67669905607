import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPrivateName, isPublicAddress } from '../../src/edge/http/address.ts'

test.each([
  ['8.8.8.8', true],
  ['1.1.1.1', true],
  ['172.15.255.255', true],
  ['172.16.0.0', false],
  ['172.31.255.255', false],
  ['172.32.0.0', true],
  ['100.63.255.255', true],
  ['100.64.0.0', false],
  ['100.127.255.255', false],
  ['100.128.0.0', true],
  ['0.0.0.0', false],
  ['10.0.0.1', false],
  ['127.0.0.1', false],
  ['127.255.255.254', false],
  ['169.254.169.254', false],
  ['192.0.0.8', false],
  ['192.168.1.1', false],
  ['198.18.0.1', false],
  ['198.20.0.0', true],
  ['224.0.0.1', false],
  ['239.255.255.255', false],
  ['255.255.255.255', false],
  ['2606:4700:4700::1111', true],
  ['2001:4860:4860::8888', true],
  ['2400:3200::1', true],
  ['::', false],
  ['::1', false],
  ['0:0:0:0:0:0:0:1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['::ffff:7f00:1', false],
  ['::127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['64:ff9b::8.8.8.8', false],
  ['64:ff9b:1::a00:1', false],
  ['100::1', false],
  ['2001::1', false],
  ['2001:db8::1', false],
  ['2002:7f00:1::', false],
  ['3fff::1', false],
  ['fc00::1', false],
  ['fdff::1', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  ['fec0::1', false],
  ['ff02::1', false],
  ['', false],
  ['example.org', false],
  ['1.2.3', false],
  ['1.2.3.256', false],
  ['1:2:3:4:5:6:7', false],
  ['2600:::1', false],
  ['2600::1::2', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected)
})

test('an IPv6 address is the same address in any notation', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }), (groups) => {
      const plain = groups.map((group) => group.toString(16)).join(':')
      const long = groups.map((group) => group.toString(16).padStart(4, '0').toUpperCase()).join(':')
      const canonical = new URL(`http://[${plain}]/`).hostname.slice(1, -1)
      expect(isPublicAddress(long)).toBe(isPublicAddress(plain))
      expect(isPublicAddress(canonical)).toBe(isPublicAddress(plain))
    }),
    { numRuns: 10_000 },
  )
})

test.each([
  ['localhost', true],
  ['LOCALHOST.', true],
  ['a.localhost', true],
  ['printer.local', true],
  ['metadata.google.internal', true],
  ['router.home.arpa', true],
  ['zaobao.com', false],
  ['localhost.com', false],
  ['notlocal', false],
])('%s is a private name: %s', (host, expected) => {
  expect(isPrivateName(host)).toBe(expected)
})
