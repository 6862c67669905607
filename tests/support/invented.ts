/** An invented story, in Chinese or in English, and what surrounds stories in their pages. */

export interface InventedStory {
  headline: string
  paragraphs: string[]
  url: string
}

export const OTHERS = ['相关新闻', '延伸阅读', '推荐阅读', '更多新闻', '热门文章', 'Related stories', '您可能感兴趣']
export const PROMOTION = ['订阅早报电子报', '点击加入我们的频道', '关注我们的微信公众号', '下载早报应用']

/** Stands in every sentence that is no part of the story. */
export const NOT_THE_STORY = '閒話'

/** A story in English: its headline and its paragraphs. */
export const HEADLINE = 'The ferry runs four more times a day'
export const PARAGRAPHS = [
  'The harbour office of River Town said on Monday that the ferry will run four more times a day from next month.',
  'It carried a tenth more people last year than the year before, and the first boats of the morning were often full.',
  'Pupils who live across the river said that they need no longer catch the boat that leaves at six in the morning.',
  'The office will look at the figures after three months and decide then whether the new times are to stay.',
  'Nobody has asked the boatmen yet, who have to get up earlier, and who will be paid for it by the town itself.',
]

export type Random = () => number

export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T

const SUBJECTS = [
  '镇政府',
  '船家林伯',
  '渡口管理处',
  '集市摊主',
  '青石小学的老师',
  '气象台',
  '对岸的居民',
  '修桥的工人',
  '一位不愿具名的官员',
]
const VERBS = ['说', '指出', '星期三宣布', '在文告里表示', '受访时说', '提醒公众', '透露', '预计']
const THINGS = [
  '小轮船每天加开两班',
  '河道清淤之后水深多了半米',
  '票价暂时不变',
  '学生凭证半价',
  '夜市恢复营业',
  '新桥明年三月通车',
  '雨季会比往年长',
  '维修费用由镇里承担',
  '停航三个月的航线重新开放',
]
const TAILS = [
  '',
  '，乘客须提前十分钟到达',
  '，但细节还没有公布',
  '；这是十年来的第一次',
  '，比去年同期多了两成',
  '，有关部门正在跟进',
]

const ENGLISH = {
  subjects: ['The town council', 'Ferry master Lin', 'A resident of the far bank', 'The weather office', 'An official'],
  verbs: ['said', 'announced on Wednesday', 'warned', 'expects', 'told this paper'],
  things: [
    'that small steamers will run twice more each day',
    'that the channel is half a metre deeper after dredging',
    'that fares stay as they are',
    'that the new bridge opens in March',
    'that the rainy season will last longer than usual',
  ],
  tails: ['', ', though details are still open', ', the first time in ten years', ', up a fifth from a year ago'],
}

export type Language = 'zh' | 'en'

function sentence(random: Random, language: Language = 'zh'): string {
  if (language === 'en') {
    const { subjects, verbs, things, tails } = ENGLISH
    return `${pick(random, subjects)} ${pick(random, verbs)} ${pick(random, things)}${pick(random, tails)}.`
  }
  const quoted = random() < 0.2
  const said = `${pick(random, THINGS)}${pick(random, TAILS)}`
  return `${pick(random, SUBJECTS)}${pick(random, VERBS)}${quoted ? `：“${said}。”` : `，${said}。`}`
}

export function inventedStory(random: Random, language: Language = 'zh'): InventedStory {
  const number = 9_000_000 + Math.floor(random() * 900_000)
  const first = (index: number) => (language === 'zh' ? `第${index + 1}点：` : `Point ${index + 1}: `)
  const paragraphs = Array.from({ length: 4 + Math.floor(random() * 9) }, (_, index) => {
    const sentences = Array.from({ length: 1 + Math.floor(random() * 3) }, () => sentence(random, language))
    return `${first(index)}${sentences.join(language === 'zh' ? '' : ' ')}`
  })
  const what = `${pick(random, THINGS)}${Math.floor(random() * 1000)}`
  return {
    headline: language === 'zh' ? `青石镇${what}` : `Qingshi ferry back after three months, ${number}`,
    paragraphs,
    url: `https://www.zaobao.com.sg/news/china/story20260312-${number}`,
  }
}

export const junk = (random: Random): string => `${NOT_THE_STORY}${sentence(random)}`
export const link = (random: Random): string =>
  `<a href="/news/china/story20260311-${1_000_000 + Math.floor(random() * 900_000)}">${NOT_THE_STORY}${pick(random, THINGS)}</a>`
export const card = (random: Random): string => `<h3>${link(random)}</h3><p>${junk(random)}</p>`
export const many = (random: Random, least: number, most: number, make: () => string): string =>
  Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, make).join('\n')
export const name = (random: Random): string =>
  `${pick(random, ['x', 'css', 'c', 'sc'])}-${Math.floor(random() * 1e6).toString(36)}`

export const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
export const p = (text: string) => `<p>${escaped(text)}</p>`

export type Body = (story: InventedStory, random: Random) => { shown: string; scripts?: string }
