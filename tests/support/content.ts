import type { Content } from '../../src/core/document/render.ts'
import { CHINESE_ZONE } from '../../src/core/time.ts'

/** What is the same of every story of the paper. */
export const OF_PAPER: Pick<Content, 'zone' | 'author' | 'tags' | 'categories' | 'access' | 'extra'> = {
  zone: CHINESE_ZONE,
  author: '联合早报',
  tags: ['联合早报'],
  categories: ['联合早报'],
  access: 'public',
  extra: [],
}
