import { expect, test } from 'vitest'
import { languageOf, languageOfTag, languageOfText } from '../../src/core/language.ts'

const HANS = '渡口今早重新开放，守门的老人说来的人比往年多了一倍，镇上的木匠们花了三个星期修好了码头。'
const HANT = '渡口今早重新開放，守門的老人說來的人比往年多了一倍，鎮上的木匠們花了三個星期修好了碼頭。'
const EN =
  'The ferry was opened again this morning, and the keeper said that more people came to it than in the year before.'
const JA = '渡し場は今朝ふたたび開かれ、番人は去年の二倍の人が来たと話している。'
const KO = '나루터가 오늘 아침 다시 열렸고 문지기는 작년보다 사람이 많다고 말했다.'
const FR = 'Le bac a repris son service ce matin et le gardien dit que les gens sont venus plus nombreux.'

test.each([
  ['zh-CN', 'zh-Hans'],
  ['zh_TW', 'zh-Hant'],
  ['zh-Hant-HK', 'zh-Hant'],
  ['zh-SG', 'zh-Hans'],
  ['ZH', 'zh'],
  ['cmn-Hans-CN', 'zh-Hans'],
  ['en-US', 'en'],
  ['pt_BR', 'pt'],
  ['', null],
  ['chinese', null],
])('the tag %j is %j', (tag, language) => {
  expect(languageOfTag(tag)).toBe(language)
})

test.each([
  [HANS, 'zh-Hans'],
  [HANT, 'zh-Hant'],
  ['山水日月', 'zh'],
  [EN, 'en'],
  [JA, 'ja'],
  [KO, 'ko'],
  [FR, null],
  [`${HANS}“Town Ferry Company”`, 'zh-Hans'],
  [`${HANT}${HANT}简体字们`, 'zh-Hant'],
  ['12 %', null],
  ['', null],
])('%s is in %j', (text, language) => {
  expect(languageOfText(text)).toBe(language)
})

test.each([
  [['zh-CN'], HANS, 'zh-Hans'],
  [['zh'], HANT, 'zh-Hant'],
  // A template's, and that of a page in the other script.
  [['en'], HANS, 'zh-Hans'],
  [['zh-CN'], HANT, 'zh-Hant'],
  [['zh-TW'], HANS, 'zh-Hans'],
  [['zh-CN'], EN, 'en'],
  [['zh-CN', 'fr'], FR, 'fr'],
  [['zh-HK'], '山水日月', 'zh-Hant'],
  [['fr-CA'], FR, 'fr'],
  [['en'], JA, 'ja'],
  [[''], FR, null],
  [['zh-Hans'], '', 'zh-Hans'],
])('declared as %j, a text is in its language: %s %j', (tags, text, language) => {
  expect(languageOf(tags, text)).toBe(language)
})
