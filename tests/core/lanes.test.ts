import { describe, expect, test } from 'vitest'
import { inLanes } from '../../src/core/lanes.ts'

const pause = () => new Promise<void>((resolve) => void setTimeout(resolve, 1))

describe('inLanes', () => {
  test('acts on every item, begun in order, so many at a time', async () => {
    const begun: string[] = []
    let now = 0
    let most = 0
    await inLanes(['a', 'b', 'c', 'd', 'e'], 2, async (item, index) => {
      begun.push(`${index}${item}`)
      most = Math.max(most, (now += 1))
      await pause()
      now -= 1
    })
    expect(begun).toEqual(['0a', '1b', '2c', '3d', '4e'])
    expect(most).toBe(2)
  })

  test('takes items that come over time', async () => {
    async function* items() {
      for (const item of [1, 2, 3]) {
        await pause()
        yield item
      }
    }
    const seen: number[] = []
    await inLanes(items(), 3, async (item) => void seen.push(item))
    expect(seen).toEqual([1, 2, 3])
  })

  test('begins nothing after a failure, and throws it when nothing is under way any more', async () => {
    const begun: number[] = []
    let underWay = 0
    const all = inLanes([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item)
      underWay += 1
      await pause()
      if (item === 1) {
        underWay -= 1
        throw new Error('the first')
      }
      await pause()
      await pause()
      underWay -= 1
    })
    await expect(all).rejects.toThrow('the first')
    expect(begun).toEqual([1, 2])
    expect(underWay).toBe(0)
  })

  test('throws what the source of items throws', async () => {
    async function* items() {
      yield 1
      throw new Error('the folder is gone')
    }
    await expect(inLanes(items(), 2, pause)).rejects.toThrow('the folder is gone')
  })
})
