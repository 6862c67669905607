/**
 * Which addresses are the public Internet's. Source: IANA's special-purpose address registries (RFC 6890 and its
 * updates). Addresses that carry another address in them (mapped, compatible, translated, 6to4, Teredo) are not public
 * whatever they carry: through them a name could reach any network.
 */

type Range = readonly [network: string, bits: number]

const SPECIAL_V4: readonly Range[] = [
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
]

/** Only 2000::/3 is given out; what is listed here lies inside it. */
const SPECIAL_V6: readonly Range[] = [
  ['2001::', 23], // protocol assignments: Teredo, benchmarks, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4
  ['3fff::', 20], // documentation
]

/** The four bytes of a dotted quad; `null` when it is none. */
function bytesOfV4(text: string): number[] | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  const bytes = match?.slice(1).map(Number)
  return bytes?.every((byte) => byte <= 255) === true ? bytes : null
}

function bytesOfGroups(text: string): number[] | null {
  if (text === '') return []
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [index, group] of groups.entries()) {
    const quad = index === groups.length - 1 ? bytesOfV4(group) : null
    if (quad !== null) bytes.push(...quad)
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255)
    else return null
  }
  return bytes
}

/** The sixteen bytes of an IPv6 address (a zone is dropped); `null` when it is none. */
function bytesOfV6(text: string): number[] | null {
  const halves = text.replace(/%.*$/s, '').split('::')
  if (halves.length > 2 || !text.includes(':')) return null
  const head = bytesOfGroups(halves[0] ?? '')
  const tail = bytesOfGroups(halves[1] ?? '')
  if (head === null || tail === null) return null
  const gap = 16 - head.length - tail.length
  if (halves.length === 1 ? gap !== 0 : gap < 2) return null
  return [...head, ...Array.from({ length: gap }, () => 0), ...tail]
}

function isWithin(bytes: readonly number[], network: readonly number[], bits: number): boolean {
  return bytes.every((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8))
    return byte >> (8 - kept) === (network[index] ?? 0) >> (8 - kept)
  })
}

function isAmong(
  bytes: readonly number[],
  ranges: readonly Range[],
  parse: (text: string) => number[] | null,
): boolean {
  return ranges.some(([network, bits]) => isWithin(bytes, parse(network) ?? [], bits))
}

/** The four or sixteen bytes of an IPv4 or IPv6 address in text form, without brackets; `null` when it is none. */
export function addressBytes(text: string): number[] | null {
  return bytesOfV4(text) ?? bytesOfV6(text)
}

/** True for an address that anyone on the Internet can be asked at; false for every other, and for what is no address. */
export function isPublicAddress(text: string): boolean {
  const v4 = bytesOfV4(text)
  if (v4 !== null) return !isAmong(v4, SPECIAL_V4, bytesOfV4)
  const v6 = bytesOfV6(text)
  return v6 !== null && isWithin(v6, [0x20], 3) && !isAmong(v6, SPECIAL_V6, bytesOfV6)
}

/** True for a name that no public server answers to (RFC 6761, 6762, 8375, and ICANN's `internal`). */
export function isPrivateName(host: string): boolean {
  return /(?:^|\.)(?:localhost|localdomain|local|internal|home\.arpa)\.?$/i.test(host)
}
