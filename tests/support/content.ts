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

/** A story that documents are made of. */
export const STORY: Content = {
  title: '港口明年扩建',
  url: 'https://www.zaobao.com/realtime/china/story20211110-1212150',
  published: '2021-11-10T07:37:00.000Z',
  day: '2021-11-10',
  ...OF_PAPER,
  body: { markdown: '第一段。\n\n第二段。' },
}
