import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../src/core/document/parse.ts'
import { renderDocument } from '../../src/core/document/render.ts'
import { shared, sharedIsThere, sharedPosts } from '../support/shared.ts'

describe.runIf(sharedIsThere)('documents of the known archive', () => {
  test('the seed writes back byte for byte', () => {
    const seed = shared('seed.md')
    const document = parseDocument(seed)
    expect(renderDocument(document)).toBe(seed)
    expect(document.frontMatter.map((entry) => entry.key)).toEqual([
      'layout',
      'title',
      'date',
      'author',
      'from',
      'tags',
      'categories',
    ])
    expect(document.stamp.ms).toBe(1636558620000)
  })

  test('every post writes back byte for byte', () => {
    const posts = sharedPosts()
    expect(posts).toHaveLength(135)
    for (const { name, text } of posts) expect(renderDocument(parseDocument(text)), name).toBe(text)
  })
})
