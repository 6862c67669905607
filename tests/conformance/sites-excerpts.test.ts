import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { identify, storyId } from '../../src/sites/publishers.ts'
import { readContent, readList, readPage } from '../../src/sites/index.ts'
import { sharedFolder } from '../support/shared.ts'
import { said } from '../../src/words/words.ts'
import { elementOf } from '../support/body.ts'
import type { StoryBody } from '../../src/core/model.ts'

const NOW = Date.parse('2026-09-28T12:00:00+08:00')
const folder = sharedFolder()

/** Paragraphs 2, 3, 6, 7, 8, 11, 12, 13 and 16 of the excerpt; 4 is an ad. */
const ORDER = ['联合国新', '到目前为', '联合国前', '2019', '作为联合', '其二，冈', '其三，鉴', '根据《灭', '最终，国']

function paragraphs(body: StoryBody | undefined): string[] {
  return Array.from(elementOf(body).querySelectorAll('p'), (p) => p.textContent.trim())
}

function lists(shared: string): void {
  test.each(readdirSync(join(shared, 'data', 'lists')))('rows of %s', (file) => {
    const body = readFileSync(join(shared, 'data', 'lists', file), 'utf8')
    const rows = JSON.parse(body) as Array<Record<string, string>>
    const items = readList({ body, url: 'https://www.zaobao.com.sg/realtime/china' }, NOW)?.items ?? []
    const ids = new Set(rows.map((row) => storyId(`https://www.zaobao.com${row['link'] ?? row['时间']}`)))
    expect(new Set(items.map((item) => identify(item.url ?? '').id))).toEqual(ids)
    expect(items.length).toBe(ids.size)
    for (const item of items)
      expect(rows.map((row) => (row['title'] ?? row['标题'] ?? '').trim())).toContain(item.title)
  })
}

function excerpts(shared: string): void {
  const excerpt = (name: string): string => readFileSync(join(shared, 'data', 'excerpts', name), 'utf8')
  const listOf = (name: string, url: string, now = NOW) => readList({ body: excerpt(name), url }, now)?.items

  test('the shuffled body comes back in the order of its numbers', () => {
    const html = excerpt('hk-2022-07-23_data-s_scrambled_issue10306.html')
    const content = readContent(html, 'https://www.zaobao.com/realtime/world/story20220723-1295888')
    expect(paragraphs(content?.body).map((text) => text.slice(0, 4))).toEqual(ORDER)
    expect(content?.body.text).not.toContain('\u00a0\n')
    expect(content?.source.indexOf('最终，')).toBeGreaterThan(
      content?.source.indexOf('根据《灭绝种族罪公约》第八条，') ?? 0,
    )
    const page = readPage({
      html: `<h1 class="article-title">标题</h1><article class="article-body">${html.slice(html.indexOf('<p data-s'))}</article>`,
      url: 'https://www.zaobao.com/realtime/world/story20220723-1295888',
    })
    if (page.kind !== 'story') throw new Error(said(page.detail))
    expect(paragraphs(page.extract.body).map((text) => text.slice(0, 4))).toEqual(ORDER)
  })

  test('the article page of 2026 reads as its author reduced it', () => {
    const html = excerpt('derived_sg-article-2026-08-29_test_page.html').replace(
      '<head>',
      '<head><title>标题 | 联合早报</title>',
    )
    const page = readPage({ html, url: 'https://www.zaobao.com.sg/news/china/story20260829-9595968' })
    if (page.kind !== 'story') throw new Error(said(page.detail))
    const body = elementOf(page.extract.body)
    expect(page.extract.title).toBe('标题')
    expect(Array.from(body.querySelectorAll('figure, p, h2'), (each) => each.textContent.slice(0, 8))).toEqual([
      '朱忠明出任市政府',
      '中共上海市委副书',
      '上海发布消息称，',
      '会议现场的完整图',
      '下一步人事安排',
      '公开资料显示，他',
    ])
    expect(Array.from(body.querySelectorAll('img'), (image) => image.getAttribute('src'))).toEqual([
      'https://cassette.sphdigital.com.sg/image/zaobao/lead?f=webp&o=zbimg',
      'https://cassette.sphdigital.com.sg/image/zaobao/inline',
    ])
  })

  test('the list shapes of 2026: whole headlines, exact times of the days in the addresses, no side list', () => {
    const items = listOf('derived_hk-astro-2026_list_shapes.html', 'https://www.zaobao.com/news/china') ?? []
    expect(items.map((item) => [storyId(item.url ?? ''), item.published])).toEqual([
      ['9745158', null],
      ['9745502', '2026-09-27T21:00:00.000Z'],
      ['9746188', '2026-09-28T03:45:00.000Z'],
      ['9131106', '2026-05-30T10:12:00.000Z'],
      ['9131184', null],
      ['9742894', '2026-09-27T04:28:00.000Z'],
    ])
    expect(items[0]?.title).toBe('世界技能大赛上海闭幕 中国41金创参赛最好成绩')
  })

  test('the home page of 2018 lists its clocks', () => {
    const now = Date.parse('2018-03-17T23:40:00+08:00')
    const items = listOf('sg-home-2018-03-17_drupal7_excerpt.html', 'http://www.zaobao.com.sg/', now)
    expect(items?.map((item) => [item.title, item.published])).toEqual([
      ['白俄罗斯中译正名白罗斯', '2018-03-17T15:24:00.000Z'],
      ['东京中心地区樱花比往年早9天开花', '2018-03-17T14:28:00.000Z'],
    ])
  })

  test('the picture block of 2018 shows its largest picture', () => {
    const block = excerpt('sg-home-2018-03-17_drupal7_excerpt.html').split('<!-- picture block -->')[1] ?? ''
    const image = elementOf(readContent(block, 'http://www.zaobao.com.sg/')?.body).querySelector('img')
    expect(image?.getAttribute('src')).toMatch(
      /^http:\/\/www\.zaobao\.com\.sg\/sites\/.*chewsl\.jpg\?itok=.*&timestamp=1520191801$/,
    )
    expect(image?.getAttribute('alt')).toBe('王劲认为乐龄生活的快乐可以主动出击。')
  })

  test('the rows of 2018 lose the blank before their headlines', () => {
    const items = listOf('list-items-2018-01-24_NewsBean_excerpt.json', 'http://www.zaobao.com/realtime/world')
    expect(items?.map((item) => [item.title, item.published])).toEqual([
      ['詹皇成最年轻总得分达3万分的NBA球员', '2018-01-24T04:02:00.000Z'],
      ['美军直升机今年第三次在冲绳县内迫降', '2018-01-24T03:30:00.000Z'],
    ])
  })

  test('the teaser of the sister site names the story and a day alone', () => {
    const items = listOf('shinmin-2024-02-01_list_excerpt.html', 'https://www.shinmin.sg/')
    expect(items).toMatchObject([{ title: '乘客追上巴士猛敲车门 巴士公司劝乘客别那么做', published: null }])
  })

  test('the box of 2021 marks a subscriber’s story and is no part of it', () => {
    const content = readContent(`<p>正文。</p>${excerpt('paywall-box_app-mock.html')}`, 'https://www.zaobao.com.sg/x')
    expect(content?.access).toBe('subscriber')
    expect(content?.body.text.trim()).toBe('正文。')
  })

  test('the body of the app’s article keeps its heads and picture, not its ads', () => {
    const { data } = JSON.parse(excerpt('sg-app-2019_article_detail.json')) as { data: { body: string; url: string } }
    const body = elementOf(readContent(data.body, data.url)?.body)
    expect(Array.from(body.querySelectorAll('h3'), (head) => head.textContent)).toEqual([
      '帮工地同僚写信',
      '不当演员或当骗子？',
    ])
    expect(body.querySelectorAll('figure').length).toBe(1)
    expect(body.innerHTML).not.toMatch(/newshub|lazy-component/)
  })
}

if (folder === null) test('the real excerpts are not beside the repository', () => expect(folder).toBeNull())
else {
  describe('real lists', () => lists(folder))
  describe('real excerpts', () => excerpts(folder))
}
