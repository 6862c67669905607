import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * Which addresses are the public Internet's. Source: IANA's special-purpose address registries (RFC 6890 and its
 * updates). Addresses that carry another address in them (mapped, compatible, translated, 6to4, Teredo) are not public
 * whatever they carry: through them a name could reach any network.
 */

function blockList(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [network: string, bits: number])[]): BlockList {
  const list = new BlockList()
  for (const [network, bits] of ranges) list.addSubnet(network, bits, family)
  return list
}

const SPECIAL_V4 = blockList('ipv4', [
  ['0.0.0.0', 8], // this network
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared, behind carrier NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local, cloud metadata
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
])

const GIVEN_OUT_V6 = blockList('ipv6', [['2000::', 3]])

/** Inside of what is given out. */
const SPECIAL_V6 = blockList('ipv6', [
  ['2001::', 23], // protocol assignments: Teredo, benchmarks, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4
  ['3fff::', 20], // documentation
])

/** A host of a URL without the brackets that an IPv6 address has there. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}

/** True for an address that anyone on the Internet can be asked at; false for every other, and for what is no address. */
export function isPublicAddress(text: string): boolean {
  if (isIPv4(text)) return !SPECIAL_V4.check(text, 'ipv4')
  return isIPv6(text) && GIVEN_OUT_V6.check(text, 'ipv6') && !SPECIAL_V6.check(text, 'ipv6')
}

/** True for a name that no public server answers to (RFC 6761, 6762, 8375, and ICANN's `internal`). */
export function isPrivateName(host: string): boolean {
  return /(?:^|\.)(?:localhost|localdomain|local|internal|home\.arpa)\.?$/i.test(host)
}
