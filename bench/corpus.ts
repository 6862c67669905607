// Stories that nobody wrote: clauses and sentences invented here, put together anew for each, by a seed. The commonest words
// are far commoner than in life, and rare names are strewn in, so that queries of both kinds are met.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inFullWidth, inTraditional } from '../tests/search/plain.ts'
import { pick, type Random, seeded } from '../tests/support/invented.ts'

const PLACES =
  '香港 澳门 北京 上海 新加坡 吉隆坡 东京 台北 广东 深圳 四川 成都 欧洲 德国 美国 中国 印度 东盟 河镇 青石县 云梦泽 金沙湾'.split(
    ' ',
  )
const BODIES =
  '外交部发言人 总领事馆 卫生局 海关总署 教育部 国会 立法会 中央银行 气象台 警察厅 市政厅 交通运输委员会 统计局 最高法院 世界卫生组织 航空公司 电力公司 半导体工厂 造船厂 大学医院'.split(
    ' ',
  )
const VERBS = '宣布 表示 指出 透露 证实 否认 呼吁 强调 预计 批评 决定 同意 要求 警告 承认 说明'.split(' ')
const THINGS =
  '疫情已经得到控制 入境旅客须接受检测 轮渡航线明年一月复航 跨境贸易额同比增长 新桥梁工程提前完工 学校将恢复面授课程 油价连续三周下跌 半导体供应仍然紧张 养老金制度需要改革 台风可能在周末登陆 地铁延长线进入试运行 农产品出口关税下调 住房贷款利率维持不变 核能发电比例逐步提高 森林火灾已扑灭大半 选举结果将于深夜公布 人工智能监管条例草案提交审议 老城区历史建筑列入保护名录 海水淡化厂供水量翻倍 边境口岸延长开放时间 疫苗接种率超过百分之八十 外国投资者重新入市 货币政策保持稳健 两国领导人通电话 罢工谈判没有达成协议'.split(
    ' ',
  )
const TAILS =
  '，但细节还没有公布 ，比去年同期多了两成 ，有关部门正在跟进 ，分析人士对此看法不一 ，这是十年来的第一次 ，相关费用由政府承担 ，市民反应热烈 ，当地媒体广泛报道 ，专家认为影响有限 。他说：“我们会继续努力。” ，并感谢各界的支持 ，将于下周召开记者会进一步说明'.split(
    ' ',
  )
const LATIN = 'COVID-19 5G AI GDP Reuters iPhone WHO NATO BBC F-16 ChatGPT ESG CEO'.split(' ')
/** Enough of the letters of a newspaper, the commoner ones first. */
const LETTERS =
  '的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏备律围乎查宝集坐存调罗亚米云县群药湖港湾帆樯榆槿鸢鹭鲟鲮鳜麓崖岚峦嵊嵩巽彧怡恺惇愔懿戬擎攸旻昱晔暄曜朔杞枫柘栩梓楠槐沅沐沣沭泓泾洛浔涓淇淼渊渝湉溧滦漪潞澜濯瀚煜熠燊牧玎玥珂珩琬瑜瑾璇璟甄皓睿瞻祁祯禧秣穆筠筱箬篁纭绮缙翊翎聿胤芃芷苒茉荃荻莘菡萱葳蒹蓁蓼蔚蕙薇藜虔衍裘觅谧谯豫贻赟趾辛逄逯郁郗郝鄢鄱酆钧铎铮锦镕闵阙隽雍雯霁靖韬韶颀颢飒骁骥魏黎默龚'

const number = (random: Random): string => String(Math.floor(10 ** (1 + random() * 4)))

/** A name of two or three letters that few stories have: one of some twenty thousand. */
function nameOf(n: number): string {
  const random = seeded(n * 7919 + 13)
  const letter = () => LETTERS.charAt(Math.floor(random() ** 0.7 * LETTERS.length))
  return letter() + letter() + (random() < 0.5 ? letter() : '')
}

function sentence(random: Random): string {
  const who =
    random() < 0.25
      ? `${nameOf(Math.floor(random() * 20_000))}${pick(random, ['博士', '先生', '', '教授'])}`
      : pick(random, BODIES)
  const when = random() < 0.3 ? `${1 + Math.floor(random() * 12)}月${1 + Math.floor(random() * 28)}日` : ''
  const more = random() < 0.25 ? `，涉及${number(random)}${pick(random, ['亿元', '人', '公里', '架次', '%'])}` : ''
  const latin = random() < 0.15 ? `（${pick(random, LATIN)}）` : ''
  return `${pick(random, PLACES)}${who}${when}${pick(random, VERBS)}${latin}${pick(random, THINGS)}${more}${pick(random, TAILS)}。`.replace(
    '”。',
    '”',
  )
}

/** The `n`th story of a corpus: its headline and paragraphs. */
function storyOf(n: number): { title: string; paragraphs: string[] } {
  const random = seeded(n * 2_654_435 + 7)
  const dress = n % 33 === 1 ? inTraditional : n % 33 === 2 ? inFullWidth : (text: string) => text
  const title = `${pick(random, PLACES)}${pick(random, BODIES)}：${pick(random, THINGS)}`
  const paragraphs = Array.from({ length: 6 + Math.floor(random() * 8) }, () =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => sentence(random)).join(''),
  )
  return { title: dress(title), paragraphs: paragraphs.map(dress) }
}

const FIRST_DAY_MS = Date.UTC(2012, 0, 1)
const SECTIONS = ['realtime/china', 'realtime/world', 'news/china', 'news/singapore', 'finance/china']

function fileOf(n: number, aDay: number): { day: string; path: string; text: string } {
  const ms = FIRST_DAY_MS + Math.floor(n / aDay) * 86_400_000
  const day = new Date(ms).toISOString().slice(0, 10)
  const id = 10_000_000 + n
  const { title, paragraphs } = storyOf(n)
  const published = ms + (n % aDay) * 900_000 - 8 * 3_600_000
  const url = `https://www.zaobao.com.sg/${SECTIONS[n % SECTIONS.length]}/story${day.replaceAll('-', '')}-${id}`
  const picture = n % 4 === 0 ? `![${paragraphs[0]?.slice(0, 12)}](https://pictures.example/${n}.jpg)\n\n` : ''
  const text = `---\nlayout: post\ntitle: "${title}"\ndate: ${new Date(published).toISOString()}\nauthor: 联合早报\nfrom: ${url}\ntags: [ 联合早报 ]\ncategories: [ 联合早报 ]\n---\n<!--${published}-->\n[${title}](${url})\n------\n\n${picture}${paragraphs.join('\n\n')}\n`
  return { day, path: `${day}/${day}-${id}-${title}.md`, text }
}

/** Writes `count` stories, `aDay` a day, as an archive. */
export async function writeCorpus(
  root: string,
  count: number,
  { aDay, from = 0 }: { aDay: number; from?: number },
): Promise<void> {
  for (let first = from; first < from + count; first += aDay) {
    const files = Array.from({ length: Math.min(aDay, from + count - first) }, (_, n) => fileOf(first + n, aDay))
    for (const day of new Set(files.map((file) => file.day))) await mkdir(join(root, day), { recursive: true })
    await Promise.all(files.map(({ path, text }) => writeFile(join(root, path), text)))
  }
}
