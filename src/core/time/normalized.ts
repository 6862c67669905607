/** Times stand at the beginning of what shows them; what stands behind is not read. */
const LONGEST_TEXT = 1000

/** The year 1 of 民国 is 1912. */
const FIRST_YEAR_OF_TAIWAN = 1911

const DIGITS = '〇一二三四五六七八九'

/** What stands behind the numbers of a day and a clock in Korean, as in Chinese: `3시간` is how long. */
const KOREAN: Readonly<Record<string, string>> = { 년: '年', 월: '月', 일: '日', 시: '时', 분: '分', 초: '秒' }

/**
 * The text of a time in the few signs that `parseTime` reads: small letters, ASCII's digits and marks, `年月日` and `时分秒` for the
 * numbers of any East Asian language, years of the common era. Weekdays and brackets are left out.
 */
export function normalized(source: string): string {
  return source
    .slice(0, LONGEST_TEXT)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\d\s?)(?:[년월일분초]|시(?!간))/g, (sign) => KOREAN[sign] ?? sign)
    .replace(/(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]|\([一二三四五六日天]\)/g, ' ')
    .replace(/[\u200e\u200f]/g, '')
    .replace(/[○◯]/g, '〇')
    .replace(/[〇零一二三四五六七八九十廿卅]{1,9}(?=\s?[年月日号號时時点點分秒])/g, fromNumerals)
    .replace(/(?<=\d)\s+(?=[时時点點分秒])|(?<=[时時点點分])\s+(?=\d{1,2}\s?[分秒])/g, '')
    .replace(
      /民[国國]\s?(\d{1,3})(?=\s?[年/.])|(?<![\d/])(1\d\d)(?=年\s?\d{1,2}\s?月|\/\d{1,2}\/\d{1,2}(?!\d))/g,
      (_, named?: string, bare?: string) => String(Number(named ?? bare) + FIRST_YEAR_OF_TAIWAN),
    )
    .replace(/[()[\]]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/%2b|&#43;/g, '+')
    .replace(/(?<=\d)\s?[:\u2236]\s?(?=\d{2}(?!\d))/g, ':')
    .replace(/(?<![\d:])\d{1,2}:\d{1,2}:\d{1,2}(?![\d:])/g, (clock) => clock.replace(/(?<=:)\d(?!\d)/g, '0$&'))
    .replace(/(?<=\d{4}-\d\d-\d\d[t ])(\d\d)-(\d\d)-(\d\d)(?!\d)/g, '$1:$2:$3')
    .replace(/(?<=\d{4} )(\d{1,2})\.(\d\d)\.(\d\d)(?![\d.])/g, '$1:$2:$3')
    .trim()
}

/** `二〇二一` is read digit by digit, `三十七` by its tens. */
function fromNumerals(word: string): string {
  const digits = word.replaceAll('零', '〇').replaceAll('廿', '二十').replaceAll('卅', '三十')
  const [tens, units, ...more] = digits.split('十')
  if (more.length > 0) return word
  const digit = (text = ''): string => text.replace(/./g, (numeral) => String(DIGITS.indexOf(numeral)))
  return units === undefined ? digit(tens) : `${digit(tens) || '1'}${digit(units) || '0'}`
}
