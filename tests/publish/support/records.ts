import { readMarkdown } from '../../../src/core/markdown/read.ts'
import type { StoryRecord } from '../../../src/core/model.ts'

/** An invented record, as `export` prints it. */
export function recordOf(n: number, over: Partial<StoryRecord> = {}): StoryRecord {
  const day = over.path?.slice(0, 10) ?? '2026-03-11'
  const { markdown, text, images } = readMarkdown(over.markdown ?? `浮桥第${n}段昨天合龙。\n\n工程队说**明年**通车。`)
  return {
    id: String(9_000_000 + n),
    url: `https://www.zaobao.com.sg/realtime/china/story${day.replaceAll('-', '')}-${9_000_000 + n}`,
    title: `浮桥第${n}段合龙`,
    published: `${day}T02:${String(n % 60).padStart(2, '0')}:00.000Z`,
    updated: null,
    section: 'realtime/china',
    publisher: 'zaobao',
    lang: 'zh-Hans',
    author: '联合早报',
    bylines: [],
    tags: ['联合早报'],
    categories: ['联合早报'],
    keywords: [],
    access: 'public',
    images,
    text,
    html: null,
    extraction: 'sg-react',
    doubt: null,
    fetched: '2026-03-20T00:00:00.000Z',
    path: `${day}/${day}-${9_000_000 + n}-浮桥.md`,
    revision: 1,
    status: null,
    schema: 1,
    ...over,
    markdown,
  }
}
