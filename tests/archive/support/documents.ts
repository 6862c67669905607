import { makeDocument, renderDocument } from '../../../src/core/document/render.ts'
import { storyPath } from '../../../src/core/archive/path.ts'
import { OF_PAPER } from '../../support/content.ts'

export interface Made {
  id: string
  day: string
  path: string
  text: string
}

/** An invented story of the archive, the `n`th. */
export function madeStory(n: number, over: { title?: string; markdown?: string; day?: string } = {}): Made {
  const id = String(1_212_000 + n)
  const day = over.day ?? `2021-11-${String(10 + (n % 4)).padStart(2, '0')}`
  const title = over.title ?? `海湾大桥第${n}段合龙`
  const markdown =
    over.markdown ??
    `海湾大桥第${n}段昨天合龙，工程队说全线将在明年春天通车，比原定时间早了两个月，沿岸居民届时可以骑车过桥。\n\n气象台预计未来一周多云，施工不受影响。第${n}段长一百二十米。`
  const document = makeDocument({
    title,
    url: `https://www.zaobao.com.sg/realtime/china/story${day.replaceAll('-', '')}-${id}`,
    published: `${day}T02:0${n % 10}:00.000Z`,
    day,
    ...OF_PAPER,
    body: { markdown },
  })
  return { id, day, path: storyPath({ id, day }, title), text: renderDocument(document) }
}
