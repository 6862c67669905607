/** Letters that simplified Chinese alone has, and the same in traditional Chinese: the commonest of them. */
const SIMPLIFIED =
  '来镇码区丽义亲产仅从价仓伟传伤儿党兴农决净减凤击刘创剧劝办务劳势医协压厅这们时会个国说过对还进开关发东车马鸟鱼风门问间闻长见观现视觉贝财责货质贸费资赛语话请让识认记许论设访证评试该详误读课谁调谈谢译议讨训讯众优华单卖卫厂历县参双变号听员响围园图团圆场坏块坚处备够头夺奋妇妈孙学宁宝实审宪宫宽宾寻导寿将尘尝层岁岛币师带帮应庆废张弹强归录忆忧怀态总恶惊战户执扩扫扬护报担拟拥择挂据损换摄敌数断无旧显晓权条极构枪标树样桥检楼欢残毁气汉沟没济浓测涌润涨满灭灯灵灾炉点炼热爱爷牵状犹独狱环疗盐监盘码础确离种积称稳穷竞笔筑签简类粮紧纪约级纯纲纳纸线组细织终绍经结给络绝统继绩续维综绿缓编缩网罗罚职联脑脸艺节苏药获营蓝虑虽补装规触计订'
const TRADITIONAL =
  '來鎮碼區麗義親產僅從價倉偉傳傷兒黨興農決淨減鳳擊劉創劇勸辦務勞勢醫協壓廳這們時會個國說過對還進開關發東車馬鳥魚風門問間聞長見觀現視覺貝財責貨質貿費資賽語話請讓識認記許論設訪證評試該詳誤讀課誰調談謝譯議討訓訊眾優華單賣衛廠歷縣參雙變號聽員響圍園圖團圓場壞塊堅處備夠頭奪奮婦媽孫學寧寶實審憲宮寬賓尋導壽將塵嘗層歲島幣師帶幫應慶廢張彈強歸錄憶憂懷態總惡驚戰戶執擴掃揚護報擔擬擁擇掛據損換攝敵數斷無舊顯曉權條極構槍標樹樣橋檢樓歡殘毀氣漢溝沒濟濃測湧潤漲滿滅燈靈災爐點煉熱愛爺牽狀猶獨獄環療鹽監盤碼礎確離種積稱穩窮競筆築簽簡類糧緊紀約級純綱納紙線組細織終紹經結給絡絕統繼績續維綜綠緩編縮網羅罰職聯腦臉藝節蘇藥獲營藍慮雖補裝規觸計訂'

/** More of both, of which some are letters of the other script, too. */
const MORE_SIMPLIFIED = '页阅购属册专隐脚暂错遗异链验刚钟布后内余伙帐注浏览谅机制划频里准账删丢飞'
const MORE_TRADITIONAL = '頁閱購屬冊專隱腳暫錯遺異鏈驗剛鐘佈後內餘夥帳註瀏覽諒機製劃頻裡準賬刪丟飛'
const ALL_TRADITIONAL = TRADITIONAL + MORE_TRADITIONAL
const ALL_SIMPLIFIED = SIMPLIFIED + MORE_SIMPLIFIED
const ANY_TRADITIONAL = new RegExp(`[${ALL_TRADITIONAL}]`, 'g')

/**
 * A text in whose traditional letters the simplified ones stand, one for one: to compare it with words that sites print, not
 * to be read.
 */
export function inSimplified(text: string): string {
  return text.replace(ANY_TRADITIONAL, (letter) => ALL_SIMPLIFIED.charAt(ALL_TRADITIONAL.indexOf(letter)))
}

/** The letters of both scripts, each at the place of its like. */
export function lettersOfScripts(): { traditional: string; simplified: string } {
  return { traditional: ALL_TRADITIONAL, simplified: ALL_SIMPLIFIED }
}

const [FIRST_HAN, LAST_HAN] = [0x3400, 0x9fff]
const [SIMPLE, FULL] = [1, 2]
/** The script that each Han character tells, if one. */
const scriptTold = new Uint8Array(LAST_HAN - FIRST_HAN + 1)
for (const letter of TRADITIONAL) scriptTold[letter.charCodeAt(0) - FIRST_HAN] = FULL
for (const letter of SIMPLIFIED) scriptTold[letter.charCodeAt(0) - FIRST_HAN] = SIMPLE

/** Which characters are letters, by their codes: texts repeat few of them. */
const lettersKnown = new Map<number, boolean>()

function isLetter(code: number): boolean {
  let is = lettersKnown.get(code)
  if (is === undefined) lettersKnown.set(code, (is = /\p{L}/u.test(String.fromCodePoint(code))))
  return is
}

/** Languages of letters that tell them; of others declarations alone do. */
const ENGLISH = /^(?:the|of|and|to|in|a|is|that|for|on|with|was|it|as|at|by|from|are|be|this)$/
const ENGLISH_SHARE = 0.15
const LEAST_WORDS = 8
/** Texts beyond any story's are told by their beginning. */
const MAX_LENGTH = 5000
/** So much of a text's letters are of the script that is its own. */
const OWN_SHARE = 0.3
const KANA_SHARE = 0.05
/** One script's letters in a text of the other are quoted names. */
const OTHER_SCRIPT_SHARE = 0.25
const LEAST_TOLD = 3

interface Letters {
  all: number
  han: number
  kana: number
  hangul: number
  latin: number
  simplified: number
  traditional: number
}

function lettersOf(text: string): Letters {
  const found = { all: 0, han: 0, kana: 0, hangul: 0, latin: 0, simplified: 0, traditional: 0 }
  const beginning = text.slice(0, MAX_LENGTH)
  for (let at = 0; at < beginning.length; at += 1) {
    const code = beginning.codePointAt(at) ?? 0
    if (code > 0xffff) at += 1
    if (code < 0x41) continue
    if (code < 0x250) {
      if (!isLetter(code)) continue
      found.latin += 1
    } else if (code >= FIRST_HAN && code <= LAST_HAN) {
      found.han += 1
      const script = scriptTold[code - FIRST_HAN]
      if (script === SIMPLE) found.simplified += 1
      else if (script === FULL) found.traditional += 1
    } else if (code >= 0x3041 && code <= 0x30fe) found.kana += 1
    else if (code >= 0xac00 && code <= 0xd7a3) found.hangul += 1
    else if (!isLetter(code)) continue
    found.all += 1
  }
  return found
}

/** A word of Latin letters has some four times as many as one of Chinese. */
function scriptOf({ all, han, kana, hangul, latin }: Letters): 'zh' | 'ja' | 'ko' | 'Latn' | null {
  const weight = all - latin + latin / 4
  if (weight === 0) return null
  if (kana > KANA_SHARE * (han + kana) && han + kana > OWN_SHARE * weight) return 'ja'
  if (hangul > OWN_SHARE * weight) return 'ko'
  if (han > OWN_SHARE * weight) return 'zh'
  return latin / 4 > (1 - OWN_SHARE) * weight ? 'Latn' : null
}

function chineseOf({ simplified, traditional }: Letters): 'zh-Hans' | 'zh-Hant' | 'zh' {
  if (simplified === traditional) return 'zh'
  return simplified > traditional ? 'zh-Hans' : 'zh-Hant'
}

function isEnglish(text: string): boolean {
  const words =
    text
      .slice(0, MAX_LENGTH)
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  return words.length >= LEAST_WORDS && words.filter((word) => ENGLISH.test(word)).length > ENGLISH_SHARE * words.length
}

/**
 * The language of a text by its letters: `zh-Hans`, `zh-Hant`, `zh` where no letter tells which, `ja`, `ko`, `en`; `null`
 * where they tell none.
 */
export function languageOfText(text: string): string | null {
  return languageOf([], text)
}

/** A language as a record names it, of a tag as pages and feeds write it (`zh-CN`, `zh_TW`, `en-US`); `null` for none. */
export function languageOfTag(tag: string): string | null {
  const [language = '', ...parts] = tag.trim().toLowerCase().split(/[-_]/)
  if (!/^[a-z]{2,3}$/.test(language)) return null
  if (language !== 'zh' && language !== 'cmn') return language
  if (parts.some((part) => /^(?:hant|tw|hk|mo|cht)$/.test(part))) return 'zh-Hant'
  return parts.some((part) => /^(?:hans|cn|sg|my|chs)$/.test(part)) ? 'zh-Hans' : 'zh'
}

/** Made when it is first asked, since that takes longer than most searches. */
let names: Intl.DisplayNames | undefined

/** True for a language as a record names it that there is. */
export function isLanguage(language: string): boolean {
  names ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
  return names.of(language) !== undefined
}

/**
 * The language of a text: the first of the `tags` that its letters do not deny. Templates declare languages that no text of
 * theirs has, and one page may serve both scripts of Chinese.
 */
export function languageOf(tags: readonly string[], text: string): string | null {
  const letters = lettersOf(text)
  const script = scriptOf(letters)
  const { simplified, traditional } = letters
  const isTold = simplified + traditional >= LEAST_TOLD
  const least = OTHER_SCRIPT_SHARE * (simplified + traditional)
  for (const tag of tags) {
    const language = languageOfTag(tag)
    if (language === null) continue
    const isChinese = language.startsWith('zh')
    if (script === null || (script === 'Latn' && !/^(?:zh|ja|ko)/.test(language))) return language
    if (script !== 'zh' || !isChinese || language === 'zh') continue
    const own = language === 'zh-Hans' ? simplified : traditional
    return isTold && own < least ? chineseOf(letters) : language
  }
  if (script === 'zh') return chineseOf(letters)
  if (script === 'Latn') return isEnglish(text) ? 'en' : null
  return script
}
