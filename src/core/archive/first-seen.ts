/** Of 48-bit keys, a million in some 25 MB: a Map takes four times that. */
const START_SLOTS = 1 << 12

/** Remembers which number was first given with a key. */
export interface FirstSeen {
  /** The number that the key came with first; `null` when it never came, and then `ordinal` is remembered. */
  see(key: number, ordinal: number): number | null
  /** Whether the key ever came; remembers nothing. */
  has(key: number): boolean
}

/** A table of whole keys in [0, 2^53) to numbers in [0, 2^32): open addressing in typed arrays. */
export function createFirstSeen(): FirstSeen {
  let keys = new Float64Array(START_SLOTS).fill(-1)
  let ordinals = new Uint32Array(START_SLOTS)
  let used = 0

  function slotOf(key: number): number {
    const mask = keys.length - 1
    let slot = (Math.imul(key % 0x1_0000_0000, 0x9e37_79b1) ^ Math.imul((key / 0x1_0000_0000) | 0, 0x85eb_ca6b)) & mask
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  function grow(): void {
    const [oldKeys, oldOrdinals] = [keys, ordinals]
    keys = new Float64Array(oldKeys.length * 2).fill(-1)
    ordinals = new Uint32Array(oldKeys.length * 2)
    for (const [at, key] of oldKeys.entries()) {
      if (key === -1) continue
      const slot = slotOf(key)
      keys[slot] = key
      ordinals[slot] = oldOrdinals[at] ?? 0
    }
  }

  return {
    has: (key) => keys[slotOf(key)] === key,
    see(key, ordinal) {
      const slot = slotOf(key)
      if (keys[slot] === key) return ordinals[slot] ?? null
      keys[slot] = key
      ordinals[slot] = ordinal
      used += 1
      if (used * 3 > keys.length * 2) grow()
      return null
    },
  }
}
