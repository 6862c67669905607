import { crc32, deflateSync } from 'node:zlib'
import { digestOf, type JournalEntry } from '../../../src/core/archive/journal.ts'
import { storyPath } from '../../../src/core/archive/path.ts'
import { EMPTY_STATE } from '../../../src/core/archive/state.ts'
import { type Content, makeDocument, renderDocument, reviseDocument } from '../../../src/core/document/render.ts'
import { keptInMarkdown, mediaPath } from '../../../src/core/media/kept.ts'
import { CHINESE_ZONE, isoTime } from '../../../src/core/time.ts'
import { openArchive } from '../../../src/edge/archive/archive.ts'
import { openJournal } from '../../../src/edge/archive/journal.ts'
import { openState } from '../../../src/edge/archive/state.ts'
import { openStore } from '../../../src/edge/store/open.ts'
import { identify } from '../../../src/sites/publishers.ts'

const DAY_MS = 86_400_000

const SUBJECTS =
  '百年铁桥封闭维修 旧粮仓改建图书馆 夜间轮渡加开两班 春茶提早半月采收 渡口坡道改铺木板 风筝节移到河滩 5G基站共享试行 地铁新线试乘 台风“海燕”转向 小贩中心试行自带餐盒 沿江三省联合禁渔 冬小麦播种过九成 古城城墙夜里亮灯 老戏院重新开张 湿地栈道完工 玻璃厂改作美术馆'.split(
    ' ',
  )
const TURNS =
  '行人改走临时浮桥 首周迎来两万人 商户盼延长营业 茶农担心品质 轮椅也能上船 老艺人当场扎骨架 三家分摊成本 早高峰快了12分钟 南部解除警报 首月少用餐具八万件 江豚数量回升 进度快于常年'.split(
    ' ',
  )
const SENTENCES = [
  '市政部门星期四说，桥面荷载只剩设计值的六成，主桁节点有17处裂纹。',
  '“桥在的时候，没人觉得它会老。”住在桥头的退休教师王婉说，她每天清晨过桥买菜，已走了四十多年。',
  '工程预算1.04亿元，由市财政与文物保护专款各承担一半。',
  '行人和自行车改走上游300米处的临时浮桥，2路、11路公交绕行新桥；浮桥早上六时至晚上十时开放，遇六级以上大风关闭。',
  '承包商须保留全部手工铆钉构件，替换下来的部分将在桥头公园展出。',
  '气象台预计未来一周多云，施工不受影响。',
  '沿线商户说，傍晚六点后人流明显减少，希望末班车推迟半小时。',
]
const SECTIONS = ['realtime/china', 'realtime/world', 'realtime/singapore', 'realtime/finance', 'realtime/china']

/** A number that looks like chance, and is the same each time. */
const mixed = (number: number, salt: number): number => Math.imul(number + salt, 0x9e3779b1) >>> 16

/** A picture of an evening, the `n`th: some kilobytes. */
export function evening(n: number, width = 360, height = 240): Buffer {
  const row = (y: number): Buffer => {
    const line = Buffer.alloc(1 + 3 * width)
    for (let x = 0; x < width; x += 1) {
      const hill = height * (0.72 + 0.1 * Math.sin(x / 47 + n) + 0.04 * Math.sin(x / 13 + 2 * n))
      const sun = Math.hypot(x - width * (0.3 + 0.1 * (n % 5)), y - height * 0.5) < 22
      const fade = y / height
      const colour = sun
        ? [250, 226, 180]
        : y > hill
          ? [44, 52, 58]
          : [70 + 150 * fade, 96 + 70 * fade, 130 - 10 * fade]
      line.set(colour.map(Math.round), 1 + 3 * x)
    }
    return line
  }
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    size.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([size, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const rows = Buffer.concat(Array.from({ length: height }, (_, y) => row(y)))
  const mark = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([mark, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** What is told of an invented story beside what all have. */
export interface Told extends Partial<Pick<Content, 'title' | 'url' | 'author' | 'zone' | 'access' | 'extraction'>> {
  markdown?: string
  doubt?: string
  lang?: string
  /** The texts that it had before, the oldest first. */
  former?: readonly { title?: string; markdown: string }[]
}

/** Writes archives of invented stories. */
export async function writer(root: string) {
  const store = openStore(root, '/')
  const archive = await openArchive(store, { write: true, keepRevisions: 9, report: () => undefined })
  await store.make()
  const journal = openJournal(store, () => undefined)

  /** Writes the `n`th story of a day, and its former texts; answers its id. */
  async function story(day: string, n: number, told: Told = {}): Promise<string> {
    const ms = Date.parse(`${day}T06:10:00+08:00`) + n * 17 * 60_000
    const section = SECTIONS[n % SECTIONS.length] ?? ''
    const number = 9_000_000 + 100 * Math.round(Date.parse(day) / DAY_MS - 18_000) + n
    const {
      title = `${SUBJECTS[mixed(number, 1) % SUBJECTS.length]}${n % 3 === 2 ? '' : `　${TURNS[mixed(number, 2) % TURNS.length]}`}`,
      url = `https://www.zaobao.com.sg/${section}/story${day.replaceAll('-', '')}-${number}`,
      markdown = Array.from({ length: 4 }, (_, at) => SENTENCES[(mixed(number, 3) + at * 3) % SENTENCES.length]).join(
        '\n\n',
      ),
      author = '联合早报',
      zone = CHINESE_ZONE,
      access = 'public',
      extraction,
      former = [],
      lang = 'zh-Hans',
      doubt,
    } = told
    const { id } = identify(url)
    const texts = [...former, { title, markdown }]
    const contentOf = (at: number): Content => ({
      ...{ url, day, zone, author, access, extra: [], tags: [author], categories: [author], extraction },
      title: texts[at]?.title ?? title,
      published: isoTime(ms),
      body: { markdown: texts[at]?.markdown ?? '' },
    })
    const path = storyPath({ id, day }, texts[0]?.title ?? title)
    let document = makeDocument(contentOf(0))
    let text = renderDocument(document)
    for (const at of texts.keys()) {
      const read = text
      if (at === 0) await archive.create(path, text)
      else {
        document = reviseDocument(document, contentOf(at))
        text = renderDocument(document)
        await archive.revise(path, text, { read, isOwn: false })
      }
      const entry: JournalEntry = {
        ...{ id, path, url, status: at === 0 ? 'written' : 'revised', fetched: isoTime(ms + at * 5_400_000) },
        published: isoTime(ms),
        updated: at === 0 ? null : isoTime(ms + at * 5_400_000),
        ...{
          bylines: n % 4 === 0 ? ['林思远', '陈若谷'] : [],
          keywords: [],
          revision: at + 1,
          seen: {},
          validators: null,
        },
        ...{ origin: 'page', extraction: extraction ?? 'sg-react', lang, digest: digestOf(text) },
        ...(doubt === undefined ? {} : { doubt }),
      }
      await journal.append(entry)
    }
    return id
  }

  return {
    archive,
    story,
    /** Keeps the `n`th picture; answers how it stands in Markdown. */
    async picture(n: number, caption: string): Promise<string> {
      const bytes = evening(n)
      const path = mediaPath(bytes, 'png')
      await archive.keepPicture(path, bytes)
      return `![${caption}](${keptInMarkdown(path, `https://static.example.com/p${n}.png`, '')})\n\n${caption}`
    },
    async state(change: Partial<typeof EMPTY_STATE>): Promise<void> {
      const file = await openState(store, () => undefined)
      await file.save({ ...EMPTY_STATE, ...change })
    },
  }
}

/** The newest day of `writeArchive`'s archive. */
export const LAST_DAY = '2026-11-26'

export const MANY_TEXTS = {
  first: `临河市的中山铁桥星期四（11月26日）起封闭维修，工期约一年。这座1926年通车的钢桁架桥此前从未停用超过三天。

市政局的检测报告显示，桥面荷载只剩设计值的六成，主桁节点有十余处裂纹。报告建议“立即停止一切车辆通行”。

维修期间，行人和自行车改走上游300米处的临时浮桥，公交2路、11路绕行新桥。

${SENTENCES.slice(1, 2).join('\n\n')}

${SENTENCES[5]}

${SENTENCES[6]}

工程预算为9600万元，由市财政与文物保护专款各承担一半。`,
  last: `临河市的中山铁桥星期四（11月26日）起封闭维修，工期14个月。这座1926年通车的钢桁架桥此前从未停用超过三天。

市政局的检测报告显示，桥面荷载只剩设计值的六成，主桁节点有17处裂纹。报告建议“立即停止一切车辆通行，并在汛期之前完成节点更换”。

维修期间，行人和自行车改走上游300米处的临时浮桥，公交2路、11路绕行新桥。浮桥每天早上六时至晚上十时开放，遇六级以上大风关闭。

${SENTENCES.slice(1, 2).join('\n\n')}

${SENTENCES[5]}

${SENTENCES[6]}

## 费用与工期

工程预算为1.04亿元，由市财政与文物保护专款各承担一半。承包商须保留全部手工铆钉构件。`,
}

/**
 * Writes an archive of some years, of several papers, with all that a page may show: of `days` days before its newest, and
 * `plain` stories of the newest beside those that have something to show; answers ids of the newest day.
 */
export async function writeArchive(root: string, days = 400, plain = 45) {
  const to = await writer(root)
  const last = Date.parse(`${LAST_DAY}T00:00:00Z`)
  for (let back = days; back > 0; back -= 1) {
    const day = isoTime(last - back * 3 * DAY_MS).slice(0, 10)
    if (day >= '2024-05-10' && day <= '2024-06-20') continue
    await to.story(day, back % 7)
    if (back % 3 === 0 || back < 150) await to.story(day, 7)
    if (back < 60) await to.story(day, 8)
  }
  for (let n = 0; n < plain; n += 1) await to.story(LAST_DAY, n)
  const bridge = await to.story(LAST_DAY, 54, {
    title: '百年铁桥封闭维修　行人改走临时浮桥',
    former: [
      { title: '百年铁桥将封闭维修', markdown: MANY_TEXTS.first },
      { markdown: MANY_TEXTS.first.replace('约一年', '14个月') },
    ],
    markdown: MANY_TEXTS.last.replace(
      '\n\n市政局',
      `\n\n${await to.picture(3, '封闭前最后一个傍晚，中山铁桥上已没有行人。（市政局提供）')}\n\n市政局`,
    ),
  })
  const away = await to.story(LAST_DAY, 53, {
    markdown: `${SENTENCES[2]}\n\n![渡口的木板坡道](https://static.example.com/ramp.jpg)\n\n渡口的木板坡道\n\n${SENTENCES[3]}`,
  })
  await to.story(LAST_DAY, 52, { access: 'subscriber', markdown: SENTENCES[3] ?? '' })
  await to.story(LAST_DAY, 51, { extraction: 'generic', doubt: 'the page has 640 more letters' })
  await to.story(LAST_DAY, 50, {
    ...{ title: '古城浮橋重開　每日定時讓船隻通過', lang: 'zh-Hant' },
    markdown: '這座由十八艘木船連成的浮橋，每天上午十時與下午四時半各開啟一次。\n\n管理處說，船隻須提前一小時登記。',
  })
  for (const n of [46, 47, 48, 49])
    await to.story(LAST_DAY, n, { markdown: `${await to.picture(n, '玻璃厅内的社区阅览室。')}\n\n${SENTENCES[n % 7]}` })
  await to.state({
    lastRun: {
      ...{ command: 'fetch', started: `${LAST_DAY}T13:48:00.000Z`, ended: `${LAST_DAY}T13:50:00.000Z`, exitCode: 0 },
      ...{ written: 3, revised: 1, unchanged: 40, failed: 1 },
    },
    gaps: [
      {
        ...{ source: 'list:china', origin: 'https://www.zaobao.com.sg', sections: ['realtime/china'] },
        ...{ from: '2024-05-10', to: '2024-06-20', noticed: '2024-06-21T00:00:00.000Z', lastTried: null, reason: null },
      },
    ],
    queue: [
      {
        ...{ id: '9119999', url: 'https://www.zaobao.com.sg/realtime/china/story20261126-9119999', day: LAST_DAY },
        ...{ title: '江心洲渡船停航', published: null, html: null, source: 'list:china', tries: 2, reason: 'HTTP 503' },
        ...{
          firstFailed: `${LAST_DAY}T10:00:00.000Z`,
          nextTry: `${LAST_DAY}T16:00:00.000Z`,
          lastReported: `${LAST_DAY}T10:00:00.000Z`,
        },
      },
    ] as never,
  })
  return { bridge, away }
}
