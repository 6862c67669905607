import type { StoryRecord } from '../../src/core/model.ts'

/** The record of an invented story. */
export function recordWith(over: Partial<StoryRecord>): StoryRecord {
  const path = over.path ?? '2021-11-10/2021-11-10-1212150.md'
  const id = path.slice(22).replace(/[-.].*/, '')
  return {
    id,
    url: `https://www.zaobao.com.sg/realtime/china/story${path.slice(0, 10).replaceAll('-', '')}-${id}`,
    title: '海湾大桥合龙',
    published: null,
    updated: null,
    fetched: null,
    section: 'realtime/china',
    publisher: 'zaobao',
    lang: 'zh-Hans',
    author: '联合早报',
    bylines: [],
    tags: [],
    categories: [],
    keywords: [],
    access: 'public',
    images: [],
    markdown: over.text ?? '',
    text: '海湾大桥昨天合龙。',
    html: null,
    extraction: null,
    doubt: null,
    path,
    revision: 1,
    status: null,
    schema: 1,
    ...over,
  }
}
